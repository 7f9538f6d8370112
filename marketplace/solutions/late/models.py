"""Later closings for single entrants."""

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import At, Base, BigInt, Id, reference_column
from marketplace.text import random_reference


class LatePass(Base):
    """A later closing for whoever has its code; the agency gives the code and never sees before opening who used it."""

    __tablename__ = "late_pass"
    __table_args__ = (
        CheckConstraint("approved_by_id is null or approved_by_id <> proposed_by_id", name="two_people"),
        CheckConstraint("(approved_by_id is null) = (approved_at is null)", name="approved_when"),
        CheckConstraint("most_uses between 1 and 50", name="most_uses_range"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("GH")
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    code: Mapped[str] = mapped_column(
        String(20), unique=True, default=lambda: random_reference("MA", 12), info={"secret": True}
    )
    until: Mapped[At]
    reason: Mapped[str] = mapped_column(Text, info={"secret": True})
    most_uses: Mapped[int] = mapped_column(default=1)
    proposed_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    proposed_at: Mapped[At]
    approved_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    approved_at: Mapped[At | None]

    challenge: Mapped[Challenge] = relationship()
    proposed_by: Mapped[Person] = relationship(foreign_keys=proposed_by_id)
    approved_by: Mapped[Person | None] = relationship(foreign_keys=approved_by_id)

    def __str__(self) -> str:
        return f"{self.challenge.reference}/{self.reference}"
