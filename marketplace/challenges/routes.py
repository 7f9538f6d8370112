"""Addresses of challenges: read input, call one deed, answer."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from marketplace import clock
from marketplace.challenges import queries
from marketplace.challenges.stages import Field
from marketplace.db import db
from marketplace.pages import Pagination, me, page, page_number

challenges = Blueprint("challenges", __name__)
PAGE_SIZE = 20


@challenges.get("/challenges")
def index() -> ResponseReturnValue:
    at, number = clock.database_now(), page_number()
    words, phase, field = (
        request.args.get("q", "")[:200],
        request.args.get("phase"),
        request.args.get("field"),
    )
    found = queries.public_list(at=at, words=words, phase=phase, field=Field(field) if field in set(Field) else None)
    rows = db.session.scalars(found.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)).all()
    listing = Pagination(rows, number=number, total=queries.count(found), size=PAGE_SIZE)
    return page(
        "challenges/index.html",
        parts=("results",),
        listing=listing,
        at=at,
        words=words,
        phase=phase,
        field=field,
    )


@challenges.get("/challenges/<slug>")
def show(slug: str) -> ResponseReturnValue:
    challenge = queries.get_challenge(slug, me())
    return page("challenges/show.html", parts=("stage",), challenge=challenge, at=clock.database_now())
