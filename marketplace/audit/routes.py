"""Addresses of audit: the journal, for operators and auditors; for everybody else it does not exist."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from marketplace.accounts.policy import can_read_journal
from marketplace.audit import queries
from marketplace.audit.words import EVENTS, word_for_object
from marketplace.db import count_of, db
from marketplace.errors import NotFound
from marketplace.pages import Pagination, me, page, page_number
from marketplace.text import clean_line

audit = Blueprint("audit", __name__)
PAGE_SIZE = 50


@audit.before_request
def only_for_those_who_watch() -> None:
    if not can_read_journal(me()):
        raise NotFound("journal")


@audit.get("/journal")
def journal() -> ResponseReturnValue:
    reference = clean_line(request.args.get("object", ""))[:60]
    event = request.args.get("event", "")
    found = queries.entries(object_reference=reference, event=event if event in EVENTS else "")
    number = page_number()
    rows = db.session.scalars(found.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)).all()
    return page(
        "audit/journal.html",
        parts=("entries",),
        listing=Pagination(rows, number=number, total=count_of(found), size=PAGE_SIZE),
        reference=reference,
        event=event,
        EVENTS=EVENTS,
        word_for_object=word_for_object,
    )
