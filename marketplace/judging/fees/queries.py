"""What each judge of a panel has read, earns and was paid."""

from dataclasses import dataclass

from sqlalchemy import func, select

from marketplace.db import db
from marketplace.judging.fees.models import FeePayment, FeeRate
from marketplace.judging.models import Panel, Seat, Sheet
from marketplace.judging.stages import SeatRole, SeatStage, SheetStage


@dataclass(frozen=True)
class Fee:
    """A judge's readings that count, of all rounds, what they earn in đồng (None without a rate), and the payment."""

    seat: Seat
    readings: int
    amount_vnd: int | None
    payment: FeePayment | None


def rate_of(panel: Panel) -> FeeRate | None:
    """The rate of this panel."""
    return db.session.scalar(select(FeeRate).where(FeeRate.panel_id == panel.id))


def fees_of(panel: Panel) -> list[Fee]:
    """Everybody who sits or sat on the panel and whose scores count, in the order of the seats; paid ones as paid."""
    counted = (
        select(Sheet.seat_id, func.count())
        .join(Seat, Seat.id == Sheet.seat_id)
        .where(Seat.panel_id == panel.id, Sheet.stage == SheetStage.FINAL)
        .group_by(Sheet.seat_id)
    )
    readings: dict[int, int] = dict(db.session.execute(counted).all())
    paid = {
        each.seat_id: each
        for each in db.session.scalars(select(FeePayment).join(FeePayment.seat).where(Seat.panel_id == panel.id))
    }
    rate = rate_of(panel)
    seats = [seat for seat in panel.seats if seat.stage in {SeatStage.ACCEPTED, SeatStage.LEFT}]
    return [
        _fee(seat, readings.get(seat.id, 0), rate, paid.get(seat.id)) for seat in seats if seat.role != SeatRole.TRAINEE
    ]


def _fee(seat: Seat, readings: int, rate: FeeRate | None, payment: FeePayment | None) -> Fee:
    if payment is not None:
        return Fee(seat, payment.readings, payment.amount_vnd, payment)
    return Fee(seat, readings, readings * rate.per_sheet_vnd if rate is not None else None, None)
