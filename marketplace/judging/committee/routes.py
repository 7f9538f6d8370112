"""Addresses of the committee."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.challenges.queries import get_challenge
from marketplace.db import db
from marketplace.errors import NotReady
from marketplace.judging.committee import queries, services
from marketplace.judging.committee.forms import MotionForm, RemarkForm, VoteForm
from marketplace.judging.committee.models import Motion
from marketplace.judging.committee.policy import can_put_motion, can_vote, is_voting, seat_of
from marketplace.judging.committee.stages import Choice
from marketplace.judging.defence.queries import questions_of
from marketplace.judging.models import Panel
from marketplace.judging.policy import can_run_panel
from marketplace.judging.queries.entries import entries_of
from marketplace.judging.queries.results import Row, standing_decision
from marketplace.judging.routes.fields import field_asked
from marketplace.pages import flash_done, me, page, plain, see_other, status_of, url

committee = Blueprint("committee", __name__)


@committee.get("/challenges/<slug>/committee")
@auth_required("session")
def index(slug: str) -> ResponseReturnValue:
    panel = _panel(slug)
    rows = queries.rows_for(panel, me(), field=field_asked(panel.challenge))
    return _index(panel, rows, _motion_form(rows, fresh=True))


def _panel(slug: str) -> Panel:
    return queries.committee_of(get_challenge(slug, me()), me())


def _motion_form(rows: list[Row], *, fresh: bool = False) -> MotionForm:
    """The entries to choose from are those of the field that is shown; the address of the form names it too."""
    form = MotionForm(formdata=None) if fresh else MotionForm()
    entries = [(row.entry.solution.reference, plain(row.entry, "title")) for row in rows]
    form.entry.choices = [("", _("All entries together")), *entries]
    return form


def _index(panel: Panel, rows: list[Row], form: MotionForm) -> ResponseReturnValue:
    return page(
        "judging/committee/index.html",
        panel=panel,
        challenge=panel.challenge,
        rows=rows,
        field=field_asked(panel.challenge),
        everything="all" in request.args,
        hidden=len(queries.hidden_entries(panel, me())),
        motions=queries.motions_for(panel, me()),
        remarks=queries.remark_counts(panel),
        form=form,
        meets=panel.challenge.stage in queries.MEETS,
        puts=can_put_motion(me(), panel),
        writes=can_run_panel(me(), panel) and len(rows) == len(entries_of(panel.challenge)),
        status=status_of(form),
    )


@committee.post("/challenges/<slug>/committee/motions")
@auth_required("session")
def put_motion(slug: str) -> ResponseReturnValue:
    panel = _panel(slug)
    rows = queries.rows_for(panel, me(), field=field_asked(panel.challenge))
    form = _motion_form(rows)
    if not form.validate():
        return _index(panel, rows, form)
    about = next((row.entry.solution for row in rows if row.entry.solution.reference == form.entry.data), None)
    motion = services.put_motion(panel, actor=me(), text=form.text.data, solution=about)
    flash_done(_("The panel can vote on motion %(number)d.", number=motion.number))
    return see_other(url("committee.motion", slug=slug, number=motion.number))


@committee.get("/challenges/<slug>/committee/motions/<int:number>")
@auth_required("session")
def motion(slug: str, number: int) -> ResponseReturnValue:
    return _motion(_found(slug, number), VoteForm(formdata=None))


def _found(slug: str, number: int) -> Motion:
    return queries.get_motion(_panel(slug), me(), number=number)


def _motion(motion: Motion, form: VoteForm, **context: Any) -> ResponseReturnValue:
    panel, seat = motion.panel, seat_of(me(), motion.panel)
    open_now = motion.closed_at is None and panel.challenge.stage in queries.MEETS
    return page(
        "judging/committee/motion.html",
        motion=motion,
        challenge=panel.challenge,
        about=_about(motion),
        form=form,
        own=next((vote for vote in motion.votes if vote.seat is seat), None),
        entitled=len(queries.entitled_seats(motion)),
        votes_now=open_now and can_vote(me(), panel),
        closes_now=open_now and can_put_motion(me(), panel),
        **({"status": status_of(form)} | context),
    )


def _about(motion: Motion) -> Row | None:
    """The entry that it is about, as the reader may see it."""
    if motion.solution is None:
        return None
    return queries.row_for(motion.panel, me(), reference=motion.solution.reference)


@committee.post("/challenges/<slug>/committee/motions/<int:number>/vote")
@auth_required("session")
def vote(slug: str, number: int) -> ResponseReturnValue:
    found, form = _found(slug, number), VoteForm()
    if not form.validate():
        return _motion(found, form)
    services.cast_vote(found, actor=me(), choice=Choice(form.choice.data))
    flash_done(_("Your vote was taken down."))
    return see_other(url("committee.motion", slug=slug, number=number))


@committee.post("/challenges/<slug>/committee/motions/<int:number>/closing")
@auth_required("session")
def close(slug: str, number: int) -> ResponseReturnValue:
    found = _found(slug, number)
    try:
        services.close_vote(found, actor=me())
    except NotReady:
        db.session.rollback()
        return _motion(_found(slug, number), VoteForm(formdata=None), short=True, status=422)
    flash_done(_("The vote is closed."))
    return see_other(url("committee.motion", slug=slug, number=number))


@committee.route("/challenges/<slug>/committee/entries/<reference>", methods=["GET", "POST"])
@auth_required("session")
def entry(slug: str, reference: str) -> ResponseReturnValue:
    panel = _panel(slug)
    row, form = queries.row_for(panel, me(), reference=reference), RemarkForm()
    if form.validate_on_submit():
        services.remark_on_entry(panel, actor=me(), solution=row.entry.solution, text=form.text.data)
        flash_done(_("The remark is there for the panel."))
        return see_other(url("committee.entry", slug=slug, reference=reference))
    return page(
        "judging/committee/entry.html",
        panel=panel,
        challenge=panel.challenge,
        row=row,
        remarks=queries.remarks_on(panel, row.entry.solution),
        form=form,
        meets=panel.challenge.stage in queries.MEETS,
        status=status_of(form),
    )


@committee.get("/challenges/<slug>/committee/minutes")
@auth_required("session")
def minutes(slug: str) -> ResponseReturnValue:
    panel = _panel(slug)
    rows = queries.rows_for(panel, me())
    shown, decision = {row.entry.solution.id for row in rows}, standing_decision(panel.challenge)
    return page(
        "judging/committee/minutes.html",
        panel=panel,
        challenge=panel.challenge,
        rows=rows,
        shown=shown,
        asked=[each for each in questions_of(panel) if each.hearing.solution_id in shown],
        hidden=len(entries_of(panel.challenge)) - len(rows),
        attending=[seat for seat in panel.seats if is_voting(seat)],
        motions=[motion for motion in queries.motions_for(panel, me()) if motion.closed_at],
        decision=decision,
        proposed=[each for each in decision.winners if each.solution_id in shown] if decision else [],
    )
