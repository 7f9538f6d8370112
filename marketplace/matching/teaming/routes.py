"""Addresses of the team builder, and its links on other pages. Reading only: nothing is kept, nobody is written to."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_security import auth_required

from marketplace import clock
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import get_challenge
from marketplace.errors import NotFound
from marketplace.matching.teaming import queries
from marketplace.matching.teaming.policy import can_build_team
from marketplace.matching.teaming.teams import Rules
from marketplace.organisations.stages import Helix
from marketplace.pages import fills, me, page
from marketplace.solutions.models import Solution
from marketplace.solutions.policy import can_be_partner, can_lead_consortium, is_of_entrant
from marketplace.solutions.queries import get_solution

teaming = Blueprint("teaming", __name__)
SIZES = range(2, 8)
SEATS = range(4)
MORE = range(1, 4)
_MOST_LEFT_OUT = 50


@teaming.get("/challenges/<slug>/team")
@auth_required("session")
def index(slug: str) -> ResponseReturnValue:
    challenge = get_challenge(slug, me())
    if not can_build_team(me(), challenge):
        raise NotFound(slug)
    asked = {
        "size": _chosen("size", SIZES, 5),
        "academia": _chosen("academia", SEATS, 1),
        "business": _chosen("business", SEATS, 1),
    }
    seats = {Helix.ACADEMIA: asked["academia"], Helix.BUSINESS: asked["business"]}
    left_out = request.args.getlist("without")[:_MOST_LEFT_OUT]
    board = queries.best_board(challenge, Rules(asked["size"], seats), left_out=left_out)
    return page(
        "teaming/index.html",
        parts=("team",),
        challenge=challenge,
        board=board,
        asked=asked,
        left_out=left_out,
        sizes=SIZES,
        seats=SEATS,
    )


@teaming.get("/solutions/<reference>/team")
@auth_required("session")
def of_solution(reference: str) -> ResponseReturnValue:
    solution = get_solution(reference, me(), at=clock.database_now())
    if not is_of_entrant(me(), solution):
        raise NotFound(reference)
    more = _chosen("more", MORE, 1)
    return page(
        "teaming/solution.html",
        solution=solution,
        board=queries.board_of(solution),
        better=queries.board_of(solution, more=more),
        more=more,
        sizes=MORE,
        may_invite=lambda organisation: can_lead_consortium(me(), solution) and can_be_partner(organisation),
    )


@fills("solution.team")
def team_of(solution: Solution) -> str | None:
    return render_template("teaming/_link.html", solution=solution)


@fills("challenge.authoring")
def sounding_of(challenge: Challenge) -> str | None:
    if not can_build_team(me(), challenge):
        return None
    return render_template("teaming/_sounding_link.html", challenge=challenge)


def _chosen(name: str, among: range, usual: int) -> int:
    found = request.args.get(name, usual, type=int)
    return found if found in among else usual
