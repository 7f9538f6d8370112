"""Deeds around a defence: plan it, invite to it, move a hearing, write down what was asked, take a sheet back."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.stages import Stage
from marketplace.db import db, hold
from marketplace.errors import NotReady, WrongStage
from marketplace.events import announce
from marketplace.judging.defence.booking import book, clash_of, judge_name, let_go, room_name
from marketplace.judging.defence.events import (
    DefenceAnnounced,
    DefencePlanned,
    HearingMoved,
    QuestionRecorded,
    SheetReopened,
)
from marketplace.judging.defence.mending import mend
from marketplace.judging.defence.models import Asked, Defence, Hearing
from marketplace.judging.defence.planning import Frame, Free, lot, plan
from marketplace.judging.defence.policy import can_attend_hearing, can_plan_defence
from marketplace.judging.defence.queries import away, defence_of, hearers_of, hearings_afresh, is_oral, taken_elsewhere
from marketplace.judging.models import Panel, Sheet
from marketplace.judging.policy import can_score
from marketplace.judging.queries.panels import entries_in_round
from marketplace.text import HANOI

# a hearing, when and in which room it will be
Move = tuple[Hearing, datetime, str]


@dataclass(frozen=True)
class Wishes:
    """The frame of the days, in Hanoi time, and the names of the rooms."""

    frame: Frame
    rooms: Sequence[str]


def plan_defence(panel: Panel, *, actor: Person, wishes: Wishes) -> Defence:
    """Give every entry of an oral round its time and room; what was planned before is planned anew.

    Raises WrongStage unless such a round is under way and no hearing has begun, NotReady while entries lack judges or
    all days are past, planning.Unplannable with the cause.
    """
    require(can_plan_defence, actor, panel)
    _hold(panel)
    defence, now = defence_of(panel), clock.database_now()
    if defence is not None and any(hearing.starts_at <= now for hearing in defence.hearings):
        raise WrongStage("hearings have begun")
    times = [moment.replace(tzinfo=HANOI) for moment in wishes.frame.times()]
    times = [moment for moment in times if moment > now]
    if not times:
        raise NotReady(["times"])
    hearers = _hearers(panel)
    judges = {key: [sheet.seat.person_id for sheet in sheets] for key, sheets in hearers.items()}
    found = plan(judges, _free(panel, wishes, times=times, besides=defence, hearers=hearers))
    defence = _keep_frame(defence or Defence(panel=panel, round=panel.round), wishes, actor)
    length = timedelta(minutes=wishes.frame.minutes)
    for key, (at, room) in sorted(found.items(), key=lambda pair: pair[1]):
        hearing = Hearing(
            defence=defence,
            solution=hearers[key][0].solution,
            room=wishes.rooms[room],
            starts_at=times[at],
            ends_at=times[at] + length,
        )
        db.session.add(hearing)
        book(hearing, hearers[key])
    db.session.flush()
    announce(DefencePlanned(actor=actor, subject=defence, facts={"hearings": len(found)}))
    return defence


def _hearers(panel: Panel) -> dict[int, list[Sheet]]:
    """The judges of every entry, entries in an order that nobody chose; raises NotReady where one has none."""
    hearers = hearers_of(panel)
    entries = [entry.solution for entry in entries_in_round(panel)]
    if not entries or any(not hearers[each.id] for each in entries):
        raise NotReady(["assigned"])
    entries.sort(key=lambda each: lot(panel.rules.fingerprint or "", each.reference))
    return {each.id: hearers[each.id] for each in entries}


def _free(
    panel: Panel,
    wishes: Wishes,
    *,
    times: Sequence[datetime],
    besides: Defence | None,
    hearers: dict[int, list[Sheet]],
) -> Free:
    """What other defences, and the judges' own absences, leave free of these times, judges and rooms."""
    length = timedelta(minutes=wishes.frame.minutes)
    judges = {judge_name(sheet): sheet.seat.person_id for sheets in hearers.values() for sheet in sheets}
    rooms = {room_name(panel, room): number for number, room in enumerate(wishes.rooms)}
    busy = taken_elsewhere({**judges, **rooms}, besides=besides, between=(times[0], times[-1] + length))
    met = {
        what: {number for number, at in enumerate(times) if any(at <= tick < at + length for tick in ticks)}
        for what, ticks in busy.items()
    }
    shut: dict[int, list[int]] = defaultdict(list)
    for name, number in rooms.items():
        for at in met.get(name, ()):
            shut[at].append(number)
    taken = {judges[what]: found for what, found in met.items() if what in judges}
    for judge, absences in away(judges.values(), between=(times[0], times[-1] + length)).items():
        missed = {n for n, at in enumerate(times) if any(at < end and begin < at + length for begin, end in absences)}
        taken[judge] = taken.get(judge, set()) | missed
    return Free(len(times), len(wishes.rooms), taken, shut)


def _keep_frame(defence: Defence, wishes: Wishes, actor: Person) -> Defence:
    """Write down the frame; hearings planned before are gone."""
    frame = wishes.frame
    for hearing in list(defence.hearings):
        defence.hearings.remove(hearing)
    defence.days, defence.rooms = [day.isoformat() for day in frame.days], list(wishes.rooms)
    defence.begins, defence.ends = frame.begins, frame.ends
    defence.minutes, defence.pause, defence.rests_at_noon = frame.minutes, frame.pause, frame.rests_at_noon
    defence.planned_by_id, defence.planned_at, defence.invited_at = actor.id, clock.now(), None
    defence.edition = (defence.edition or 0) + 1
    db.session.add(defence)
    db.session.flush()
    return defence


def invite_to_defence(defence: Defence, *, actor: Person) -> None:
    """Tell entrants and judges when and where. Raises WrongStage where they were told already."""
    require(can_plan_defence, actor, defence.panel)
    _hold(defence.panel)
    hold(defence)
    if defence.invited_at is not None:
        raise WrongStage("they were invited")
    defence.invited_at = clock.now()
    announce(DefenceAnnounced(actor=actor, subject=defence, facts={"hearings": len(defence.hearings)}))


def move_hearing(hearing: Hearing, *, actor: Person, starts_at: datetime, room: str) -> None:
    """Hear an entry at another time or place; whoever stands there changes places with it.

    Raises WrongStage where one of the two has begun, NotReady with the names of judges and rooms taken twice.
    """
    defence = hearing.defence
    require(can_plan_defence, actor, defence.panel)
    _hold(defence.panel)
    hold(hearing)
    there = [each for each in hearings_afresh(defence) if (each.starts_at, each.room) == (starts_at, room)]
    other = next((each for each in there if each is not hearing), None)
    now = clock.database_now()
    if min(each.starts_at for each in (hearing, other or hearing)) <= now or starts_at <= now:
        raise WrongStage("it has begun")
    moved = [(hearing, starts_at, room)] + ([(other, hearing.starts_at, hearing.room)] if other else [])
    _carry_out(moved, hearers_of(defence.panel), actor=actor)


def _place(hearing: Hearing, at: datetime, room: str) -> None:
    hearing.starts_at, hearing.ends_at = at, at + (hearing.ends_at - hearing.starts_at)
    hearing.room, hearing.edition = room, hearing.edition + 1
    db.session.flush()


def mended(defence: Defence) -> list[Move]:
    """The fewest hearings that have to move so that nobody is needed twice, and where to; none where all is well.

    Raises planning.Unplannable where the days leave no time for all.
    """
    hearers, hearings = hearers_of(defence.panel), hearings_afresh(defence)
    now, wishes = clock.database_now(), Wishes(frame_of(defence), defence.rooms)
    planned = {moment.replace(tzinfo=HANOI).astimezone(UTC) for moment in wishes.frame.times()}
    times = sorted({moment for moment in planned if moment > now} | {each.starts_at for each in hearings})
    own = {each.solution_id: hearers[each.solution_id] for each in hearings}
    free = _free(defence.panel, wishes, times=times, besides=defence, hearers=own)
    found = mend(
        {key: [sheet.seat.person_id for sheet in sheets] for key, sheets in own.items()},
        {each.solution_id: (times.index(each.starts_at), defence.rooms.index(each.room)) for each in hearings},
        free,
        begun=[each.solution_id for each in hearings if each.starts_at <= now],
    )
    places = {key: (times[at], defence.rooms[room]) for key, (at, room) in found.items()}
    return [(each, *places[each.solution_id]) for each in hearings if each.solution_id in places]


def frame_of(defence: Defence) -> Frame:
    """The days and times within which hearings were planned."""
    days = [datetime.fromisoformat(day).date() for day in defence.days]
    return Frame(days, defence.begins, defence.ends, defence.minutes, defence.pause, defence.rests_at_noon)


def mend_defence(defence: Defence, *, actor: Person) -> list[Hearing]:
    """Move as few hearings as can be so that no judge and no room is needed twice; answers those that moved.

    Raises WrongStage where nothing has to move, planning.Unplannable as `mended`.
    """
    require(can_plan_defence, actor, defence.panel)
    _hold(defence.panel)
    hold(defence)
    moves = mended(defence)
    if not moves:
        raise WrongStage("nobody is needed twice")
    _carry_out(moves, hearers_of(defence.panel), actor=actor)
    return [hearing for hearing, _at, _room in moves]


def _carry_out(moves: Sequence[Move], hearers: dict[int, list[Sheet]], *, actor: Person) -> None:
    """Let go of all places first, so that hearings may change places. Raises NotReady with what is taken twice."""
    for each, _at, _room in moves:
        let_go(each)
    for each, at, place in moves:
        _place(each, at, place)
        if twice := clash_of(each, hearers[each.solution_id]):
            raise NotReady(twice)
        book(each, hearers[each.solution_id])
    for each, _at, _room in moves:
        announce(HearingMoved(actor=actor, subject=each, facts={"starts_at": each.starts_at, "room": each.room}))


def record_question(hearing: Hearing, *, actor: Person, question: str, answer: str | None) -> Asked:
    """Write down what was asked in a hearing and what was answered.

    Raises WrongStage before it begins and once the round is over.
    """
    panel = hearing.defence.panel
    require(can_attend_hearing, actor, panel, hearing.solution, hearers_of(panel)[hearing.solution_id])
    _hold(panel)
    now = clock.database_now()
    if hearing.phase(now) == "next":
        raise WrongStage("the hearing has not begun")
    asked = Asked(hearing=hearing, question=question, answer=answer, written_by=actor, written_at=now)
    db.session.add(asked)
    db.session.flush()
    announce(QuestionRecorded(actor=actor, subject=hearing))
    return asked


def reopen_sheet(sheet: Sheet, *, actor: Person) -> None:
    """Take a finished sheet back: points of a defence are provisional until the round is over."""
    require(can_score, actor, sheet)
    _hold(sheet.seat.panel)
    hold(sheet)
    if sheet.round != sheet.seat.panel.round:
        raise WrongStage("the round is over")
    sheet.move("reopen")
    announce(SheetReopened(actor=actor, subject=sheet))


def _hold(panel: Panel) -> None:
    """Lock the panel while an oral round is under way."""
    hold(panel.challenge, shared=True)
    hold(panel)
    if panel.challenge.stage != Stage.JUDGING or not is_oral(panel):
        raise WrongStage("no oral round is under way")
