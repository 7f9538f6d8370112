"""Deeds of the time for objections: show the panel to entrants, object to a judge, decide."""

from datetime import datetime, timedelta

from sqlalchemy import Select, select

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.stages import Stage
from marketplace.db import db, hold
from marketplace.errors import Conflict, NotReady, WrongStage
from marketplace.events import announce
from marketplace.judging.events import ObjectionDecided, ObjectionRaised, PanelShown
from marketplace.judging.models import Entry, Objection, Panel, Seat
from marketplace.judging.policy import can_object, can_run_panel
from marketplace.judging.queries.entries import entries_of
from marketplace.judging.queries.objections import Question, objections_of, questions_of
from marketplace.judging.queries.panels import standings
from marketplace.judging.services.conflicts import block
from marketplace.judging.stages import Basis, SeatRole, SeatStage


def show_panel(panel: Panel, *, actor: Person) -> list[Seat]:
    """Let entrants read who judges, and object; answers the judges whose names are new to them.

    Raises WrongStage where the rules know no objections or entries are not being checked, NotReady without judges.
    """
    require(can_run_panel, actor, panel)
    hold(panel.challenge, shared=True)
    if not panel.rules.objection_days or panel.challenge.stage not in {Stage.SCREENING, Stage.JUDGING}:
        raise WrongStage("entrants are not asked now")
    seats = unshown(panel)
    if not seats:
        raise NotReady(["judges"])
    for seat in seats:
        seat.shown_at = clock.database_now()
    facts = {"judges": [seat.reference for seat in seats], "days": panel.rules.objection_days}
    solutions = [entry.solution for entry in entries_of(panel.challenge)]
    announce(PanelShown(actor=actor, subject=panel, facts=facts, unsaid={"solutions": solutions}))
    return seats


def unshown(panel: Panel) -> list[Seat]:
    """Judges who took their seat and whose names entrants do not know yet."""
    return [seat for seat in panel.seats if seat.stage == SeatStage.ACCEPTED and seat.shown_at is None]


def objections_until(seat: Seat) -> datetime | None:
    """Until when entrants may object to this judge; None before they are told."""
    days = timedelta(days=seat.panel.rules.objection_days)
    return seat.shown_at + days if seat.shown_at is not None else None


def objection_runs(seat: Seat) -> bool:
    """Whether entrants, by the rules, are still to be heard about this judge."""
    until = objections_until(seat)
    return bool(seat.panel.rules.objection_days) and (until is None or clock.database_now() < until)


def raise_objection(seat: Seat, entry: Entry, *, actor: Person, reason: str) -> Objection:
    """Say why this judge should not read one's own entry.

    Raises WrongStage outside the time for it, Conflict where the entrant said so already.
    """
    require(can_object, actor, entry.solution)
    hold(seat.panel.challenge, shared=True)
    until = objections_until(seat)
    if until is None or clock.database_now() >= until or entry.solution.challenge_id != seat.panel.challenge_id:
        raise WrongStage("the time for objections is over or has not begun")
    if db.session.scalar(_said(seat, entry)) is not None:
        raise Conflict("the entrant objected to this judge already")
    objection = Objection(
        seat=seat, solution=entry.solution, reason=reason, raised_by=actor, raised_at=clock.database_now()
    )
    db.session.add(objection)
    db.session.flush()
    announce(ObjectionRaised(actor=actor, subject=objection, facts=_facts(objection)))
    return objection


def decide_objection(question: Question, *, actor: Person, upheld: bool, because: str) -> None:
    """Block the pair, or let the judge read the entry; both with reasons that stay on record.

    A blocked judge loses the entry at once, and scores given already count for nothing. Raises WrongStage once
    scoring is over.
    """
    panel, solution = question.seat.panel, question.entry.solution
    require(can_run_panel, actor, panel)
    hold(panel.challenge, shared=True)
    if panel.challenge.stage not in {Stage.SCREENING, Stage.JUDGING}:
        raise WrongStage("scoring is over")
    objection = db.session.scalar(_said(question.seat, question.entry)) if question.hint is None else None
    if objection is None:
        objection = Objection(seat=question.seat, solution=solution, hint=question.hint, raised_at=clock.now())
        db.session.add(objection)
    objection.upheld, objection.decided_because = upheld, because
    objection.decided_by, objection.decided_at = actor, clock.now()
    db.session.flush()
    announce(ObjectionDecided(actor=actor, subject=objection, facts={**_facts(objection), "upheld": upheld}))
    if upheld:
        basis = Basis.OBJECTED if question.hint is None else Basis.CONFIRMED
        block(question.seat, question.entry, basis=basis, reason=because)


def objections_missing(panel: Panel) -> list[str]:
    """What the rules on objections still keep from being assigned: "unshown", "objection_time", "objections"."""
    if not panel.rules.objection_days:
        return []
    now = clock.database_now()
    seats = [seat for seat in panel.seats if seat.stage == SeatStage.ACCEPTED and seat.role != SeatRole.ALTERNATE]
    ends = [objections_until(seat) for seat in seats]
    gaps = {
        "unshown": None in ends,
        "objection_time": any(end is not None and now < end for end in ends),
        "objections": any(each.upheld is None for each in objections_of(panel)),
    }
    return [name for name, missing in gaps.items() if missing]


def open_questions(panel: Panel) -> list[Question]:
    """What waits for the secretary's decision."""
    entries = entries_of(panel.challenge)
    return questions_of(panel, entries, standings(panel.seats, entries), objections_of(panel))


def _said(seat: Seat, entry: Entry) -> Select[Objection]:
    return select(Objection).where(
        Objection.seat_id == seat.id, Objection.solution_id == entry.solution.id, Objection.hint.is_(None)
    )


def _facts(objection: Objection) -> dict[str, str]:
    return {"judge": objection.seat.reference, "solution": objection.solution.reference}
