"""Deeds of a judge who compares: say which of two is better, put the list in order, be done with it."""

from collections.abc import Mapping
from itertools import combinations

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.stages import Stage
from marketplace.db import db, hold
from marketplace.errors import Conflict, NotReady, WrongStage
from marketplace.events import announce
from marketplace.judging.models import Seat, Sheet
from marketplace.judging.pairing.events import ComparingFinished, ListOrdered, PairCompared
from marketplace.judging.pairing.models import PairJudgement, PairJudgementVersion
from marketplace.judging.pairing.queries import Table, table_of
from marketplace.judging.pairing.stages import Outcome
from marketplace.judging.policy import can_declare
from marketplace.judging.stages import RoundKind, SheetStage


def compare_entries(
    pair: tuple[Sheet, Sheet], *, actor: Person, outcome: Outcome, reason: str | None = None, edition: int = 0
) -> PairJudgement:
    """Say of the first of the pair whether it is better than the second; `edition` is the wording that was shown.

    Every wording stays on record. Raises NotReady where equals have no sentence, Conflict if another window said
    something since, WrongStage once the judge is done or nobody compares, NotFound for entries of others.
    """
    seat = pair[0].seat
    require(can_declare, actor, seat)
    table = _hold(seat, RoundKind.PAIRS)
    left, right = table.pair(pair[0].solution_id, pair[1].solution_id)
    if outcome == Outcome.EQUAL and not reason:
        raise NotReady(["reason"])
    known = table.said(left, right)
    if (known.edition if known else 0) != edition:
        raise Conflict("something was said of this pair meanwhile")
    in_order = pair[0].solution_id < pair[1].solution_id
    said = _say(table, (left, right), outcome if in_order else outcome.turned, reason=reason)
    facts = {"entries": sorted([left.solution.reference, right.solution.reference])}
    announce(PairCompared(actor=actor, subject=said, facts=facts))
    return said


def order_entries(seat: Seat, *, actor: Person, places: Mapping[int, int]) -> None:
    """Put the whole list in order: a place for each entry by solution id, equal places for equal entries.

    Raises NotReady where an entry has no place, WrongStage once the judge is done or nobody orders.
    """
    require(can_declare, actor, seat)
    table = _hold(seat, RoundKind.ORDER)
    if places.keys() != table.of_entry.keys():
        raise NotReady(["places"])
    for one, other in combinations(sorted(places), 2):
        better = Outcome.ONE if places[one] < places[other] else Outcome.OTHER
        outcome = Outcome.EQUAL if places[one] == places[other] else better
        _say(table, table.pair(one, other), outcome, reason=None)
    announce(ListOrdered(actor=actor, subject=seat, facts={"entries": len(places)}))


def finish_comparing(seat: Seat, *, actor: Person) -> None:
    """Be done with the list: what was said counts from now on. Raises NotReady while too little was said."""
    require(can_declare, actor, seat)
    table = _hold(seat, RoundKind(seat.panel.rules.kind(seat.panel.round)))
    if not table.is_enough:
        raise NotReady(["comparisons"])
    for sheet in table.sheets:
        if sheet.stage == SheetStage.ASSIGNED:
            sheet.move("save")
        sheet.finalised_at = clock.now()
        sheet.move("finalise")
    announce(ComparingFinished(actor=actor, subject=seat, facts={"comparisons": len(table.made)}))


def _hold(seat: Seat, kind: RoundKind) -> Table:
    """Lock the seat while its judge compares, and read the list afresh."""
    hold(seat.panel.challenge, shared=True)
    hold(seat)
    table = table_of(seat, kind)
    if seat.panel.challenge.stage != Stage.JUDGING or not kind.compares or not table.sheets:
        raise WrongStage("nobody compares now")
    if not all(sheet.is_open for sheet in table.sheets):
        raise WrongStage("the judge is done with the list")
    return table


def _say(table: Table, pair: tuple[Sheet, Sheet], outcome: Outcome, *, reason: str | None) -> PairJudgement:
    """Write the wording and keep it; outcome by the order of ids."""
    one, other = sorted(pair, key=lambda sheet: sheet.solution_id)
    said, now = table.said(one, other), clock.now()
    if said is None:
        said = PairJudgement(
            seat=table.seat, round=one.round, one=one.solution, other=other.solution, edition=0, made_at=now
        )
    elif (said.outcome, said.reason) == (outcome, reason):
        return said
    said.outcome, said.reason, said.edition = outcome, reason, said.edition + 1
    said.versions.append(PairJudgementVersion(edition=said.edition, outcome=outcome, reason=reason, said_at=now))
    db.session.add(said)
    for sheet in pair:
        if sheet.stage == SheetStage.ASSIGNED:
            sheet.move("save")
        sheet.saved_at = now
    db.session.flush()
    table.made[said.pair] = said
    return said
