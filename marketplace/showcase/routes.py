"""Addresses of the showcase, all public, and what it shows on other pages."""

from typing import Any

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from marketplace.accounts.moderating.hiding import unseen_by
from marketplace.challenges.models import Challenge
from marketplace.errors import NotFound
from marketplace.judging.queries.bundles import bundle_of, listing_of
from marketplace.pages import fills, listed, me, page
from marketplace.showcase import queries
from marketplace.text import canonical_json

showcase = Blueprint("showcase", __name__)
PAGE_SIZE = 20


@showcase.get("/results")
def index() -> ResponseReturnValue:
    found = queries.published()
    listing = listed(found, size=PAGE_SIZE)
    return page("showcase/index.html", listing=listing)


@showcase.get("/results/<slug>")
def show(slug: str) -> ResponseReturnValue:
    decision = queries.get_decision(slug, me())
    challenge = decision.challenge
    shown: dict[str, Any] = {"figures": queries.figures(challenge), "unseen": unseen_by(me(), "result")}
    return page("showcase/show.html", decision=decision, challenge=challenge, **shown)


@showcase.get("/results/<slug>/ranking.csv")
def ranking(slug: str) -> ResponseReturnValue:
    decision = queries.get_decision(slug, me())
    return _download(listing_of(decision).encode(), "text/csv", name=f"{decision.reference}.csv")


@showcase.get("/results/<slug>/bundle.json")
def bundle(slug: str) -> ResponseReturnValue:
    decision = queries.get_decision(slug, me())
    content = bundle_of(decision)
    if content is None:
        raise NotFound(slug)
    return _download(canonical_json(content), "application/json", name=f"{decision.reference}.json")


def _download(content: bytes, media_type: str, *, name: str) -> Response:
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@fills("challenge.results")
def challenge_results(challenge: Challenge, *_rest: Any) -> str | None:
    """Who won, on the page of the challenge."""
    decision = queries.decision_on(challenge, me())
    return render_template("showcase/_challenge.html", decision=decision) if decision is not None else None


@fills("home.results")
def home_results(*_rest: Any) -> str | None:
    """The winners published last, on the first page."""
    winners = queries.latest_winners()
    return render_template("showcase/_latest.html", winners=winners) if winners else None
