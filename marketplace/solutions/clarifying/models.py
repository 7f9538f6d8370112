"""Requests for clarification, and when they were answered."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id, reference_column
from marketplace.solutions.models import Solution, SolutionVersion


class Clarification(Base):
    """What the secretary asked of one entrant until when; the answer is part of the version that it made."""

    __tablename__ = "clarification"
    __table_args__ = (
        CheckConstraint("asked_at < due_at", name="due_after_it_was_asked"),
        CheckConstraint("(version_id is null) = (answered_at is null)", name="answered_by_a_version"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("BS")
    solution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    # about a text that operators do not read
    question: Mapped[str] = mapped_column(Text, info={"secret": True})
    # whether a panel requires it as a revision, after screening
    revises: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    asked_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    asked_at: Mapped[At]
    due_at: Mapped[At]
    answered_at: Mapped[At | None]
    version_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("solution_version.id"))

    solution: Mapped[Solution] = relationship()
    asked_by: Mapped[Person] = relationship()
    version: Mapped[SolutionVersion | None] = relationship()

    def is_open(self, at: datetime) -> bool:
        """Whether an answer is still taken."""
        return self.answered_at is None and at < self.due_at

    def __str__(self) -> str:
        return f"{self.solution.reference}/{self.reference}"
