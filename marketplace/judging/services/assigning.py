"""Deeds that give entries to judges: the first assignment of all, and filling the places of those who recused."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm.attributes import set_committed_value

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.events import JudgingBegun
from marketplace.challenges.stages import Stage
from marketplace.db import db, hold
from marketplace.errors import NotReady, WrongStage
from marketplace.events import announce
from marketplace.judging import assignment
from marketplace.judging.affinity import NEAREST_BP, Closeness, Nearness
from marketplace.judging.events import JudgesAssigned
from marketplace.judging.models import AssignmentDraw, Entry, Panel, Seat, Sheet
from marketplace.judging.policy import can_run_panel
from marketplace.judging.queries.calibration import anchors_of
from marketplace.judging.queries.draws import draw_of
from marketplace.judging.queries.entries import entries_of, unscreened_count
from marketplace.judging.queries.fit import organisations_of_seats
from marketplace.judging.queries.panels import SIDES, entries_in_round, sides_of, standings
from marketplace.judging.queries.results import disputed_entries
from marketplace.judging.queries.sheets import sheets_of_panel
from marketplace.judging.queries.wishes import wishes_of
from marketplace.judging.services.calibration import hand_anchors
from marketplace.judging.services.drawing import draw_pairs
from marketplace.judging.services.objections import objection_runs, objections_missing
from marketplace.judging.services.rules import lock_rules
from marketplace.judging.stages import SeatRole, SeatStage, Wish
from marketplace.organisations.experts.queries import expertise_of
from marketplace.relevance.answers import Query

_GLADNESS = {Wish.WANT: 0.2, Wish.CAN: 0.0, Wish.RATHER_NOT: -0.3}
_READ = ("summary", "approach", "impact", "team", "pilot_plan")


@dataclass(frozen=True)
class Task:
    """Which entries may go to which seats, and how near they are: pairs are (solution id, seat id)."""

    entries: Mapping[int, Entry]
    seats: Mapping[int, Seat]
    nearness: Closeness
    barred: Collection[tuple[int, int]]
    # what a wish adds to or takes from closeness, which is from 0 to 1
    gladness: Mapping[tuple[int, int], float]

    def question(self, reviews: Mapping[int, int], *, room: Mapping[int, int]) -> assignment.Question:
        """So many readers for each entry, and room for so many entries at each seat."""
        near = self.nearness
        asked = assignment.weigh(
            near.affinity_bp / NEAREST_BP, entries=near.entries, judges=near.judges, reviews=reviews, room=room
        )
        return asked.adding(self.gladness).barring(self.barred)


def assign_judges(panel: Panel, *, actor: Person) -> list[Sheet]:
    """Give every eligible entry its judges and begin judging.

    Alternates get nothing yet. Raises NotReady while solutions wait to be screened or there is nothing to judge,
    assignment.Infeasible where conflicts and loads leave seats empty, WrongStage unless it is being screened.
    """
    require(can_run_panel, actor, panel)
    panel.challenge.move("judge")
    entries = entries_of(panel.challenge)
    seats = [seat for seat in accepted_seats(panel) if seat.role != SeatRole.ALTERNATE and seat.counts]
    draw = draw_of(panel.challenge) if panel.rules.pair_cap else None
    _must_be_ready(panel, draw, entries=entries, seats=seats)
    task = _task(entries, seats, held=set())
    room = {seat.id: seat.room for seat in seats}
    question = task.question(dict.fromkeys(task.entries, panel.reviews_per_entry), room=room)
    if draw is not None:
        pairs = draw_pairs(draw, question, demands=[*_needed(panel), *_wished(panel)], actor=actor)
    else:
        pairs = _fairly(panel, question, held=set())
    panel.assigned_at = clock.now()
    lock_rules(panel.challenge, actor=actor)
    announce(JudgingBegun(actor=actor, subject=panel.challenge))
    if trainees := [seat for seat in accepted_seats(panel) if not seat.counts]:
        learning = _task(entries, trainees, held=set())
        _hand_out(panel, learning, pairs=_for_trainees(learning), actor=actor)
    return _hand_out(panel, task, pairs=pairs, actor=actor)


def _must_be_ready(
    panel: Panel, draw: AssignmentDraw | None, *, entries: Sequence[Entry], seats: Sequence[Seat]
) -> None:
    checks = {
        "draw": draw is not None or not panel.rules.pair_cap,
        "unscreened": not unscreened_count(panel.challenge),
        "entries": entries,
        "judges": seats,
    }
    if gaps := [gap for gap, passed in checks.items() if not passed] + objections_missing(panel):
        raise NotReady(gaps)


def _for_trainees(task: Task) -> list[tuple[int, int]]:
    """Each trainee gets the entries nearest to what they know; what they score never counts."""
    pairs: list[tuple[int, int]] = []
    for seat in task.seats.values():
        free = [entry for entry in task.entries if (entry, seat.id) not in task.barred]
        free.sort(key=lambda entry: -task.nearness.bp((entry, seat.id)))
        pairs += [(entry, seat.id) for entry in free[: seat.room]]
    return pairs


def fill_vacancies(panel: Panel, *, actor: Person) -> list[Sheet]:
    """Give entries that lost a judge another one, alternates included; nobody else's entries change.

    Raises assignment.Infeasible where nobody is left to read them, WrongStage unless it is being judged.
    """
    require(can_run_panel, actor, panel)
    hold(panel)
    if panel.challenge.stage != Stage.JUDGING:
        raise WrongStage("vacancies are filled while judges score")
    entries = entries_in_round(panel)
    seats = [seat for seat in accepted_seats(panel) if seat.counts and not objection_runs(seat)]
    held = {(sheet.solution_id, sheet.seat_id) for sheet in sheets_of_panel(panel) if sheet.seat.counts}
    task = _task(entries, seats, held=held)
    carried = Counter(seat_id for _, seat_id in held)
    room = {seat.id: max(0, seat.room - carried[seat.id]) for seat in seats}
    question = task.question(vacancies(panel, entries, held), room=room)
    sheets = _hand_out(panel, task, pairs=_fairly(panel, question, held=held), actor=actor)
    anchors = anchors_of(panel)
    hand_anchors(panel, [entry for entry in entries_of(panel.challenge) if entry.solution.id in anchors])
    return sheets


def _fairly(
    panel: Panel, question: assignment.Question, *, held: Collection[tuple[int, int]]
) -> Sequence[tuple[int, int]]:
    """The worst pair first, then the total; where the rules ask for it, each of the three houses has a voice.

    Colleagues read different entries wherever that leaves no place empty. `held` are pairs that stand already.
    """
    needed = _needed(panel)
    try:
        demands = assignment.remaining([*needed, *_wished(panel)], question, held)
        return assignment.assign(question, fair=True, demands=demands).pairs
    except assignment.Infeasible:
        demands = assignment.remaining(needed, question, held)
        return assignment.assign(question, fair=True, demands=demands).pairs


def _needed(panel: Panel) -> list[assignment.Demand]:
    """Where the rules ask for it, a voice of each of the three houses on every entry."""
    return assignment.panel_mix(sides_of(panel.seats), needed=SIDES) if panel.rules.mix_required else []


def _wished(panel: Panel) -> list[assignment.Demand]:
    """No two colleagues on an entry."""
    return assignment.one_per_organisation(organisations_of_seats(panel.seats))


def accepted_seats(panel: Panel) -> list[Seat]:
    """Who sits on the panel now."""
    return [seat for seat in panel.seats if seat.stage == SeatStage.ACCEPTED]


def vacancies(panel: Panel, entries: Sequence[Entry], held: Collection[tuple[int, int]]) -> dict[int, int]:
    """How many readings each entry lacks, by solution id; `held` are the standing pairs of entry and seat that count.

    Where the rules say so, an entry whose totals lie far apart lacks one more.
    """
    readings = Counter(entry_id for entry_id, _ in held)
    disputed = disputed_entries(panel, entries)
    lacking = {
        entry.solution.id: panel.reviews_per_entry + (entry.solution.id in disputed) - readings[entry.solution.id]
        for entry in entries
    }
    return {entry_id: count for entry_id, count in lacking.items() if count > 0}


def _task(entries: Sequence[Entry], seats: Sequence[Seat], *, held: Collection[tuple[int, int]]) -> Task:
    """A judge is barred from what they did not declare to be free of, and from what they have already."""
    known = standings(seats, entries)
    said, shown = wishes_of(seats), expertise_of([seat.person_id for seat in seats])
    ids = {entry.solution.id for entry in entries}
    barred = {(entry_id, seat.id) for seat in seats for entry_id in ids - known.clear(seat)}
    return Task(
        entries={entry.solution.id: entry for entry in entries},
        seats={seat.id: seat for seat in seats},
        nearness=Closeness(
            {seat.id: _knows(seat, shown.get(seat.person_id, "")) for seat in seats},
            {entry.solution.id: _question(entry) for entry in entries},
            barred=barred,
        ),
        barred=barred | set(held),
        gladness={(entry_id, seat_id): _GLADNESS[each.wish] for (seat_id, entry_id), each in said.items()},
    )


def _knows(seat: Seat, shown: str) -> str:
    """What a judge says of themselves, and what their page as an expert shows."""
    return "\n".join(text for text in (seat.person.expertise, shown) if text)


def _question(entry: Entry) -> Query:
    content = entry.version.content
    titles = [entry.title_vi, entry.title_en]
    texts = [content.get(name) for name in _READ]
    return Query(" ".join(filter(None, titles)), body="\n".join(text for text in texts if isinstance(text, str)))


def _hand_out(panel: Panel, task: Task, *, pairs: Sequence[tuple[int, int]], actor: Person) -> list[Sheet]:
    judges = defaultdict[int, list[int]](list)
    for entry_id, seat_id in pairs:
        judges[entry_id].append(seat_id)
    near = {entry_id: task.nearness.told(entry_id, own) for entry_id, own in judges.items()}
    sheets = [_sheet(task, pair, near[pair[0]][pair[1]]) for pair in pairs]
    db.session.add_all(sheets)
    db.session.flush()
    told = [
        [sheet.reference, task.entries[entry_id].solution.reference, task.seats[seat_id].reference]
        for sheet, (entry_id, seat_id) in zip(sheets, pairs, strict=True)
    ]
    announce(JudgesAssigned(actor=actor, subject=panel, facts={"pairs": told}, unsaid={"sheets": sheets}))
    return sheets


def _sheet(task: Task, pair: tuple[int, int], near: Nearness) -> Sheet:
    """By ids and with what it stands beside known: of three thousand sheets the mapper need not find out each."""
    entry, seat = task.entries[pair[0]], task.seats[pair[1]]
    sheet = Sheet(
        seat_id=seat.id,
        solution_id=entry.solution.id,
        version_id=entry.version.id,
        affinity_bp=near.affinity_bp,
        why=list(near.why),
        round=seat.panel.round,
        assigned_at=clock.now(),
    )
    for name, known in (("seat", seat), ("solution", entry.solution), ("version", entry.version)):
        set_committed_value(sheet, name, known)
    return sheet
