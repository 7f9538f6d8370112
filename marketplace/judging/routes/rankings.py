"""The address of those who deliberate where the certainty of the ranking is shown."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_security import auth_required

from marketplace.challenges.queries import get_challenge
from marketplace.errors import NotFound
from marketplace.judging.policy import can_deliberate, is_chair
from marketplace.judging.queries.panels import get_panel
from marketplace.judging.queries.rankings import certainty_for
from marketplace.judging.routes.blueprint import judging
from marketplace.judging.routes.decisions import AFTER_SCORING
from marketplace.judging.routes.fields import field_asked
from marketplace.pages import me, page

MOST_SOUGHT = 999


@judging.get("/challenges/<slug>/ranking")
@auth_required("session")
def ranking(slug: str) -> ResponseReturnValue:
    panel = get_panel(get_challenge(slug, me()))
    if not can_deliberate(me(), panel) or panel.challenge.stage not in AFTER_SCORING:
        raise NotFound(slug)
    asked = request.args.get("best", type=int)
    cut = asked if asked is not None and 1 <= asked <= MOST_SOUGHT else None
    field = field_asked(panel.challenge)
    return page(
        "judging/ranking.html",
        field=field,
        panel=panel,
        challenge=panel.challenge,
        certainty=certainty_for(me(), panel, cut=cut, field=field),
        chairs=is_chair(me(), panel),
        compares=panel.rules.kind(panel.round).compares,
    )
