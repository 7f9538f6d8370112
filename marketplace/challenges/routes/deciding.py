"""The operator publishes or sends back; the agency may cancel."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.authority import require
from marketplace.challenges import policy, queries, services
from marketplace.challenges.forms import ReasonsForm, ScheduleForm
from marketplace.challenges.routes.blueprint import challenges, shown
from marketplace.db import db
from marketplace.errors import NotReady
from marketplace.formats import moment
from marketplace.pages import flash_done, me, page, see_other, status_of, url


@challenges.post("/challenges/<slug>/return")
@auth_required("session")
def send_back(slug: str) -> ResponseReturnValue:
    challenge, form = queries.get_challenge(slug, me()), ReasonsForm()
    require(policy.can_return_challenge, me(), challenge)
    if not form.validate():
        return page("challenges/show.html", status=422, **shown(challenge, form=form))
    services.return_challenge(challenge, actor=me(), reasons=form.reasons.data)
    flash_done(_("The problem statement was sent back to its authors."))
    return see_other(url("home.work"))


@challenges.post("/challenges/<slug>/publication")
@auth_required("session")
def publish(slug: str) -> ResponseReturnValue:
    challenge = queries.get_challenge(slug, me())
    try:
        services.publish_challenge(challenge, actor=me())
    except NotReady as missing:
        db.session.rollback()
        challenge = queries.get_challenge(slug, me())
        return page("challenges/show.html", status=422, **shown(challenge, gaps=missing.gaps))
    flash_done(_("The challenge is published."))
    return see_other(url("challenges.show", slug=challenge.slug))


@challenges.post("/challenges/<slug>/schedule")
@auth_required("session")
def schedule(slug: str) -> ResponseReturnValue:
    challenge, form = queries.get_challenge(slug, me()), ScheduleForm()
    require(policy.can_publish_challenge, me(), challenge)
    if not form.validate() or form.publish_at.utc is None:
        return page("challenges/show.html", status=422, **shown(challenge, schedule_form=form))
    try:
        services.schedule_publication(challenge, actor=me(), publish_at=form.publish_at.utc)
    except NotReady as missing:
        db.session.rollback()
        challenge = queries.get_challenge(slug, me())
        return page("challenges/show.html", status=422, **shown(challenge, gaps=missing.gaps, schedule_form=form))
    flash_done(_("It publishes itself at %(moment)s.", moment=moment(form.publish_at.utc)))
    return see_other(url("challenges.show", slug=slug))


@challenges.post("/challenges/<slug>/schedule/removal")
@auth_required("session")
def unschedule(slug: str) -> ResponseReturnValue:
    challenge = queries.get_challenge(slug, me())
    services.unschedule_publication(challenge, actor=me())
    flash_done(_("It does not publish itself any more."))
    return see_other(url("challenges.show", slug=slug))


@challenges.route("/challenges/<slug>/cancellation", methods=["GET", "POST"])
@auth_required("session")
def cancel(slug: str) -> ResponseReturnValue:
    challenge, form = queries.get_challenge(slug, me()), ReasonsForm()
    require(policy.can_cancel_challenge, me(), challenge)
    if form.validate_on_submit():
        services.cancel_challenge(challenge, actor=me(), reasons=form.reasons.data)
        flash_done(_("The challenge was cancelled."))
        return see_other(url("challenges.show", slug=challenge.slug))
    return page("challenges/cancel.html", challenge=challenge, form=form, status=status_of(form))
