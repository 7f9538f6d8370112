"""What speaks against a judge reading an entry and waits for the secretary: hints in names, objections."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.judging.interests import Around, hint_of
from marketplace.judging.models import Entry, Objection, Panel, Seat
from marketplace.judging.queries.bodies import Bodies
from marketplace.judging.queries.contracts import contracts_with
from marketplace.judging.queries.entries import JUDGED, by_time
from marketplace.judging.queries.panels import Standings
from marketplace.judging.queries.results import own_solution
from marketplace.judging.stages import Blind, Hint, SeatStage
from marketplace.organisations.models import Membership, Organisation, TrackRecord
from marketplace.organisations.stages import Audience
from marketplace.solutions.models import Solution
from marketplace.solutions.queries.consortium import organisations_behind
from marketplace.solutions.stages import RECEIVED


@dataclass(frozen=True)
class Question:
    """A pair of judge and entry that the secretary decides about; `hint` None: the entrant's own reason."""

    seat: Seat
    entry: Entry
    hint: Hint | None
    reason: str | None = None


def objections_of(panel: Panel) -> Sequence[Objection]:
    """Everything that was said or found against pairs of this panel, decided or not."""
    return db.session.scalars(
        select(Objection)
        .join(Objection.seat)
        .where(Seat.panel_id == panel.id)
        .options(joinedload(Objection.seat).joinedload(Seat.person), joinedload(Objection.decided_by))
        .order_by(Objection.id)
    ).all()


def questions_of(panel: Panel, entries: Sequence[Entry], known: Standings, said: Sequence[Objection]) -> list[Question]:
    """What waits for a decision; nothing about pairs that are blocked already."""
    decided = {(each.seat_id, each.solution_id, each.hint) for each in said if each.upheld is not None}
    open_reasons = {(each.seat_id, each.solution_id): each.reason for each in said if each.upheld is None}
    seats = {seat.id: seat for seat in panel.seats if seat.stage != SeatStage.DECLINED}
    by_id = {entry.solution.id: entry for entry in entries}
    hints = _hints(list(seats.values()), entries)
    questions = []
    for pair in sorted(hints.keys() | open_reasons.keys()):
        seat, entry = seats.get(pair[0]), by_id.get(pair[1])
        if seat is None or entry is None or pair in known.conflicts or not seat.reads(entry.field):
            continue
        if pair in open_reasons:
            questions.append(Question(seat, entry, None, open_reasons[pair]))
        elif (*pair, hints[pair]) not in decided:
            questions.append(Question(seat, entry, hints[pair]))
    return questions


def _hints(seats: Sequence[Seat], entries: Sequence[Entry]) -> dict[tuple[int, int], Hint]:
    own = _organisations_of([seat.person_id for seat in seats])
    beside = _entrants_beside(entries)
    entrants = {entry.solution.organisation_id: entry.solution.organisation for entry in entries}
    bodies_all = {body.id for bodies in own.values() for body in bodies}
    partners = _partners_of(bodies_all | entrants.keys())
    around = {key: Around(frozenset(_names(each)), frozenset(partners[key])) for key, each in entrants.items()}
    claimed = _claimed_contracts(seats, entries)
    found = {}
    for seat in seats:
        bodies = {body.id for body in own[seat.person_id]}
        judge = _around_judge(seat, own[seat.person_id], partners)
        hints = {key: hint_of(judge, each) for key, each in around.items()} if judge.names or judge.partners else {}
        for entry in entries:
            entrant = entry.solution.organisation_id
            told = Hint.CONTRACT if seat.person_id in claimed.get(entry.solution.id, ()) else hints.get(entrant)
            hint = told or (Hint.RIVAL if (bodies & beside) - {entrant} else None)
            if hint is not None:
                found[seat.id, entry.solution.id] = hint
    return found


def _claimed_contracts(seats: Sequence[Seat], entries: Sequence[Entry]) -> dict[int, set[int]]:
    """Judges with whose organisations an entrant alone reports a contract, by solution id."""
    solutions, people = [entry.solution for entry in entries], Bodies(seat.person for seat in seats)
    found: dict[int, set[int]] = {}
    behind = organisations_behind(solutions)
    for since, own in by_time(solutions):
        found |= contracts_with(people, own, behind, since=since).claimed
    return found


def _around_judge(seat: Seat, bodies: Sequence[Organisation], partners: Mapping[int, set[str]]) -> Around:
    written = {seat.person.affiliation} if seat.person.affiliation else set()
    return Around(
        frozenset(written.union(*map(_names, bodies))), frozenset().union(*(partners[body.id] for body in bodies))
    )


def _organisations_of(person_ids: Sequence[int]) -> dict[int, list[Organisation]]:
    rows = db.session.execute(
        select(Membership.person_id, Organisation)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.person_id.in_(person_ids), Membership.ended_at.is_(None))
    )
    own: dict[int, list[Organisation]] = defaultdict(list)
    for person_id, organisation in rows:
        own[person_id].append(organisation)
    return own


def _entrants_beside(entries: Sequence[Entry]) -> set[int]:
    """The organisations that answered the same challenges."""
    challenges = {entry.solution.challenge_id for entry in entries}
    found = select(Solution.organisation_id).where(Solution.challenge_id.in_(challenges), Solution.stage.in_(RECEIVED))
    return set(db.session.scalars(found))


def _names(organisation: Organisation) -> set[str]:
    return {name for name in (organisation.name_vi, organisation.name_en) if name}


def _partners_of(organisation_ids: set[int]) -> dict[int, set[str]]:
    """Who the track records of these organisations name as partners, by the organisation's id."""
    rows = db.session.execute(
        select(TrackRecord.organisation_id, TrackRecord.partner_vi, TrackRecord.partner_en).where(
            TrackRecord.organisation_id.in_(organisation_ids), TrackRecord.audience == Audience.PUBLIC
        )
    )
    named: dict[int, set[str]] = defaultdict(set)
    for organisation_id, *names in rows:
        named[organisation_id] |= {name for name in names if name}
    return named


def solution_with_panel(reference: str, person: Person) -> Solution:
    """One's own judged entry whose panel may be read by entrants; raises NotFound for every other."""
    solution = own_solution(reference, person)
    if solution.stage not in JUDGED or not shown_seats(solution.challenge):
        raise NotFound(reference)
    return solution


def shown_seats(challenge: Challenge) -> list[Seat]:
    """The judges that entrants may know: shown to them, or, once results are public, all who took a seat."""
    panel = db.session.scalar(select(Panel).where(Panel.challenge_id == challenge.id).options(joinedload(Panel.rules)))
    if panel is None:
        return []
    double = any(each["blind"] == Blind.DOUBLE for each in panel.rules.rounds)
    hidden = double and challenge.stage not in {Stage.RESULTS_PUBLISHED, Stage.NOT_AWARDED}
    seats = [seat for seat in panel.seats if seat.stage == SeatStage.ACCEPTED and seat.shown_at is not None]
    return [] if hidden else seats


def judges_of(solution: Solution) -> list[Seat]:
    """Those of them who are for entries of this one's field."""
    version = solution.last_version
    field = Entry(solution, version).field if version is not None else None
    return [seat for seat in shown_seats(solution.challenge) if seat.reads(field)]


def seat_shown(reference: str, challenge: Challenge) -> Seat:
    """A judge that entrants may know; raises NotFound for everybody else."""
    for seat in shown_seats(challenge):
        if seat.reference == reference:
            return seat
    raise NotFound(reference)


def own_objections(solution: Solution) -> dict[int, Objection]:
    """What this entrant said against judges, by seat id."""
    found = select(Objection).where(Objection.solution_id == solution.id, Objection.hint.is_(None))
    return {each.seat_id: each for each in db.session.scalars(found)}
