"""Addresses of writing to many; for everybody but those who run the challenge they do not exist."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock, limits
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import get_challenge
from marketplace.errors import NotFound
from marketplace.notifications.broadcasting import queries, services
from marketplace.notifications.broadcasting.forms import BroadcastForm
from marketplace.notifications.broadcasting.policy import can_broadcast
from marketplace.notifications.broadcasting.stages import Audience
from marketplace.pages import fills, flash_done, me, page, see_other, status_of, url

broadcasting = Blueprint("broadcasting", __name__, url_prefix="/challenges/<slug>/letters")


@broadcasting.route("", methods=["GET", "POST"])
@auth_required("session")
def index(slug: str) -> ResponseReturnValue:
    challenge, form = _run_by_me(slug), BroadcastForm()
    if form.validate_on_submit():
        limits.spend({"broadcast.sender": me().reference})
        texts = {name: form[name].data for name in ("subject_vi", "body_vi", "subject_en", "body_en")}
        challenge, audience = _run_by_me(slug), Audience(form.audience.data)
        broadcast = services.write_broadcast(challenge, audience=audience, actor=me(), **texts)
        return see_other(url("broadcasting.show", slug=slug, reference=broadcast.reference))
    written = queries.broadcasts_of(challenge)
    shown = {"challenge": challenge, "written": written, "counts": _counts(challenge)}
    return page("broadcasting/index.html", form=form, status=status_of(form), **shown)


@broadcasting.get("/<reference>")
@auth_required("session")
def show(slug: str, reference: str) -> ResponseReturnValue:
    challenge = _run_by_me(slug)
    broadcast = queries.get_broadcast(challenge, reference)
    count = _counts(challenge)(broadcast)
    if broadcast.sent_at is None and not queries.is_sealed(broadcast.audience, challenge, clock.database_now()):
        count = len(queries.people_in(broadcast.audience, challenge))
    return page("broadcasting/show.html", challenge=challenge, broadcast=broadcast, count=count)


@broadcasting.post("/<reference>/sending")
@auth_required("session")
def send(slug: str, reference: str) -> ResponseReturnValue:
    services.send_broadcast(queries.get_broadcast(_run_by_me(slug), reference), actor=me())
    flash_done(_("The letter is on its way."))
    return see_other(url("broadcasting.index", slug=slug))


@broadcasting.post("/<reference>/removal")
@auth_required("session")
def drop(slug: str, reference: str) -> ResponseReturnValue:
    services.drop_broadcast(queries.get_broadcast(_run_by_me(slug), reference), actor=me())
    flash_done(_("The letter was thrown away; nobody got it."))
    return see_other(url("broadcasting.index", slug=slug))


@fills("challenge.aside")
def link(challenge: Challenge) -> str | None:
    """For whoever runs the challenge."""
    return render_template("broadcasting/_link.html", challenge=challenge) if can_broadcast(me(), challenge) else None


def _run_by_me(slug: str) -> Challenge:
    challenge = get_challenge(slug, me())
    if not can_broadcast(me(), challenge):
        raise NotFound(slug)
    return challenge


def _counts(challenge: Challenge):
    """How many letters there were, where that tells nothing sealed."""
    at = clock.database_now()
    return lambda broadcast: None if queries.is_sealed(broadcast.audience, challenge, at) else broadcast.letter_count
