"""Reported texts, by the kind of thing and its reference, and what readers said about each."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.accounts.moderating.stages import MOVES, ReportReason, TextStage
from marketplace.db import At, Base, BigInt, Id, Staged, choice, reference_column


class ReportedText(Staged, Base):
    """One public text; hidden or not, it stays as it was written."""

    __tablename__ = "reported_text"
    __table_args__ = (UniqueConstraint("kind", "object_reference"),)
    MOVES = MOVES

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("VB")
    kind: Mapped[str] = mapped_column(String(30))
    object_reference: Mapped[str] = mapped_column(String(20))
    stage: Mapped[TextStage] = mapped_column(choice(TextStage), default=TextStage.REPORTED)
    reported_at: Mapped[At]
    decided_at: Mapped[At | None]
    decided_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    decided_because: Mapped[str | None] = mapped_column(String(1000))
    # what an author of a hidden text says against it, and what the operator answered
    objection: Mapped[str | None] = mapped_column(String(2000))
    objected_at: Mapped[At | None]
    objection_answer: Mapped[str | None] = mapped_column(String(1000))

    reports: Mapped[list["TextReport"]] = relationship(back_populates="text", order_by="TextReport.id")

    @property
    def waits_for_answer(self) -> bool:
        """Whether an author objected and nobody answered yet."""
        return self.stage == TextStage.HIDDEN and self.objection is not None and self.objection_answer is None

    def __str__(self) -> str:
        return f"{self.kind} {self.object_reference}"


class TextReport(Base):
    """What one reader said; who it was is told to nobody."""

    __tablename__ = "text_report"

    id: Mapped[Id]
    text_id: Mapped[int] = mapped_column(BigInt, ForeignKey("reported_text.id"), index=True)
    reason: Mapped[ReportReason] = mapped_column(choice(ReportReason))
    words: Mapped[str | None] = mapped_column(String(1000))
    reporter_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"), info={"secret": True})
    made_at: Mapped[At]

    text: Mapped[ReportedText] = relationship(back_populates="reports")
    reporter: Mapped[Person | None] = relationship()
