"""That an entry must be revised before it can win, and what was made of the revision."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id, choice, reference_column
from marketplace.judging.models.panels import Panel
from marketplace.judging.stages import Look
from marketplace.solutions.clarifying.models import Clarification


class Revision(Base):
    """What the panel requires of an entrant; the list, the clock and what was sent are those of the clarification."""

    __tablename__ = "revision"
    __table_args__ = (
        CheckConstraint("(accepted is null) = (decided_at is null)", name="decided"),
        CheckConstraint("accepted is null or looks = 'chair'", name="judges_decide_by_points"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("SD")
    panel_id: Mapped[int] = mapped_column(BigInt, ForeignKey("panel.id"), index=True)
    clarification_id: Mapped[int] = mapped_column(BigInt, ForeignKey("clarification.id"), unique=True)
    # who looks again at what is sent
    looks: Mapped[Look] = mapped_column(choice(Look))
    accepted: Mapped[bool | None]
    decided_because: Mapped[str | None] = mapped_column(Text, info={"secret": True})
    decided_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    decided_at: Mapped[At | None]

    panel: Mapped[Panel] = relationship()
    clarification: Mapped[Clarification] = relationship()
    decided_by: Mapped[Person | None] = relationship()

    def state(self, at: datetime) -> str:
        """ "open": it may still be sent; "unsent": it was not; "sent": the chair has to look; "looked": judges look, by
        their sheets; "accepted" or "refused" by the chair."""
        if self.clarification.answered_at is None:
            return "open" if self.clarification.is_open(at) else "unsent"
        if self.looks == Look.JUDGES:
            return "looked"
        return {None: "sent", True: "accepted", False: "refused"}[self.accepted]

    def __str__(self) -> str:
        return f"{self.clarification.solution.reference}/{self.reference}"
