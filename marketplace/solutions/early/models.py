"""Openings before closing, as two people decided them."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import At, Base, BigInt, Id, reference_column


class EarlyOpening(Base):
    """One person of the agency asked for it with reasons; without the word of an operator nothing is opened."""

    __tablename__ = "early_opening"
    __table_args__ = (
        CheckConstraint("confirmed_by_id is null or confirmed_by_id <> proposed_by_id", name="two_people"),
        CheckConstraint("(confirmed_by_id is null) = (confirmed_at is null)", name="confirmed_when"),
        CheckConstraint("(confirmed_at is null) = (confirmed_because is null)", name="confirmed_why"),
        CheckConstraint("confirmed_at is null or ended_at is null", name="one_end"),
        # one at a time: two proposals would leave it open which reasons were confirmed
        Index(
            "uq_early_opening_standing",
            "challenge_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("MN")
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    # what everybody was promised when it was asked for
    closes_at: Mapped[At]
    proposed_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    proposed_at: Mapped[At]
    confirmed_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    confirmed_at: Mapped[At | None]
    confirmed_because: Mapped[str | None] = mapped_column(Text)
    # taken back by the agency or refused by the operator
    ended_at: Mapped[At | None]
    ended_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))

    challenge: Mapped[Challenge] = relationship()
    proposed_by: Mapped[Person] = relationship(foreign_keys=proposed_by_id)
    confirmed_by: Mapped[Person | None] = relationship(foreign_keys=confirmed_by_id)

    def __str__(self) -> str:
        return f"{self.challenge.reference}/{self.reference}"
