"""Addresses of matching, and what it shows on the page of a challenge."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_security import auth_required

from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import get_challenge
from marketplace.errors import NotFound
from marketplace.matching import queries
from marketplace.matching.policy import can_see_suggestions
from marketplace.matching.quality import kept_figures
from marketplace.pages import fills, me, page
from marketplace.relevance.concepts import topic_label

matching = Blueprint("matching", __name__)
BESIDE_A_CHALLENGE = 3


@matching.get("/challenges/<slug>/partners")
@auth_required("session")
def index(slug: str) -> ResponseReturnValue:
    challenge = get_challenge(slug, me())
    if not can_see_suggestions(me(), challenge):
        raise NotFound(slug)
    board = queries.board(challenge)
    return page("matching/index.html", challenge=challenge, board=board, topic_label=topic_label)


@matching.get("/matching/quality")
def quality() -> ResponseReturnValue:
    return page("matching/quality.html", figures=kept_figures())


@fills("challenge.aside")
def best_partners(challenge: Challenge) -> str | None:
    if not can_see_suggestions(me(), challenge):
        return None
    best = queries.board(challenge).best[:BESIDE_A_CHALLENGE]
    return render_template("matching/_aside.html", challenge=challenge, best=best) if best else None
