"""What people agreed to, when, and to which words."""

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.accounts.terms.stages import Purpose
from marketplace.db import At, Base, BigInt, Id, choice


class Consent(Base):
    """One agreement to one purpose. Taking it back ends the line; agreeing again writes a new one."""

    __tablename__ = "consent"
    __table_args__ = (
        Index(
            "uq_consent_open",
            "person_id",
            "purpose",
            "version",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(choice(Purpose))
    version: Mapped[str] = mapped_column(String(20))
    text_hash: Mapped[str] = mapped_column(String(64))
    # the language in which the person read it
    language: Mapped[str] = mapped_column(String(2))
    given_at: Mapped[At]
    withdrawn_at: Mapped[At | None]

    person: Mapped[Person] = relationship()
