"""The agency says what became of its promise to decide about use."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required
from werkzeug.exceptions import NotFound

from marketplace import clock
from marketplace.authority import require
from marketplace.challenges import policy, queries, services
from marketplace.challenges.forms import PledgeForm
from marketplace.challenges.routes.blueprint import challenges
from marketplace.challenges.stages import PledgeOutcome
from marketplace.pages import flash_done, me, page, see_other, status_of, url


@challenges.route("/challenges/<slug>/pledge", methods=["GET", "POST"])
@auth_required("session")
def pledge(slug: str) -> ResponseReturnValue:
    challenge, form = queries.get_challenge(slug, me()), PledgeForm()
    require(policy.can_settle_pledge, me(), challenge)
    if request.method == "GET" and not challenge.owes_decision(clock.database_now()):
        raise NotFound(slug)  # nobody writes a text that would be refused
    if form.validate_on_submit():
        services.settle_pledge(
            challenge,
            actor=me(),
            outcome=PledgeOutcome(form.outcome.data),
            decided_on=form.decided_on.data,
            reason=form.reason.data,
        )
        flash_done(_("The page of the challenge says so now."))
        return see_other(url("challenges.show", slug=challenge.slug))
    return page("challenges/pledge.html", challenge=challenge, form=form, status=status_of(form))
