"""Addresses of a judge who compares."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.db import db
from marketplace.errors import Conflict, NotFound, NotReady, WrongStage
from marketplace.judging.models import Seat, Sheet
from marketplace.judging.pairing import services
from marketplace.judging.pairing.forms import PairForm, order_form
from marketplace.judging.pairing.queries import Table, table_of
from marketplace.judging.pairing.stages import Outcome
from marketplace.judging.queries.panels import get_seat_on
from marketplace.judging.stages import RoundKind
from marketplace.pages import flash_done, me, page, see_other, status_of, url

pairing = Blueprint("pairing", __name__)


@pairing.get("/judging/<reference>/pairs")
@auth_required("session")
def pairs(reference: str) -> ResponseReturnValue:
    """The next two entries, or the two that `left` and `right` name."""
    table = table_of(get_seat_on(reference, me()), RoundKind.PAIRS)
    asked = (request.args.get("left"), request.args.get("right"))
    return _pairs(table, _asked(table, asked) if all(asked) else table.next_pair())


def _asked(table: Table, references: tuple[str | None, ...]) -> tuple[Sheet, Sheet]:
    """Two sheets of the judge's list by their references; raises NotFound for any other."""
    known = {sheet.reference: sheet for sheet in table.sheets}
    found = [known[each] for each in references if each in known]
    if len({sheet.id for sheet in found}) != len(references):
        raise NotFound("pair")
    return found[0], found[1]


def _pairs(
    table: Table, pair: tuple[Sheet, Sheet] | None, form: PairForm | None = None, **context: Any
) -> ResponseReturnValue:
    said = table.said(*pair) if pair else None
    if form is None:
        form = PairForm(formdata=None, data=_kept(pair, said))
    return page(
        "judging/pairing/pairs.html",
        seat=table.seat,
        challenge=table.seat.panel.challenge,
        table=table,
        pair=pair,
        said=said,
        form=form,
        has_errors=bool(form.errors) or "overtaken" in context,
        **context,
    )


def _kept(pair: tuple[Sheet, Sheet] | None, said: Any) -> dict[str, Any]:
    """What the form begins with: what the judge said of this pair."""
    if pair is None:
        return {}
    left, right = pair
    kept = {"left": left.reference, "right": right.reference, "edition": "0"}
    if said is not None:
        in_order = left.solution_id < right.solution_id
        outcome = said.outcome if in_order else said.outcome.turned
        kept |= {"edition": str(said.edition), "outcome": outcome.value, "reason": said.reason or ""}
    return kept


@pairing.post("/judging/<reference>/pairs")
@auth_required("session")
def compare(reference: str) -> ResponseReturnValue:
    seat, form = get_seat_on(reference, me()), PairForm()
    table = table_of(seat, RoundKind.PAIRS)
    pair = _asked(table, (form.left.data, form.right.data))
    if not form.validate():
        return _pairs(table, pair, form, status=422)
    said: dict[str, Any] = {
        "outcome": Outcome(form.outcome.data),
        "reason": form.reason.data,
        "edition": int(form.edition.data),
    }
    try:
        services.compare_entries(pair, actor=me(), **said)
    except (Conflict, WrongStage):
        db.session.rollback()
        table = table_of(get_seat_on(reference, me()), RoundKind.PAIRS)
        pair = _asked(table, (form.left.data, form.right.data))
        known = table.said(*pair)
        form.edition.raw_data, form.edition.data = None, str(known.edition if known else 0)
        return _pairs(table, pair, form, overtaken=True, status=409)
    return see_other(url("pairing.pairs", reference=reference))


@pairing.route("/judging/<reference>/order", methods=["GET", "POST"])
@auth_required("session")
def order(reference: str) -> ResponseReturnValue:
    seat = get_seat_on(reference, me())
    table = table_of(seat, RoundKind.ORDER)
    form = order_form(table.sheets)(data=_order_of(table))
    if not form.validate_on_submit():
        return _order(table, form, status=status_of(form))
    numbered = enumerate(table.sheets, 1)
    places = {sheet.solution_id: int(form[f"place_{number}"].data) for number, sheet in numbered}
    try:
        services.order_entries(seat, actor=me(), places=places)
    except WrongStage:
        db.session.rollback()
        table = table_of(get_seat_on(reference, me()), RoundKind.ORDER)
        return _order(table, form, overtaken=True, has_errors=True, status=409)
    flash_done(_("The order was saved. It counts once you are done with the list."))
    return see_other(url("pairing.order", reference=reference))


def _order(table: Table, form: Any, **context: Any) -> ResponseReturnValue:
    told: dict[str, Any] = {"seat": table.seat, "challenge": table.seat.panel.challenge, **context}
    return page("judging/pairing/order.html", table=table, form=form, **told)


def _order_of(table: Table) -> dict[str, str]:
    """The places that were saved: one more than how many are better."""
    worse = [loser for each in table.made.values() if len(each.wins) == 1 for _winner, loser in each.wins]
    if not table.made:
        return {}
    return {f"place_{number}": str(1 + worse.count(sheet.solution_id)) for number, sheet in enumerate(table.sheets, 1)}


@pairing.post("/judging/<reference>/comparisons/completion")
@auth_required("session")
def finish(reference: str) -> ResponseReturnValue:
    seat = get_seat_on(reference, me())
    try:
        services.finish_comparing(seat, actor=me())
    except NotReady:
        db.session.rollback()
        return _unfinished(get_seat_on(reference, me()))
    flash_done(_("You are done with your list. Thank you."))
    return see_other(url("judging.queue"))


def _unfinished(seat: Seat) -> ResponseReturnValue:
    kind = seat.panel.rules.kind(seat.panel.round)
    table = table_of(seat, kind)
    if kind == RoundKind.ORDER:
        return _order(table, order_form(table.sheets)(formdata=None, data=_order_of(table)), too_few=True, status=422)
    return _pairs(table, table.next_pair(), too_few=True, status=422)
