"""Which texts may be reported, and which are hidden. Each package says what texts of its own are public."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import selectinload

from marketplace.accounts.models import Person
from marketplace.accounts.moderating.models import ReportedText
from marketplace.accounts.moderating.stages import TextStage
from marketplace.db import db
from marketplace.errors import NotFound


@dataclass(frozen=True)
class PublicText:
    """A text that everybody may read: its words, the path where it stands, and who may object to its hiding.

    Where `authors_are_secret`, nobody learns from a letter who they are.
    """

    title: str
    words: str
    address: str
    authors: Sequence[Person]
    authors_are_secret: bool = False


Finder = Callable[[str], PublicText | None]
_finders: dict[str, Finder] = {}


def public_texts(kind: str) -> Callable[[Finder], Finder]:
    """Register what finds a public text of this kind by its reference; None where there is none."""

    def register(finder: Finder) -> Finder:
        _finders[kind] = finder
        return finder

    return register


def public_text(kind: str, reference: str) -> PublicText:
    """The text that everybody may read, or could until it was hidden; raises NotFound."""
    found = _finders[kind](reference) if kind in _finders else None
    if found is None:
        raise NotFound(f"{kind} {reference}")
    return found


def about(text: ReportedText) -> PublicText | None:
    """The text itself, if it still exists."""
    return _finders[text.kind](text.object_reference)


def hidden(kind: str) -> Select[str]:
    """References of the texts of this kind that the operator took from sight."""
    return select(ReportedText.object_reference).where(
        ReportedText.kind == kind, ReportedText.stage == TextStage.HIDDEN
    )


def is_hidden(kind: str, reference: str) -> bool:
    """Whether the operator took this text from sight."""
    return db.session.scalar(hidden(kind).where(ReportedText.object_reference == reference)) is not None


def reported(kind: str, reference: str) -> ReportedText | None:
    """What is known of the reports about this text."""
    found = select(ReportedText).where(ReportedText.kind == kind, ReportedText.object_reference == reference)
    return db.session.scalar(found)


def reported_texts(state: str = "") -> Select[ReportedText]:
    """Texts that wait for the operator, the longest waiting first; or those hidden, or left."""
    found = select(ReportedText).options(selectinload(ReportedText.reports))
    if state in {TextStage.HIDDEN, TextStage.LEFT}:
        return found.where(ReportedText.stage == state).order_by(ReportedText.decided_at.desc(), ReportedText.id)
    objected = ReportedText.objection.is_not(None) & ReportedText.objection_answer.is_(None)
    waits = or_(ReportedText.stage == TextStage.REPORTED, objected & (ReportedText.stage == TextStage.HIDDEN))
    return found.where(waits).order_by(ReportedText.reported_at, ReportedText.id)


def get_reported_text(reference: str) -> ReportedText:
    """The reported text with this reference; raises NotFound."""
    found = db.session.scalar(select(ReportedText).where(ReportedText.reference == reference))
    if found is None:
        raise NotFound(reference)
    return found
