"""Addresses of a defence: the secretary's plan, hearings, and what judges, entrants and everybody read of it."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import get_challenge
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import NotFound, NotReady, WrongStage
from marketplace.judging.defence import queries, services
from marketplace.judging.defence.booking import clash_of
from marketplace.judging.defence.forms import AskedForm, MoveForm, PlanForm
from marketplace.judging.defence.models import Defence, Hearing
from marketplace.judging.defence.planning import Frame, Unplannable
from marketplace.judging.defence.telling import calendar_of
from marketplace.judging.models import Panel
from marketplace.judging.policy import can_read_feedback
from marketplace.judging.queries.panels import get_seat_on
from marketplace.judging.queries.results import own_solution
from marketplace.judging.queries.sheets import get_sheet
from marketplace.judging.routes.panels import challenge_to_run
from marketplace.pages import fills, flash_done, me, page, plain, see_other, status_of, url
from marketplace.solutions.models import Solution
from marketplace.text import HANOI, format_moment

defence = Blueprint("defence", __name__)


@defence.get("/challenges/<slug>/defence")
@auth_required("session")
def plan(slug: str) -> ResponseReturnValue:
    return _plan(_oral(slug))


def _oral(slug: str) -> Panel:
    return queries.oral_panel(challenge_to_run(slug))


def _plan(panel: Panel, form: PlanForm | None = None, **context) -> ResponseReturnValue:
    found, hearers, at = queries.defence_of(panel), queries.hearers_of(panel), clock.database_now()
    hearings = found.hearings if found is not None else []
    form = form or PlanForm(formdata=None, data=_kept(found))
    return page(
        "judging/defence/plan.html",
        panel=panel,
        challenge=panel.challenge,
        defence=found,
        hearings=hearings,
        hearers=hearers,
        twice={each.id: names for each in hearings if (names := clash_of(each, hearers[each.solution_id]))},
        begun=any(each.starts_at <= at for each in hearings),
        works=panel.challenge.stage == Stage.JUDGING,
        at=at,
        form=form,
        **context,
    )


def _kept(found: Defence | None) -> dict[str, object]:
    """What the form begins with: the plan as it is."""
    if found is None:
        return {}
    days = {f"day_{number}": datetime.fromisoformat(day).date() for number, day in enumerate(found.days, 1)}
    times = {"begins": found.begins, "ends": found.ends, "rests_at_noon": found.rests_at_noon}
    return {
        **days,
        **times,
        "minutes": str(found.minutes),
        "pause": str(found.pause),
        "rooms": "\n".join(found.rooms),
    }


@defence.post("/challenges/<slug>/defence")
@auth_required("session")
def plan_anew(slug: str) -> ResponseReturnValue:
    panel, form = _oral(slug), PlanForm()
    if not form.validate():
        return _plan(panel, form, status=422)
    try:
        services.plan_defence(panel, actor=me(), wishes=services.Wishes(form.frame(), form.room_names()))
    except Unplannable as error:
        return _unplanned(slug, form, shortage=error)
    except NotReady as error:
        return _unplanned(slug, form, gaps=error.gaps)
    flash_done(_("The timetable was made. Read it, then invite entrants and judges."))
    return see_other(url("defence.plan", slug=slug))


def _unplanned(slug: str, form: PlanForm, **why) -> ResponseReturnValue:
    """The page as it stood, with what was typed and why there is no timetable."""
    db.session.rollback()
    panel = _oral(slug)
    if (shortage := why.get("shortage")) and shortage.judge:
        people = {seat.person_id: seat.person.full_name for seat in panel.seats}
        why["judge"] = people.get(shortage.judge)
    return _plan(panel, form, has_errors=True, status=422, **why)


@defence.post("/challenges/<slug>/defence/invitations")
@auth_required("session")
def invite(slug: str) -> ResponseReturnValue:
    found = queries.defence_of(_oral(slug))
    if found is None:
        raise NotFound(slug)
    services.invite_to_defence(found, actor=me())
    flash_done(_("Entrants and judges get letters with time, room and an entry for their calendars."))
    return see_other(url("defence.plan", slug=slug))


@defence.route("/challenges/<slug>/defence/hearings/<reference>/place", methods=["GET", "POST"])
@auth_required("session")
def move(slug: str, reference: str) -> ResponseReturnValue:
    hearing = _hearing(_oral(slug), reference)
    form = MoveForm(_places(hearing))
    if not form.validate_on_submit():
        return _move(hearing, form)
    moment, _bar, room = form.place.data.partition("|")
    starts_at = datetime.fromisoformat(moment)
    try:
        services.move_hearing(hearing, actor=me(), starts_at=starts_at, room=room)
    except NotReady as error:
        db.session.rollback()
        taken = ", ".join(map(str, error.gaps))
        form.place.errors = [_("At that time these are taken already: %(names)s. Choose another.", names=taken)]
        return _move(_hearing(_oral(slug), reference), form)
    flash_done(_("The hearing was moved. Whoever was invited already gets a new letter."))
    return see_other(url("defence.plan", slug=slug))


def _hearing(panel: Panel, reference: str) -> Hearing:
    found = queries.defence_of(panel)
    for hearing in found.hearings if found is not None else []:
        if hearing.reference == reference:
            return hearing
    raise NotFound(reference)


def _places(hearing: Hearing) -> list[tuple[str, str]]:
    """Every other place of the plan that is still to come, with the entry that stands there."""
    found = hearing.defence
    days = [datetime.fromisoformat(day).date() for day in found.days]
    frame = Frame(days, found.begins, found.ends, found.minutes, found.pause, found.rests_at_noon)
    times = [moment.replace(tzinfo=HANOI).astimezone(UTC) for moment in frame.times()]
    stand = {(each.starts_at, each.room): each for each in found.hearings}
    return [
        (f"{at.isoformat()}|{room}", _place(at, room, stand.get((at, room))))
        for at in times
        for room in found.rooms
        if at > clock.now() and stand.get((at, room)) is not hearing
    ]


def _place(at: datetime, room: str, there: Hearing | None) -> str:
    words = {"moment": format_moment(at), "room": room}
    if there is None:
        return _("%(moment)s, %(room)s: free", **words)
    title = plain(there.solution, "title")
    return _("%(moment)s, %(room)s: changes with %(title)s", title=title, **words)


def _move(hearing: Hearing, form: MoveForm) -> ResponseReturnValue:
    challenge = hearing.defence.panel.challenge
    return page("judging/defence/move.html", hearing=hearing, challenge=challenge, form=form, status=status_of(form))


@defence.get("/challenges/<slug>/defence/hearings/<reference>")
@auth_required("session")
def hearing(slug: str, reference: str) -> ResponseReturnValue:
    return _show(slug, reference, AskedForm(formdata=None))


def _show(slug: str, reference: str, form: AskedForm) -> ResponseReturnValue:
    panel = queries.oral_panel(get_challenge(slug, me()))
    found = queries.hearing_to_attend(panel, me(), reference=reference)
    sheets = queries.hearers_of(panel)[found.solution_id]
    return page(
        "judging/defence/hearing.html",
        hearing=found,
        challenge=panel.challenge,
        sheets=sheets,
        mine=next((sheet for sheet in sheets if sheet.seat.person_id == me().id), None),
        at=clock.database_now(),
        form=form,
        parts=["hearers"],
        status=status_of(form),
    )


@defence.post("/challenges/<slug>/defence/hearings/<reference>/questions")
@auth_required("session")
def record_question(slug: str, reference: str) -> ResponseReturnValue:
    panel, form = queries.oral_panel(get_challenge(slug, me())), AskedForm()
    found = queries.hearing_to_attend(panel, me(), reference=reference)
    if not form.validate():
        return _show(slug, reference, form)
    services.record_question(found, actor=me(), question=form.question.data, answer=form.answer.data)
    flash_done(_("The question was written down for the minutes."))
    return see_other(url("defence.hearing", slug=slug, reference=reference))


@defence.get("/judging/<reference>/defence")
@auth_required("session")
def own_day(reference: str) -> ResponseReturnValue:
    seat = get_seat_on(reference, me())
    if not queries.is_oral(seat.panel):
        raise NotFound(reference)
    hearings = queries.hearings_of_judge(seat)
    told: dict[str, Any] = {"seat": seat, "challenge": seat.panel.challenge, "at": clock.database_now()}
    planned = queries.defence_of(seat.panel) is not None
    return page("judging/defence/day.html", hearings=hearings, planned=planned, parts=["day"], **told)


@defence.get("/judging/<reference>/defence.ics")
@auth_required("session")
def own_calendar(reference: str) -> ResponseReturnValue:
    seat = get_seat_on(reference, me())
    hearings = [hearing for hearing, _sheet in queries.hearings_of_judge(seat)]
    return _calendar(hearings, url("defence.own_day", reference=reference, _external=True))


@defence.get("/solutions/<reference>/defence.ics")
@auth_required("session")
def entrants_calendar(reference: str) -> ResponseReturnValue:
    solution = own_solution(reference, me())
    found = queries.hearing_of(solution)
    if found is None:
        raise NotFound(reference)
    return _calendar([found], url("solutions.show", reference=reference, _external=True))


def _calendar(hearings: list[Hearing], address: str) -> Response:
    content = calendar_of(hearings, address=address)
    answer = Response(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="bao-ve.ics"'
    return answer


@defence.get("/challenges/<slug>/timetable")
def timetable(slug: str) -> ResponseReturnValue:
    challenge = get_challenge(slug, me())
    found = queries.public_defence(challenge)
    if found is None:
        raise NotFound(slug)
    return page("judging/defence/timetable.html", challenge=challenge, defence=found, at=clock.database_now())


@defence.post("/judging/sheets/<reference>/reopening")
@auth_required("session")
def reopen_sheet(reference: str) -> ResponseReturnValue:
    try:
        services.reopen_sheet(get_sheet(reference, me()), actor=me())
    except WrongStage:
        db.session.rollback()
        raise
    flash_done(_("The sheet is open again. Finalise it before the round is over."))
    return see_other(url("judging.sheet", reference=reference))


@fills("solution.entrant")
def solution_entrant(solution: Solution) -> str | None:
    """For its own people: when and where the entry is defended."""
    if not can_read_feedback(me(), solution) or solution.challenge.stage == Stage.PUBLISHED:
        return None
    found = queries.hearing_of(solution)
    return render_template("judging/defence/_own.html", solution=solution, hearing=found) if found else None


@fills("challenge.below")
def challenge_below(challenge: Challenge, *_rest: object) -> str | None:
    """The way to the timetable, where everybody may read it."""
    if challenge.stage not in {Stage.JUDGING, Stage.DELIBERATION} or queries.public_defence(challenge) is None:
        return None
    return render_template("judging/defence/_link.html", challenge=challenge)
