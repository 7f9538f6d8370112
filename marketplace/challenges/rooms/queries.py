"""Questions about data rooms; whoever sees a challenge sees that it has one."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.accounts.models import Person
from marketplace.audit.models import JournalEntry
from marketplace.audit.queries import entries_about
from marketplace.challenges.models import Challenge
from marketplace.challenges.rooms.events import RoomFileOpened
from marketplace.challenges.rooms.models import RoomAcceptance, RoomFile, RoomText
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.files import StoredFile


def room_text(challenge: Challenge) -> RoomText | None:
    """The undertaking as it stands: its last version."""
    return db.session.scalar(
        select(RoomText).where(RoomText.challenge_id == challenge.id).order_by(RoomText.number.desc()).limit(1)
    )


def room_files(challenge: Challenge) -> Sequence[RoomFile]:
    """The files that stand, in the order in which they were added."""
    return db.session.scalars(
        select(RoomFile)
        .where(RoomFile.challenge_id == challenge.id, RoomFile.removed_at.is_(None))
        .order_by(RoomFile.id)
    ).all()


def get_room_file(challenge: Challenge, reference: str) -> RoomFile:
    """A file that stands, by its public reference; raises NotFound."""
    found = db.session.scalar(
        select(RoomFile)
        .join(StoredFile, StoredFile.id == RoomFile.file_id)
        .where(RoomFile.challenge_id == challenge.id, RoomFile.removed_at.is_(None), StoredFile.reference == reference)
    )
    if found is None:
        raise NotFound(reference)
    return found


def acceptance_of(text: RoomText | None, person: Person | None) -> RoomAcceptance | None:
    """Somebody's word for this version."""
    if text is None or person is None:
        return None
    return db.session.scalar(
        select(RoomAcceptance).where(RoomAcceptance.text_id == text.id, RoomAcceptance.person_id == person.id)
    )


def acceptances(challenge: Challenge) -> Sequence[RoomAcceptance]:
    """Who accepted which version, newest first; for the ledger."""
    return db.session.scalars(
        select(RoomAcceptance)
        .join(RoomAcceptance.text)
        .where(RoomText.challenge_id == challenge.id)
        .options(
            joinedload(RoomAcceptance.text),
            joinedload(RoomAcceptance.person),
            joinedload(RoomAcceptance.organisation),
        )
        .order_by(RoomAcceptance.id.desc())
    ).all()


def openings(challenge: Challenge) -> Sequence[JournalEntry]:
    """Every opening of a confidential file, newest first."""
    return entries_about(challenge.reference, RoomFileOpened.__name__)[::-1]
