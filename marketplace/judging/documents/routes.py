"""Addresses of official documents: the secretary writes and prints, everybody checks after publication."""

from typing import Any

import segno
from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security import auth_required

from marketplace.db import db
from marketplace.errors import NotFound, NotReady
from marketplace.judging.documents import queries, services
from marketplace.judging.documents.models import Document
from marketplace.judging.documents.stages import DocumentKind
from marketplace.judging.models import Panel
from marketplace.judging.routes.panels import challenge_to_run
from marketplace.pages import absolute, flash_done, language, me, page, see_other, url

documents = Blueprint("documents", __name__)
KINDS: dict[str, Any] = {
    "minutes": _l("Minutes of the judging panel"),
    "sheets": _l("Score sheets"),
    "submission": _l("Submission of the results"),
    "decision": _l("Draft decision on the results"),
}


@documents.get("/challenges/<slug>/documents")
@auth_required("session")
def index(slug: str) -> ResponseReturnValue:
    return _index(_panel(slug))


def _panel(slug: str) -> Panel:
    return queries.panel_to_write_for(challenge_to_run(slug), me())


def _index(panel: Panel, **context: Any) -> ResponseReturnValue:
    found = queries.documents_of(panel)
    return page(
        "judging/documents/index.html",
        challenge=panel.challenge,
        kinds=KINDS,
        editions={kind: [each for each in found if each.kind == kind] for kind in KINDS},
        **context,
    )


@documents.post("/challenges/<slug>/documents/<kind>")
@auth_required("session")
def write(slug: str, kind: str) -> ResponseReturnValue:
    if kind not in KINDS:
        raise NotFound(kind)
    try:
        document = services.write_document(_panel(slug), actor=me(), kind=DocumentKind(kind))
    except NotReady:
        db.session.rollback()
        return _index(_panel(slug), undrafted=KINDS[kind], has_errors=True, status=422)
    flash_done(_("%(name)s: edition %(number)d stands.", name=KINDS[kind], number=document.edition))
    return see_other(url("documents.index", slug=slug))


@documents.get("/challenges/<slug>/documents/<kind>/<reference>")
@auth_required("session")
def show(slug: str, kind: str, reference: str) -> ResponseReturnValue:
    found = queries.get_document(_panel(slug), reference)
    if found.kind != kind:
        raise NotFound(reference)
    return page("judging/documents/show.html", **_told(found))


def _told(document: Document) -> dict[str, Any]:
    address = absolute("documents.verify", language(), reference=document.reference)
    return {
        "document": document,
        "content": document.content,
        "challenge": document.panel.challenge,
        "name": KINDS[document.kind],
        "address": address,
        "code": segno.make(address, micro=False).svg_data_uri(scale=3, border=2),
    }


@documents.get("/documents/<reference>")
def verify(reference: str) -> ResponseReturnValue:
    found = queries.document_to_verify(reference)
    newest = queries.newest_edition(found)
    context: dict[str, Any] = {"document": found, "challenge": found.panel.challenge, "newest": newest}
    return page("judging/documents/verify.html", name=KINDS[found.kind], **context)
