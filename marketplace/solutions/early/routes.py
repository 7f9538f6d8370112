"""Addresses of openings before closing, and what they show on other pages."""

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
from marketplace.errors import NotFound
from marketplace.pages import fills, flash_done, me, page, see_other, url
from marketplace.solutions.early import queries, services
from marketplace.solutions.early.forms import OpeningForm
from marketplace.solutions.early.models import EarlyOpening
from marketplace.solutions.early.policy import (
    can_confirm_early_opening,
    can_end_early_opening,
    can_propose_early_opening,
)

early = Blueprint("early", __name__)


@early.get("/challenges/<slug>/early-opening")
@auth_required("session")
def show(slug: str) -> ResponseReturnValue:
    return _opening_page(_of_two_houses(slug), OpeningForm(formdata=None))


def _of_two_houses(slug: str) -> Challenge:
    """For the agency's managers, and for operators once they are asked; NotFound for everybody else."""
    challenge = get_challenge(slug, me())
    opening = queries.standing_opening(challenge)
    is_asked = opening is not None and can_confirm_early_opening(me(), opening)
    if not challenge.is_public or not (can_propose_early_opening(me(), challenge) or is_asked):
        raise NotFound(slug)
    return challenge


def _opening_page(challenge: Challenge, form: OpeningForm, status: int = 200) -> Response:
    opening = queries.standing_opening(challenge)
    return page(
        "solutions/early_opening.html",
        status=status,
        challenge=challenge,
        form=form,
        opening=opening,
        is_sealed=_is_sealed(challenge, clock.database_now()),
        may_propose=can_propose_early_opening(me(), challenge),
        may_confirm=opening is not None and can_confirm_early_opening(me(), opening),
        may_end=opening is not None and can_end_early_opening(me(), opening),
    )


def _is_sealed(challenge: Challenge, at: datetime) -> bool:
    is_taken = challenge.stage == Stage.PUBLISHED and challenge.opens_at is not None and challenge.opens_at < at
    return is_taken and not challenge.is_closed(at)


@early.post("/challenges/<slug>/early-opening")
@auth_required("session")
def propose(slug: str) -> ResponseReturnValue:
    challenge, form = _of_two_houses(slug), OpeningForm()
    require(can_propose_early_opening, me(), challenge)
    if not form.validate():
        return _opening_page(challenge, form, status=422)
    services.propose_early_opening(challenge, actor=me(), reason=form.reason.data or "")
    flash_done(_("The operator was asked. Everything stays sealed until then."))
    return see_other(url("early.show", slug=slug))


@early.post("/challenges/<slug>/early-opening/confirmation")
@auth_required("session")
def confirm(slug: str) -> ResponseReturnValue:
    challenge, form = _of_two_houses(slug), OpeningForm()
    opening = _standing(challenge)
    require(can_confirm_early_opening, me(), opening)
    if not form.validate():
        return _opening_page(challenge, form, status=422)
    services.confirm_early_opening(opening, actor=me(), reason=form.reason.data or "")
    flash_done(_("The time for solutions is over, and the agency may open what was received."))
    return see_other(url("challenges.show", slug=slug))


@early.post("/challenges/<slug>/early-opening/removal")
@auth_required("session")
def end(slug: str) -> ResponseReturnValue:
    opening = _standing(_of_two_houses(slug))
    services.end_early_opening(opening, actor=me())
    flash_done(_("Everything stays sealed until closing."))
    return see_other(url("challenges.show", slug=slug))


def _standing(challenge: Challenge) -> EarlyOpening:
    opening = queries.standing_opening(challenge)
    if opening is None:
        raise NotFound(challenge.slug)
    return opening


@fills("challenge.results")
def opened_early(challenge: Challenge, *_rest: object) -> str | None:
    """To everybody: that it was opened before closing, when and why."""
    opening = queries.confirmed_opening(challenge)
    return render_template("solutions/_opened_early.html", opening=opening) if opening is not None else None


@fills("challenge.below")
def early_link(challenge: Challenge, at: datetime) -> str | None:
    """To the agency's managers: the way to ask for it."""
    if not _is_sealed(challenge, at) or not can_propose_early_opening(me(), challenge):
        return None
    return render_template("solutions/_early_link.html", challenge=challenge)


@fills("work.waiting")
def openings_waiting(person: Person, at: datetime) -> str | None:
    """Those that wait for this person's word."""
    rows = queries.to_confirm(person, at=at)
    return render_template("solutions/_early_waiting.html", rows=rows) if rows else None
