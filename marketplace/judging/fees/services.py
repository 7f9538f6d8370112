"""Deeds: set what a score sheet earns, note that a judge was paid."""

from datetime import date

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.errors import Conflict, NotReady
from marketplace.events import announce
from marketplace.judging.fees.events import FeePaid, FeeRateSet
from marketplace.judging.fees.models import FeePayment, FeeRate
from marketplace.judging.fees.policy import can_note_payment, can_set_fees
from marketplace.judging.fees.queries import fees_of, rate_of
from marketplace.judging.models import Panel, Seat


def set_rate(panel: Panel, *, actor: Person, per_sheet_vnd: int, basis: str | None) -> FeeRate:
    """Set what a final sheet earns, and by which decision; payments that were noted stay as they are."""
    require(can_set_fees, actor, panel)
    hold(panel)
    rate = rate_of(panel) or FeeRate(panel=panel)
    rate.per_sheet_vnd, rate.basis = per_sheet_vnd, basis
    rate.set_by_id, rate.set_at = actor.id, clock.now()
    db.session.add(rate)
    db.session.flush()
    announce(FeeRateSet(actor=actor, subject=rate))
    return rate


def note_payment(seat: Seat, *, actor: Person, paid_on: date) -> FeePayment:
    """Note that the judge was paid for all readings finished so far.

    Raises Refused for one's own seat, Conflict where it is noted already, NotReady ("rate", "readings" or "day").
    """
    require(can_note_payment, actor, seat)
    hold(seat)
    fee = next((each for each in fees_of(seat.panel) if each.seat.id == seat.id), None)
    rate = rate_of(seat.panel)
    if fee is not None and fee.payment is not None:
        raise Conflict("the payment is noted already")
    checks = {"rate": rate, "readings": fee and fee.readings, "day": paid_on <= clock.now().date()}
    if rate is None or fee is None or not all(checks.values()):
        raise NotReady([name for name, passed in checks.items() if not passed])
    payment = FeePayment(
        seat=seat,
        readings=fee.readings,
        per_sheet_vnd=rate.per_sheet_vnd,
        paid_on=paid_on,
        noted_by=actor,
        noted_at=clock.now(),
    )
    db.session.add(payment)
    db.session.flush()
    announce(FeePaid(actor=actor, subject=payment))
    return payment
