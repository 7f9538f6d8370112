"""Filling a data room, accepting its undertaking, opening what lies behind it."""

from collections.abc import Sequence
from hashlib import sha256

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.audit.services import record_access
from marketplace.authority import require
from marketplace.challenges.models import Challenge
from marketplace.challenges.rooms.events import (
    RoomFileAdded,
    RoomFileOpened,
    RoomFileRemoved,
    RoomTextAccepted,
    RoomTextWritten,
)
from marketplace.challenges.rooms.models import RoomAcceptance, RoomFile, RoomText
from marketplace.challenges.rooms.policy import can_enter_room, can_fill_room, may_be_filled
from marketplace.challenges.rooms.queries import acceptance_of, room_text
from marketplace.db import db, hold
from marketplace.errors import Conflict, Refused, Unhappened, WrongStage
from marketplace.events import announce
from marketplace.files import StoredFile, is_openable
from marketplace.organisations.models import Organisation
from marketplace.organisations.policy import has_role
from marketplace.organisations.stages import Role
from marketplace.text import canonical_json


class NoUndertaking(Unhappened):
    """Nothing is confidential before there are words that bind whoever reads it."""

    status = 422


class NotClean(Unhappened):
    """The file waits for the malware scan, or was refused by it."""

    status = 409


def write_room_text(challenge: Challenge, *, actor: Person, text_vi: str, text_en: str | None) -> None:
    """Give the undertaking these words; other words are a new version, which everybody accepts anew.

    Raises Refused, WrongStage once it may not be answered any more.
    """
    _hold_filled(challenge, actor)
    last = room_text(challenge)
    digest = sha256(canonical_json({"vi": text_vi, "en": text_en})).hexdigest()
    if last is not None and last.sha256 == digest:
        return
    number = last.number + 1 if last is not None else 1
    text = RoomText(challenge=challenge, number=number, text_vi=text_vi, text_en=text_en, sha256=digest)
    text.written_by, text.written_at = actor, clock.now()
    db.session.add(text)
    db.session.flush()
    announce(RoomTextWritten(actor=actor, subject=challenge, facts={"number": number, "sha256": digest}))


def add_room_files(challenge: Challenge, *, actor: Person, files: Sequence[StoredFile], is_confidential: bool) -> None:
    """Attach stored uploads. Raises Refused, WrongStage, NoUndertaking for confidential ones without its words."""
    _hold_filled(challenge, actor)
    if is_confidential and room_text(challenge) is None:
        raise NoUndertaking(challenge.reference)
    for file in files:
        row = RoomFile(challenge=challenge, file=file, is_confidential=is_confidential)
        row.added_by_id, row.added_at = actor.id, clock.now()
        db.session.add(row)
        db.session.flush()
        facts = {"file": file.reference, "sha256": file.sha256, "confidential": is_confidential}
        announce(RoomFileAdded(actor=actor, subject=challenge, facts=facts))


def remove_room_file(row: RoomFile, *, actor: Person) -> None:
    """Take a file off; the ledger keeps who opened it. Raises Refused, WrongStage, Conflict a second time."""
    _hold_filled(row.challenge, actor)
    hold(row)
    if row.removed_at is not None:
        raise Conflict("removed before")
    row.removed_at = clock.now()
    facts = {"file": row.file.reference, "sha256": row.file.sha256}
    announce(RoomFileRemoved(actor=actor, subject=row.challenge, facts=facts))


def accept_room_text(challenge: Challenge, *, actor: Person, organisation: Organisation | None, digest: str) -> None:
    """Accept the undertaking whose words have this SHA-256; pressed again it changes nothing.

    Raises Refused unless a member of the organisation, WrongStage where there is no room, Conflict if the words were
    changed meanwhile.
    """
    require(can_enter_room, actor, challenge)
    if organisation is not None and not has_role(actor, organisation, Role.MEMBER):
        raise Refused("does not speak for this organisation")
    hold(challenge, shared=True)
    hold(actor)
    text = room_text(challenge)
    if text is None:
        raise WrongStage("it has no undertaking")
    if text.sha256 != digest:
        raise Conflict("the undertaking was changed since it was read")
    if acceptance_of(text, actor) is not None:
        return
    row = RoomAcceptance(text=text, person=actor, organisation=organisation, accepted_at=clock.now())
    db.session.add(row)
    db.session.flush()
    name = organisation.reference if organisation is not None else None
    facts = {"number": text.number, "sha256": text.sha256, "organisation": name}
    announce(RoomTextAccepted(actor=actor, subject=challenge, facts=facts))


def open_room_file(row: RoomFile, *, actor: Person | None) -> None:
    """Release the file: open ones to everybody who sees the challenge, others to whoever accepted the last version.

    Openings of confidential files go into the ledger before the first byte leaves. Raises Refused, NotClean.
    """
    challenge = row.challenge
    if row.is_confidential:
        facts = {"file": row.file.reference, "name": row.file.name, "sha256": row.file.sha256}
        facts |= _as_whom(challenge, actor)
    if not is_openable(row.file):
        raise NotClean(row.file.reference)
    if row.is_confidential:
        record_access(RoomFileOpened(actor=actor, subject=challenge, facts=facts))


def _as_whom(challenge: Challenge, actor: Person | None) -> dict[str, str]:
    """In whose name it is opened, for the ledger; raises Refused."""
    if can_fill_room(actor, challenge):
        return {"organisation": challenge.agency.reference, "name_of": str(challenge.agency)}
    require(can_enter_room, actor, challenge)
    accepted = acceptance_of(room_text(challenge), actor)
    if accepted is None:
        raise Refused("the undertaking as it stands was not accepted")
    if accepted.organisation is None:
        return {}
    return {"organisation": accepted.organisation.reference, "name_of": str(accepted.organisation)}


def _hold_filled(challenge: Challenge, actor: Person) -> None:
    require(can_fill_room, actor, challenge)
    hold(challenge)
    if not may_be_filled(challenge):
        raise WrongStage("it may not be answered any more")
