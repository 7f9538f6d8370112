"""Addresses of official documents: the secretary writes and prints, everybody checks after publication."""

from typing import Any

import segno
from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security import auth_required

from marketplace.db import db
from marketplace.errors import NotFound, NotReady
from marketplace.files.download import as_download
from marketplace.judging.documents import queries, services
from marketplace.judging.documents.blocks import blocks_of
from marketplace.judging.documents.models import Document
from marketplace.judging.documents.stages import DocumentKind
from marketplace.judging.models import Panel
from marketplace.judging.routes.panels import challenge_to_run
from marketplace.pages import absolute, flash_done, language, me, page, see_other, url
from marketplace.papers import code_for, paper
from marketplace.text import format_moment

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


@documents.get("/challenges/<slug>/documents/<kind>/<reference>.pdf")
@auth_required("session")
def pdf(slug: str, kind: str, reference: str) -> ResponseReturnValue:
    found = queries.get_document(_panel(slug), reference)
    if found.kind != kind:
        raise NotFound(reference)
    content = paper("official", _on_paper(found), language=language())
    return as_download(content, name=f"{found.reference}.pdf", media_type="application/pdf")


def _on_paper(document: Document) -> dict[str, Any]:
    """What the page says, as blocks, with the heads that stand above them on paper."""
    told = _told(document)
    agency = document.content["agency"]
    written = {
        "reference": document.reference,
        "number": document.edition,
        "moment": format_moment(document.made_at, language()),
    }
    check = _(
        "%(reference)s, edition %(number)d, written %(moment)s. Check: %(address)s", address=told["address"], **written
    )
    return {
        "title": f"{told['name']} {document.reference}",
        "agency": agency[language()] or agency["vi"] or agency["en"],
        "panel": _("JUDGING PANEL"),
        "number": _("No.: …… /……"),
        "nation": _("SOCIALIST REPUBLIC OF VIET NAM"),
        "motto": _("Independence – Freedom – Happiness"),
        "day": _("Hanoi, day …… month …… year 20……"),
        "blocks": blocks_of(render_template(f"judging/documents/_{document.kind}.html", **told)),
        "check": {
            "text": check,
            "address": told["address"],
            "code": code_for(told["address"]),
            "sha256": document.sha256,
        },
    }


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
