"""Questions about official documents."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import WITH_RESULTS, Stage
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.judging.documents.models import Document
from marketplace.judging.documents.policy import can_write_documents
from marketplace.judging.documents.stages import DocumentKind
from marketplace.judging.models import Panel
from marketplace.judging.queries.entries import entries_of
from marketplace.judging.queries.panels import panel_of

WRITTEN = WITH_RESULTS | {Stage.DELIBERATION, Stage.DECIDED, Stage.NOT_AWARDED}
_PUBLIC = WITH_RESULTS | {Stage.NOT_AWARDED}


def panel_to_write_for(challenge: Challenge, person: Person | None) -> Panel:
    """The panel whose documents this person writes, once scoring is over; raises NotFound for everybody else."""
    panel = panel_of(challenge)
    entries = [entry.solution for entry in entries_of(challenge)]
    if panel is None or challenge.stage not in WRITTEN or not can_write_documents(person, panel, entries):
        raise NotFound(challenge.slug)
    return panel


def documents_of(panel: Panel) -> Sequence[Document]:
    """All editions, the newest first."""
    return db.session.scalars(
        select(Document)
        .where(Document.panel_id == panel.id)
        .options(joinedload(Document.made_by))
        .order_by(Document.id.desc())
    ).all()


def get_document(panel: Panel, reference: str) -> Document:
    """One edition; raises NotFound."""
    found = db.session.scalar(select(Document).where(Document.panel_id == panel.id, Document.reference == reference))
    if found is None:
        raise NotFound(reference)
    return found


def last_edition(panel: Panel, kind: DocumentKind) -> Document | None:
    """The newest of its kind."""
    found = select(Document).where(Document.panel_id == panel.id, Document.kind == kind)
    return db.session.scalar(found.order_by(Document.edition.desc()).limit(1))


def document_to_verify(reference: str) -> Document:
    """An edition that everybody may check: of published results only; raises NotFound."""
    found = db.session.scalar(
        select(Document).where(Document.reference == reference).options(joinedload(Document.panel))
    )
    if found is None or found.panel.challenge.stage not in _PUBLIC:
        raise NotFound(reference)
    return found


def newest_edition(document: Document) -> int:
    """The number of the newest edition of the same document."""
    same = (Document.panel_id == document.panel_id, Document.kind == document.kind)
    return db.session.scalar(select(func.max(Document.edition)).where(*same)) or document.edition
