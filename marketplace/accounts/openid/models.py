"""Who somebody is at the identity provider."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id


class LinkedIdentity(Base):
    """A person of ours and the name that the provider has for them; it signs in nobody else, and they have no other."""

    __tablename__ = "linked_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"), UniqueConstraint("person_id", "issuer"))

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    issuer: Mapped[str] = mapped_column(String(300))
    # OpenID Connect Core 2: at most 255 ASCII characters
    subject: Mapped[str] = mapped_column(String(255), info={"secret": True})
    linked_at: Mapped[At]

    person: Mapped[Person] = relationship()
