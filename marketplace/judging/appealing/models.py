"""Appeals and what was answered."""

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id, choice, reference_column
from marketplace.judging.appealing.stages import Verdict
from marketplace.judging.models import Decision
from marketplace.solutions.models import Solution


class Appeal(Base):
    """What an entrant says against published results, bound to one rule; one appeal for each rule."""

    __tablename__ = "appeal"
    __table_args__ = (
        UniqueConstraint("decision_id", "solution_id", "rule"),
        CheckConstraint("(verdict is null) = (decided_at is null)", name="decided"),
        CheckConstraint("(verdict is null) = (because is null)", name="reasons_given"),
        CheckConstraint("decided_by_id is null or decided_by_id <> raised_by_id", name="two_people"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("KN")
    decision_id: Mapped[int] = mapped_column(BigInt, ForeignKey("decision.id"))
    solution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    # the field of the rules of judging that was not followed
    rule: Mapped[str] = mapped_column(String(40))
    # about an entry, for those who answer only
    statement: Mapped[str] = mapped_column(Text, info={"secret": True})
    raised_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    raised_at: Mapped[At]
    verdict: Mapped[Verdict | None] = mapped_column(choice(Verdict))
    # everybody reads it
    because: Mapped[str | None] = mapped_column(Text)
    decided_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    decided_at: Mapped[At | None]

    decision: Mapped[Decision] = relationship()
    solution: Mapped[Solution] = relationship()
    raised_by: Mapped[Person] = relationship(foreign_keys=raised_by_id)
    decided_by: Mapped[Person | None] = relationship(foreign_keys=decided_by_id)

    def __str__(self) -> str:
        return f"{self.reference} ({self.solution.reference})"
