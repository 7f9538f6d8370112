"""Addresses of the secretary: the plan, invitations, moving a hearing, mending what does not fit any more."""

from datetime import UTC, datetime

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_security import auth_required

from marketplace import clock
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import NotFound, NotReady
from marketplace.judging.defence import queries, services
from marketplace.judging.defence.booking import clash_of
from marketplace.judging.defence.forms import JudgesAbsenceForm, MoveForm, PlanForm
from marketplace.judging.defence.models import Defence, Hearing
from marketplace.judging.defence.planning import Unplannable
from marketplace.judging.defence.routes.blueprint import defence
from marketplace.judging.models import Panel
from marketplace.judging.routes.panels import challenge_to_run
from marketplace.judging.services.assigning import accepted_seats
from marketplace.pages import flash_done, me, page, plain, see_other, status_of, url
from marketplace.text import HANOI, format_moment


@defence.get("/challenges/<slug>/defence")
@auth_required("session")
def plan(slug: str) -> ResponseReturnValue:
    return plan_page(oral_panel_to_run(slug))


def oral_panel_to_run(slug: str) -> Panel:
    """The panel of an oral round under way, for its secretary; raises NotFound for everybody else."""
    return queries.oral_panel(challenge_to_run(slug))


def plan_page(panel: Panel, form: PlanForm | None = None, **context) -> ResponseReturnValue:
    """The secretary's page of the timetable."""
    found, hearers, at = queries.defence_of(panel), queries.hearers_of(panel), clock.database_now()
    hearings = found.hearings if found is not None else []
    form = form or PlanForm(formdata=None, data=_kept(found))
    context = {"absence_form": JudgesAbsenceForm(accepted_seats(panel), formdata=None), **context}
    twice = {each.id: names for each in hearings if (names := clash_of(each, hearers[each.solution_id]))}
    return page(
        "judging/defence/plan.html",
        panel=panel,
        moves=_moves(found) if found is not None and twice else None,
        challenge=panel.challenge,
        defence=found,
        hearings=hearings,
        hearers=hearers,
        twice=twice,
        absences=queries.absences_of(panel),
        begun=any(each.starts_at <= at for each in hearings),
        works=panel.challenge.stage == Stage.JUDGING,
        at=at,
        form=form,
        **context,
    )


def _moves(found: Defence) -> list[services.Move] | None:
    """What would mend the timetable; None where nothing can."""
    try:
        return services.mended(found)
    except Unplannable:
        return None


@defence.post("/challenges/<slug>/defence/mending")
@auth_required("session")
def mend(slug: str) -> ResponseReturnValue:
    found = queries.defence_of(oral_panel_to_run(slug))
    if found is None:
        raise NotFound(slug)
    try:
        moved = services.mend_defence(found, actor=me())
    except Unplannable as error:
        return _unplanned(slug, PlanForm(formdata=None, data=_kept(found)), shortage=error)
    flash_done(
        ngettext(
            "%(num)d hearing was moved. Whoever was invited already gets a new letter.",
            "%(num)d hearings were moved. Whoever was invited already gets a new letter.",
            len(moved),
        )
    )
    return see_other(url("defence.plan", slug=slug))


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
    panel, form = oral_panel_to_run(slug), PlanForm()
    if not form.validate():
        return plan_page(panel, form, status=422)
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
    panel = oral_panel_to_run(slug)
    if (shortage := why.get("shortage")) and shortage.judge:
        people = {seat.person_id: seat.person.full_name for seat in panel.seats}
        why["judge"] = people.get(shortage.judge)
    return plan_page(panel, form, has_errors=True, status=422, **why)


@defence.post("/challenges/<slug>/defence/invitations")
@auth_required("session")
def invite(slug: str) -> ResponseReturnValue:
    found = queries.defence_of(oral_panel_to_run(slug))
    if found is None:
        raise NotFound(slug)
    services.invite_to_defence(found, actor=me())
    flash_done(_("Entrants and judges get letters with time, room and an entry for their calendars."))
    return see_other(url("defence.plan", slug=slug))


@defence.route("/challenges/<slug>/defence/hearings/<reference>/place", methods=["GET", "POST"])
@auth_required("session")
def move(slug: str, reference: str) -> ResponseReturnValue:
    hearing = _hearing(oral_panel_to_run(slug), reference)
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
        return _move(_hearing(oral_panel_to_run(slug), reference), form)
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
    times = [moment.replace(tzinfo=HANOI).astimezone(UTC) for moment in services.frame_of(found).times()]
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
