"""The rate of a panel, and what was paid to a judge."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id
from marketplace.judging.models import Panel, Seat


class FeeRate(Base):
    """What one final score sheet of this panel earns, in đồng, and the decision that says so."""

    __tablename__ = "fee_rate"
    __table_args__ = (CheckConstraint("per_sheet_vnd > 0", name="rate_positive"),)

    id: Mapped[Id]
    panel_id: Mapped[int] = mapped_column(BigInt, ForeignKey("panel.id"), unique=True)
    per_sheet_vnd: Mapped[int] = mapped_column(BigInt)
    basis: Mapped[str | None] = mapped_column(String(300))
    set_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    set_at: Mapped[At]

    panel: Mapped[Panel] = relationship()

    def __str__(self) -> str:
        return self.panel.challenge.reference


class FeePayment(Base):
    """That a judge was paid: for how many readings, at which rate, on which day; what it says stays."""

    __tablename__ = "fee_payment"
    __table_args__ = (
        CheckConstraint("readings > 0", name="readings_positive"),
        CheckConstraint("per_sheet_vnd > 0", name="rate_positive"),
    )

    id: Mapped[Id]
    seat_id: Mapped[int] = mapped_column(BigInt, ForeignKey("seat.id"), unique=True)
    readings: Mapped[int]
    per_sheet_vnd: Mapped[int] = mapped_column(BigInt)
    paid_on: Mapped[date] = mapped_column(Date)
    noted_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    noted_at: Mapped[At]

    seat: Mapped[Seat] = relationship()
    noted_by: Mapped[Person] = relationship()

    @property
    def amount_vnd(self) -> int:
        """All readings together, in đồng, before tax."""
        return self.readings * self.per_sheet_vnd

    def __str__(self) -> str:
        return self.seat.reference
