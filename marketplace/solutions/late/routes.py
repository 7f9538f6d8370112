"""Addresses of later closings for single entrants, and what they show on other pages."""

from datetime import datetime

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import get_challenge
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.pages import fills, flash_done, me, page, see_other, url
from marketplace.solutions.late import queries, services
from marketplace.solutions.late.forms import CodeForm, PassForm
from marketplace.solutions.late.policy import can_approve_pass, can_propose_pass
from marketplace.solutions.models import Solution
from marketplace.solutions.next_steps import EDITABLE
from marketplace.solutions.policy import can_submit_solution, is_at_the_counter, is_of_entrant
from marketplace.solutions.queries import get_solution

late = Blueprint("late", __name__)


@late.get("/challenges/<slug>/late-passes")
@auth_required("session")
def index(slug: str) -> ResponseReturnValue:
    return _passes_page(_of_agency(slug), PassForm(formdata=None))


def _of_agency(slug: str) -> Challenge:
    """For the agency and, where something waits for them, for operators; NotFound for everybody else."""
    challenge = get_challenge(slug, me())
    waits = me().is_operator and any(each.challenge_id == challenge.id for each in queries.to_approve(me()))
    if not challenge.is_public or not (can_propose_pass(me(), challenge) or waits):
        raise NotFound(slug)
    return challenge


def _passes_page(challenge: Challenge, form: PassForm, status: int = 200) -> Response:
    at = clock.database_now()
    return page(
        "solutions/late_passes.html",
        status=status,
        challenge=challenge,
        form=form,
        rows=queries.passes_of(challenge),
        figures=queries.figures(challenge, at=at),
        may_propose=can_propose_pass(me(), challenge)
        and challenge.stage == Stage.PUBLISHED
        and not challenge.is_closed(at),
        may_approve=lambda late_pass: can_approve_pass(me(), late_pass),
        shows_codes=can_propose_pass(me(), challenge),
    )


@late.post("/challenges/<slug>/late-passes")
@auth_required("session")
def propose(slug: str) -> ResponseReturnValue:
    challenge, form = _of_agency(slug), PassForm()
    require(can_propose_pass, me(), challenge)
    if not form.validate():
        return _passes_page(challenge, form, status=422)
    wanted = {"until": form.until.utc, "reason": form.reason.data, "most_uses": form.most_uses.data}
    try:
        services.propose_pass(challenge, actor=me(), **wanted)
    except services.WrongPass:
        db.session.rollback()
        form.until.errors = [_("Choose a time after everybody's closing, at most 14 days later.")]
        return _passes_page(_of_agency(slug), form, status=422)
    flash_done(_("Another manager of the agency, or the operator, must approve it."))
    return see_other(url("late.index", slug=slug))


@late.post("/challenges/<slug>/late-passes/<reference>/approval")
@auth_required("session")
def approve(slug: str, reference: str) -> ResponseReturnValue:
    challenge = _of_agency(slug)
    services.approve_pass(queries.get_pass(challenge, reference), actor=me())
    flash_done(_("The later closing is given. Nothing is opened before it."))
    return see_other(url("late.index", slug=slug) if can_propose_pass(me(), challenge) else url("home.work"))


@late.route("/solutions/<reference>/late-pass", methods=["GET", "POST"])
@auth_required("session")
def take(reference: str) -> ResponseReturnValue:
    solution, form = get_solution(reference, me(), at=clock.database_now()), CodeForm()
    if not is_of_entrant(me(), solution):
        raise NotFound(reference)
    require(can_submit_solution, me(), solution)
    if not form.validate_on_submit():
        return page("solutions/late_code.html", solution=solution, form=form, status=422 if form.errors else 200)
    try:
        services.use_pass(solution, actor=me(), code=form.code.data.upper())
    except services.WrongPass:
        form.code.errors = [_("This code cannot be used here. Check it, or ask the agency.")]
        return page("solutions/late_code.html", solution=solution, form=form, status=422)
    flash_done(_("You can send your solution until the later closing."))
    return see_other(url("solutions.show", reference=reference))


@fills("solution.duties")
def code_link(solution: Solution, _at: datetime) -> str | None:
    """To the entrant: the way to use a code."""
    if solution.challenge.stage != Stage.PUBLISHED or solution.stage not in EDITABLE:
        return None
    if is_at_the_counter(solution):
        return None
    return render_template("solutions/_late_code.html", solution=solution)


@fills("solution.entrant")
def code_link_after_closing(solution: Solution) -> str | None:
    """The same on the page that is shown after everybody's closing."""
    return code_link(solution, clock.database_now())


@fills("challenge.below")
def late_figures(challenge: Challenge, at: datetime) -> str | None:
    """What everybody may know once everything is open; for the agency the way to its own page before."""
    found = queries.figures(challenge, at=at) if challenge.is_public else None
    gives = challenge.stage == Stage.PUBLISHED and can_propose_pass(me(), challenge)
    if found is None and not gives:
        return None
    return render_template("solutions/_late_figures.html", challenge=challenge, figures=found, gives=gives)


@fills("work.waiting")
def passes_waiting(person: Person, _at: datetime) -> str | None:
    """Proposed later closings that wait for this person."""
    rows = queries.to_approve(person)
    return render_template("solutions/_late_waiting.html", rows=rows) if rows else None
