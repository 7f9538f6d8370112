"""Who was invited to a challenge that not everybody sees."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.models.challenge import Challenge
from marketplace.db import At, Base, BigInt, Id, reference_column
from marketplace.organisations.models import Organisation


class Guest(Base):
    """An organisation, or whoever has an account with this address; the list is the agency's own."""

    __tablename__ = "guest"
    __table_args__ = (
        UniqueConstraint("challenge_id", "organisation_id"),
        UniqueConstraint("challenge_id", "email"),
        CheckConstraint("(organisation_id is null) <> (email is null)", name="one_of_both"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("KM")
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("organisation.id"), index=True)
    email: Mapped[str | None] = mapped_column(String(255), index=True, info={"secret": True})
    inviter_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    invited_at: Mapped[At]

    challenge: Mapped[Challenge] = relationship(back_populates="guests")
    organisation: Mapped[Organisation | None] = relationship()
    inviter: Mapped[Person] = relationship()

    def __str__(self) -> str:
        # the journal names it by this; who is invited is the agency's own
        return self.reference
