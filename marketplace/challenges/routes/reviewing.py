"""Operator and authors talk about a statement in review; the operator may let a gap pass."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.authority import require
from marketplace.challenges import policy, queries, services
from marketplace.challenges.forms import MessageForm
from marketplace.challenges.routes.blueprint import challenges, shown, waiver_form
from marketplace.pages import flash_done, me, page, see_other, url


@challenges.post("/challenges/<slug>/messages")
@auth_required("session")
def write_message(slug: str) -> ResponseReturnValue:
    challenge, form = queries.get_challenge(slug, me()), MessageForm()
    require(policy.can_discuss_review, me(), challenge)
    if not form.validate():
        return page("challenges/show.html", status=422, **shown(challenge, message_form=form))
    services.write_review_message(challenge, actor=me(), body=form.body.data)
    flash_done(_("The message was sent."))
    return see_other(url("challenges.show", slug=challenge.slug))


@challenges.post("/challenges/<slug>/waivers")
@auth_required("session")
def waive(slug: str) -> ResponseReturnValue:
    challenge = queries.get_challenge(slug, me())
    require(policy.can_waive_gap, me(), challenge)
    form = waiver_form(challenge)
    if not form.validate():
        return page("challenges/show.html", status=422, **shown(challenge, waiver_form=form))
    services.waive_gap(challenge, actor=me(), gap=form.gap.data, reason=form.reason.data)
    flash_done(_("It may be published without that."))
    return see_other(url("challenges.show", slug=challenge.slug))
