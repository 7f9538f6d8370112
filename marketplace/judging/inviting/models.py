"""Judges who have no account yet: asked by letter to make one, and invited when they do."""

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id, choice
from marketplace.judging.models import Panel, Seat
from marketplace.judging.stages import SeatRole
from marketplace.organisations.stages import Helix


class ExpectedJudge(Base):
    """An address that nobody has an account with; it becomes a seat when somebody confirms it."""

    __tablename__ = "expected_judge"
    __table_args__ = (UniqueConstraint("panel_id", "email"),)

    id: Mapped[Id]
    panel_id: Mapped[int] = mapped_column(BigInt, ForeignKey("panel.id"))
    email: Mapped[str] = mapped_column(String(255), index=True)
    role: Mapped[SeatRole] = mapped_column(choice(SeatRole))
    side: Mapped[Helix | None] = mapped_column(choice(Helix))
    fields: Mapped[list[str]] = mapped_column(JSON, default=list)
    asked_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    asked_at: Mapped[At]
    seat_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("seat.id"), index=True)

    panel: Mapped[Panel] = relationship()
    asked_by: Mapped[Person] = relationship()
    seat: Mapped[Seat | None] = relationship()

    def __str__(self) -> str:
        return f"{self.email} ({self.panel.challenge.reference})"
