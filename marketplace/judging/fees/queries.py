"""What each judge of a panel has read, earns and was paid."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from marketplace.accounts.models import Person
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


def own_fees(person: Person) -> list[Fee]:
    """What one's own seats earned: those of panels that pay, or where one was paid, the newest first."""
    seats = db.session.scalars(
        select(Seat)
        .join(Seat.panel)
        .where(Seat.person_id == person.id, Seat.stage.in_([SeatStage.ACCEPTED, SeatStage.LEFT]))
        .where(Seat.role != SeatRole.TRAINEE)
        .options(contains_eager(Seat.panel).joinedload(Panel.challenge))
        .order_by(Seat.id.desc())
    ).all()
    ids = [seat.id for seat in seats]
    counted = select(Sheet.seat_id, func.count()).where(Sheet.seat_id.in_(ids), Sheet.stage == SheetStage.FINAL)
    readings: dict[int, int] = dict(db.session.execute(counted.group_by(Sheet.seat_id)).all())
    rates = {
        each.panel_id: each
        for each in db.session.scalars(select(FeeRate).where(FeeRate.panel_id.in_([seat.panel_id for seat in seats])))
    }
    paid = {each.seat_id: each for each in db.session.scalars(select(FeePayment).where(FeePayment.seat_id.in_(ids)))}
    return [
        _fee(seat, readings.get(seat.id, 0), rates.get(seat.panel_id), paid.get(seat.id))
        for seat in seats
        if seat.panel_id in rates or seat.id in paid
    ]


def _fee(seat: Seat, readings: int, rate: FeeRate | None, payment: FeePayment | None) -> Fee:
    if payment is not None:
        return Fee(seat, payment.readings, payment.amount_vnd, payment)
    return Fee(seat, readings, readings * rate.per_sheet_vnd if rate is not None else None, None)
