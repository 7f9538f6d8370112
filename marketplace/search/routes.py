"""The address of search: one page for everybody, the same with and without an account."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from marketplace.pages import Pagination, language, page, page_number
from marketplace.search import queries
from marketplace.search.finding import FACETS, MOST

search = Blueprint("search", __name__)
PAGE_SIZE = 20
LONGEST_QUERY = 500
# Where each kind of thing is shown.
PLACES = {"challenge": "challenges.show", "organisation": "organisations.show", "result": "showcase.show"}


@search.get("/search")
def index() -> ResponseReturnValue:
    text, number = request.args.get("q", "")[:LONGEST_QUERY], page_number()
    facts = {name: request.args.get(name, "")[:60] for name in FACETS}
    found = queries.search(text, facts)
    begin = (number - 1) * PAGE_SIZE
    rows = queries.results(found, text, begin=begin, end=begin + PAGE_SIZE, language=language())
    return page(
        "search/index.html",
        parts=("results",),
        listing=Pagination(rows, number=number, total=len(found.hits), size=PAGE_SIZE),
        asked={"q": text, **facts},
        found=found,
        most=MOST,
        proposal=queries.proposal(text, found.unknown),
        places=PLACES,
    )
