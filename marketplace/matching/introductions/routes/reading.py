"""Addresses of one's introductions and of the funnel."""

import csv
from io import StringIO

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.accounts.models import Person
from marketplace.labels import FUNNEL_STEPS, HELIX, word
from marketplace.matching.introductions import queries
from marketplace.matching.introductions.funnel import ASIDE, STEPS, funnel, total, years
from marketplace.matching.introductions.policy import can_answer_introduction
from marketplace.matching.introductions.routes.blueprint import introduction_page, introductions
from marketplace.organisations.queries import organisations_of
from marketplace.organisations.stages import Role
from marketplace.pages import Pagination, fills, me, page, page_number

PAGE_SIZE = 30


@introductions.get("/introductions")
@auth_required("session")
def index() -> ResponseReturnValue:
    found, number = queries.introductions_of(me()), page_number()
    begin = (number - 1) * PAGE_SIZE
    listing = Pagination(found[begin : begin + PAGE_SIZE], number=number, total=len(found), size=PAGE_SIZE)
    return page(
        "introductions/index.html",
        listing=listing,
        blocks=queries.blocks_of(organisations_of(me(), Role.MEMBER)),
        waits_for_me=lambda each: each.is_waiting and can_answer_introduction(me(), each),
    )


@introductions.get("/introductions/<reference>")
@auth_required("session")
def show(reference: str) -> ResponseReturnValue:
    return introduction_page(queries.get_introduction(reference, me()))


@introductions.get("/matching/funnel")
def figures() -> ResponseReturnValue:
    known, year = years(), _year()
    rows = funnel(year)
    return page(
        "introductions/funnel.html", rows=rows, total=total(rows), STEPS=STEPS, ASIDE=ASIDE, years=known, year=year
    )


@introductions.get("/matching/funnel.csv")
def figures_as_csv() -> ResponseReturnValue:
    rows, out = funnel(_year()), StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_("Pair of houses"), *(word(FUNNEL_STEPS, name) for name in (*STEPS, *ASIDE))])
    for row in rows:
        pair = f"{word(HELIX, row.one)} – {word(HELIX, row.other)}"
        writer.writerow([pair, *(row.counts[name] for name in (*STEPS, *ASIDE))])
    return _as_file(out.getvalue())


def _year() -> int | None:
    """The year asked for, None for all of them."""
    asked = request.args.get("year", type=int)
    return asked if asked in years() else None


def _as_file(text: str) -> Response:
    """With the mark that lets spreadsheets read Vietnamese."""
    response = make_response("\ufeff" + text)
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="funnel.csv"'
    return response


@fills("work.waiting")
def requests_waiting(person: Person, _at: object) -> str | None:
    """Requests to answer."""
    rows = queries.waiting_for(person)
    return render_template("introductions/_work.html", rows=rows) if rows else None


@fills("work.more")
def way_to_all(person: Person, _at: object) -> str | None:
    """The way to all of them, where one's organisation could have any."""
    return render_template("introductions/_more.html") if organisations_of(person, Role.MEMBER) else None
