"""Addresses of meetings, and what they show on the page of an introduction."""

from datetime import UTC, datetime

from flask import Blueprint, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.errors import Conflict, NotFound, WrongStage
from marketplace.matching.introductions.models import Introduction
from marketplace.matching.introductions.policy import side_of
from marketplace.matching.introductions.queries import get_introduction
from marketplace.matching.introductions.stages import Stage as IntroductionStage
from marketplace.matching.meetings import queries, services
from marketplace.matching.meetings.forms import CancelForm, MeetingForm
from marketplace.matching.meetings.policy import can_choose_time
from marketplace.matching.meetings.stages import STANDING
from marketplace.matching.meetings.telling import calendar_of
from marketplace.organisations.models import Organisation
from marketplace.pages import fills, flash_done, me, page, see_other, status_of, url

meetings = Blueprint("meetings", __name__)


@meetings.route("/introductions/<reference>/meetings/new", methods=["GET", "POST"])
@auth_required("session")
def new(reference: str) -> ResponseReturnValue:
    introduction, form = get_introduction(reference, me()), MeetingForm()
    if introduction.stage != IntroductionStage.ACCEPTED:
        raise WrongStage(reference)
    if form.validate_on_submit():
        try:
            services.propose_meeting(introduction, actor=me(), times=form.times, **_terms(form))
        except Conflict:
            form.form_errors = [_("A meeting is proposed or agreed already. Change that one.")]
            return _form_page(form, introduction, status=409)
        flash_done(_("Your times are proposed. The other side chooses one."))
        return _back(introduction)
    return _form_page(form, introduction, status=status_of(form))


@meetings.route("/meetings/<reference>/times", methods=["GET", "POST"])
@auth_required("session")
def change(reference: str) -> ResponseReturnValue:
    meeting = queries.get_meeting(reference, me())
    form = MeetingForm(data={name: getattr(meeting, name) for name in ("minutes", "place", "note")})
    if form.validate_on_submit():
        services.change_meeting(meeting, actor=me(), times=form.times, **_terms(form))
        flash_done(_("Other times are proposed. Nothing is agreed until the other side chooses one."))
        return _back(meeting.introduction)
    return _form_page(form, meeting.introduction, status=status_of(form))


@meetings.post("/meetings/<reference>/choice")
@auth_required("session")
def choose(reference: str) -> ResponseReturnValue:
    meeting = queries.get_meeting(reference, me())
    services.choose_time(meeting, actor=me(), starts_at=_moment(request.form.get("starts_at", "")))
    flash_done(_("The meeting is agreed. Add it to your calendar."))
    return _back(meeting.introduction)


@meetings.post("/meetings/<reference>/cancellation")
@auth_required("session")
def cancel(reference: str) -> ResponseReturnValue:
    meeting, form = queries.get_meeting(reference, me()), CancelForm()
    services.cancel_meeting(meeting, actor=me(), because=form.because.data if form.validate() else None)
    flash_done(_("The meeting is called off."))
    return _back(meeting.introduction)


@meetings.post("/meetings/<reference>/outcome")
@auth_required("session")
def answer(reference: str) -> ResponseReturnValue:
    meeting = queries.get_meeting(reference, me())
    services.answer_whether_met(meeting, actor=me(), met=request.form.get("met") == "yes")
    flash_done(_("Recorded. Thank you."))
    return _back(meeting.introduction)


@meetings.get("/meetings/<reference>/calendar")
@auth_required("session")
def calendar(reference: str) -> ResponseReturnValue:
    meeting = queries.get_meeting(reference, me())
    side = side_of(me(), meeting.introduction)
    file = calendar_of(meeting, side) if side is not None else None
    if file is None:
        raise NotFound(reference)
    response = make_response(file)
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{meeting.reference}.ics"'
    return response


@fills("introduction.below")
def meetings_below(introduction: Introduction, side: Organisation) -> str | None:
    """The meetings, and what can be done with the one that stands."""
    found, at = queries.meetings_of(introduction), clock.database_now()
    writes = introduction.stage == IntroductionStage.ACCEPTED
    if not found and not writes:
        return None
    return render_template(
        "meetings/_meetings.html",
        introduction=introduction,
        meetings=found,
        side=side,
        at=at,
        may_propose=writes and not any(each.stage in STANDING for each in found),
        may_choose=lambda meeting: can_choose_time(me(), meeting),
        STANDING=STANDING,
    )


def _terms(form: MeetingForm) -> dict[str, object]:
    return {"minutes": form.minutes.data, "place": form.place.data, "note": form.note.data}


def _moment(typed: str) -> datetime:
    try:
        return datetime.fromisoformat(typed).astimezone(UTC)
    except (ValueError, OverflowError):
        raise NotFound("no such time") from None


def _form_page(form: MeetingForm, introduction: Introduction, *, status: int) -> Response:
    side = side_of(me(), introduction)
    other = introduction.other_side(side) if side else introduction.asked
    return page("meetings/edit.html", status=status, form=form, introduction=introduction, other=other)


def _back(introduction: Introduction) -> Response:
    return see_other(url("introductions.show", reference=introduction.reference))
