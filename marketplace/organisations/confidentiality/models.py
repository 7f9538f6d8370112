"""Who gave whose word of confidentiality about what, when, and to which version of the text."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id, reference_column
from marketplace.organisations.models import Organisation


class Undertaking(Base):
    """One line of the log. It is never changed and never deleted; `about` is the public reference of any thing."""

    __tablename__ = "undertaking"
    __table_args__ = (
        UniqueConstraint("organisation_id", "about", "text_version"),
        Index("ix_undertaking_about", "about"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("CK")
    about: Mapped[str] = mapped_column(String(20))
    organisation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("organisation.id"))
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"), index=True)
    text_version: Mapped[str] = mapped_column(String(20))
    text_hash: Mapped[str] = mapped_column(String(64))
    # the language in which the person read it
    language: Mapped[str] = mapped_column(String(2))
    given_at: Mapped[At]

    organisation: Mapped[Organisation] = relationship()
    person: Mapped[Person] = relationship()

    def __str__(self) -> str:
        return f"{self.organisation}, {self.about}"
