"""The deed that writes an official document."""

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.errors import NotReady, WrongStage
from marketplace.events import announce
from marketplace.judging.committee.queries import motions_for
from marketplace.judging.documents.content import content_of_document
from marketplace.judging.documents.events import DocumentMade
from marketplace.judging.documents.models import Document
from marketplace.judging.documents.policy import can_write_documents
from marketplace.judging.documents.queries import WRITTEN, last_edition
from marketplace.judging.documents.stages import DocumentKind
from marketplace.judging.models import Panel
from marketplace.judging.queries.entries import entries_of
from marketplace.judging.queries.results import standing_decision
from marketplace.solutions.snapshot import content_hash


def write_document(panel: Panel, *, actor: Person, kind: DocumentKind) -> Document:
    """A new edition of the document, or the last one where nothing of it changed since.

    Raises WrongStage before deliberation, NotReady where it says who wins and nothing is drafted.
    """
    require(can_write_documents, actor, panel, [entry.solution for entry in entries_of(panel.challenge)])
    hold(panel.challenge, shared=True)
    hold(panel)
    if panel.challenge.stage not in WRITTEN:
        raise WrongStage("documents are written once scoring is over")
    if kind.proposes and standing_decision(panel.challenge) is None:
        raise NotReady(["decision"])
    content, last = content_of_document(panel, kind, motions_for(panel, actor)), last_edition(panel, kind)
    if last is not None and last.sha256 == content_hash(content):
        return last
    edition = last.edition + 1 if last is not None else 1
    document = Document(
        panel=panel,
        kind=kind,
        edition=edition,
        content=content,
        sha256=content_hash(content),
        made_by=actor,
        made_at=clock.now(),
    )
    db.session.add(document)
    db.session.flush()
    facts = {"kind": kind.value, "edition": edition, "sha256": document.sha256}
    announce(DocumentMade(actor=actor, subject=document, facts=facts))
    return document
