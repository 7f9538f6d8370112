"""Addresses of hearings: for judges, the entrant, and where the rules say so for everybody."""

from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import get_challenge
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import NotFound, WrongStage
from marketplace.judging.defence import queries, services
from marketplace.judging.defence.forms import AbsenceForm, AskedForm
from marketplace.judging.defence.models import Hearing
from marketplace.judging.defence.routes.blueprint import defence
from marketplace.judging.defence.telling import calendar_of
from marketplace.judging.models import Seat
from marketplace.judging.policy import can_read_feedback
from marketplace.judging.queries.panels import get_seat_on
from marketplace.judging.queries.results import own_solution
from marketplace.judging.queries.sheets import get_sheet
from marketplace.pages import fills, flash_done, me, page, see_other, status_of, url
from marketplace.solutions.models import Solution


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
    return day_page(seat)


def day_page(seat: Seat, **context: Any) -> ResponseReturnValue:
    """The hearings of a judge, and when they said that they cannot come."""
    hearings = queries.hearings_of_judge(seat)
    told: dict[str, Any] = {"seat": seat, "challenge": seat.panel.challenge, "at": clock.database_now()}
    told["planned"] = queries.defence_of(seat.panel) is not None
    told["absences"] = [each for each in queries.absences_of(seat.panel) if each.seat_id == seat.id]
    told |= {"absence_form": AbsenceForm(formdata=None), **context}
    return page("judging/defence/day.html", hearings=hearings, parts=["day"], **told)


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
