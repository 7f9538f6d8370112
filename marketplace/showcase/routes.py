"""Addresses of the showcase, all public, and what it shows on other pages."""

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from marketplace.challenges.models import Challenge
from marketplace.db import count_of, db
from marketplace.pages import Pagination, fills, page, page_number
from marketplace.showcase import queries

showcase = Blueprint("showcase", __name__)
PAGE_SIZE = 20


@showcase.get("/results")
def index() -> ResponseReturnValue:
    number, found = page_number(), queries.published()
    rows = db.session.scalars(found.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)).all()
    listing = Pagination(rows, number=number, total=count_of(found), size=PAGE_SIZE)
    return page("showcase/index.html", listing=listing)


@showcase.get("/results/<slug>")
def show(slug: str) -> ResponseReturnValue:
    decision = queries.get_decision(slug)
    challenge = decision.challenge
    return page("showcase/show.html", decision=decision, challenge=challenge, figures=queries.figures(challenge))


@fills("challenge.results")
def challenge_results(challenge: Challenge, *_rest: Any) -> str | None:
    """Who won, on the page of the challenge."""
    decision = queries.decision_on(challenge)
    return render_template("showcase/_challenge.html", decision=decision) if decision is not None else None


@fills("home.results")
def home_results(*_rest: Any) -> str | None:
    """The winners published last, on the first page."""
    winners = queries.latest_winners()
    return render_template("showcase/_latest.html", winners=winners) if winners else None
