"""Addresses of audit: the journal for operators and auditors only; the signed heads of its tree for everybody."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from marketplace.accounts.policy import can_read_journal
from marketplace.audit import queries
from marketplace.audit.checkpoints import origin, signer
from marketplace.audit.proofs import growth
from marketplace.audit.words import EVENTS, word_for_object
from marketplace.errors import NotFound
from marketplace.pages import listed, me, page
from marketplace.text import clean_line

audit = Blueprint("audit", __name__)
PAGE_SIZE = 50


@audit.get("/journal")
def journal() -> ResponseReturnValue:
    if not can_read_journal(me()):
        raise NotFound("journal")
    reference = clean_line(request.args.get("object", ""))[:60]
    event = request.args.get("event", "")
    found = queries.entries(object_reference=reference, event=event if event in EVENTS else "")
    return page(
        "audit/journal.html",
        parts=("entries",),
        listing=listed(found, size=PAGE_SIZE),
        reference=reference,
        event=event,
        EVENTS=EVENTS,
        word_for_object=word_for_object,
    )


@audit.get("/log")
def checkpoints() -> ResponseReturnValue:
    found = queries.checkpoints()
    return page(
        "audit/checkpoints.html",
        listing=listed(found, size=PAGE_SIZE),
        origin=origin(),
        verifier_key=signer().verifier_key,
    )


@audit.get("/log/<int:size>")
def checkpoint(size: int) -> ResponseReturnValue:
    return Response(queries.checkpoint_at(size).note, mimetype="text/plain")


@audit.get("/log/<int:size>/growth/<int:later>")
def consistency(size: int, later: int) -> ResponseReturnValue:
    if size > later:
        raise NotFound(str(later))
    earlier, grown = queries.checkpoint_at(size), queries.checkpoint_at(later)
    return {"from": size, "to": later, "path": growth(earlier, grown)}
