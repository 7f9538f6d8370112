"""Addresses of revisions, on the committee's page of an entry."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.challenges.queries import get_challenge
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import Conflict, NotFound
from marketplace.judging.committee.queries import committee_of, row_for
from marketplace.judging.forms.revisions import LOOKS, RevisionDecisionForm, RevisionForm
from marketplace.judging.models import Panel
from marketplace.judging.policy import can_deliberate
from marketplace.judging.queries.results import Row
from marketplace.judging.queries.revisions import revisions_of
from marketplace.judging.routes.blueprint import judging
from marketplace.judging.services import revisions as deeds
from marketplace.judging.stages import Look
from marketplace.pages import fills, flash_done, me, page, see_other, status_of, url

_ENTRY = "/challenges/<slug>/committee/entries/<reference>"


def _asked(slug: str, reference: str) -> tuple[Panel, Row]:
    panel = committee_of(get_challenge(slug, me()), me())
    row = row_for(panel, me(), reference=reference)
    if not can_deliberate(me(), panel):
        raise NotFound(reference)
    return panel, row


@judging.route(f"{_ENTRY}/revision", methods=["GET", "POST"])
@auth_required("session")
def require_revision(slug: str, reference: str) -> ResponseReturnValue:
    (panel, row), form = _asked(slug, reference), RevisionForm()
    if form.validate_on_submit():
        wanted = deeds.Wanted(form.wanted.data or "", form.days.data or 1, Look(form.looks.data))
        try:
            deeds.require_revision(panel, actor=me(), solution=row.entry.solution, wanted=wanted)
        except Conflict:
            db.session.rollback()
            panel, row = _asked(slug, reference)
            form.wanted.errors = [_("Wait until the open list is answered or its time is over.")]
        else:
            flash_done(_("The entrant gets the list and can send a revision until the day you chose."))
            return see_other(url("committee.entry", slug=slug, reference=reference))
    return page("judging/revision.html", challenge=panel.challenge, row=row, form=form, status=status_of(form))


@judging.route(f"{_ENTRY}/revisions/<revision>", methods=["GET", "POST"])
@auth_required("session")
def decide_revision(slug: str, reference: str, revision: str) -> ResponseReturnValue:
    (panel, row), form = _asked(slug, reference), RevisionDecisionForm()
    own = [each for each in revisions_of(panel) if each.clarification.solution_id == row.entry.solution.id]
    found = next((each for each in own if each.reference == revision), None)
    if found is None:
        raise NotFound(revision)
    if form.validate_on_submit():
        deeds.decide_revision(found, actor=me(), accepted=form.accepted.data == "yes", because=form.because.data)
        flash_done(_("It was noted whether the revision will do."))
        return see_other(url("committee.entry", slug=slug, reference=reference))
    told: dict[str, Any] = {"revision": found, "state": found.state(clock.database_now())}
    return page(
        "judging/revision_sent.html", challenge=panel.challenge, row=row, form=form, status=status_of(form), **told
    )


@fills("committee.entry")
def revisions_required(panel: Panel, row: Row) -> str | None:
    """What was required of this entry, and the way to require it."""
    found = [each for each in revisions_of(panel) if each.clarification.solution_id == row.entry.solution.id]
    decides = can_deliberate(me(), panel) and panel.challenge.stage == Stage.DELIBERATION
    if not found and not decides:
        return None
    states = {each.id: each.state(clock.database_now()) for each in found}
    told: dict[str, Any] = {"challenge": panel.challenge, "decides": decides, "states": states, "looks": LOOKS}
    return render_template("judging/_revisions.html", revisions=found, row=row, **told)
