"""Deeds on one's own page as an expert."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.errors import Conflict, NotFound
from marketplace.events import announce
from marketplace.organisations.experts.events import (
    AffiliationAdded,
    AffiliationWithdrawn,
    ExpertiseAdded,
    ExpertiseRemoved,
    ExpertWritten,
    SupervisionNoted,
    SupervisionWithdrawn,
)
from marketplace.organisations.experts.models import Affiliation, Expert, ExpertEvidence, Supervision
from marketplace.organisations.experts.policy import can_become_expert, can_write_expert
from marketplace.organisations.experts.queries import expert_of
from marketplace.organisations.experts.stages import PARTS, Readers
from marketplace.organisations.queries import organisation_named
from marketplace.text import fold, sort_key

MOST_LINES = 50


def write_expert(actor: Person, *, readers: Readers, part_readers: Mapping[str, Readers], **said: Any) -> Expert:
    """Write one's own page: fields, concepts, languages, summaries, and who reads which part of it.

    Whoever a list named before becomes that expert. Raises Refused without a confirmed address.
    """
    require(can_become_expert, actor, None)
    hold(actor)
    expert = expert_of(actor) or _named_before(actor) or Expert(created_at=clock.now())
    expert.person_id, expert.full_name, expert.email = actor.id, actor.full_name, None
    for name, value in said.items():
        setattr(expert, name, value)
    expert.readers = readers
    expert.part_readers = {part: each.value for part, each in part_readers.items() if part in PARTS}
    expert.confirmed_at = clock.now()
    index_expert(expert)
    db.session.add(expert)
    db.session.flush()
    announce(ExpertWritten(actor=actor, subject=expert))
    return expert


def add_expertise(expert: Expert, *, actor: Person, **evidence: Any) -> ExpertEvidence:
    """Add a line of evidence. Raises Refused, Conflict with more than MOST_LINES."""
    _hold_own(expert, actor)
    if len(expert.evidence) >= MOST_LINES:
        raise Conflict("too many lines")
    line = ExpertEvidence(expert=expert, **evidence)
    db.session.add(line)
    db.session.flush()
    announce(ExpertiseAdded(actor=actor, subject=expert))
    return line


def remove_expertise(line: ExpertEvidence, *, actor: Person) -> None:
    """Take a line of evidence off. Raises Refused, NotFound once it is gone."""
    expert = line.expert
    _hold_own(expert, actor)
    hold(line)
    db.session.delete(line)
    db.session.flush()
    db.session.expire(expert, ["evidence"])
    announce(ExpertiseRemoved(actor=actor, subject=expert))


def add_affiliation(expert: Expert, *, actor: Person, name: str, **said: Any) -> Affiliation:
    """Say where one works or worked; one of the organisations here is known by its name. Raises Refused, Conflict."""
    _hold_own(expert, actor)
    if len(expert.affiliations) >= MOST_LINES:
        raise Conflict("too many lines")
    line = Affiliation(expert=expert, name=name, organisation=organisation_named(name), **said)
    db.session.add(line)
    db.session.flush()
    announce(AffiliationAdded(actor=actor, subject=expert))
    return line


def withdraw_affiliation(line: Affiliation, *, actor: Person) -> None:
    """Take it off the page; conflicts of interest are looked for in it as long as before. Raises Refused, NotFound."""
    _withdraw(line, actor=actor, from_lines="affiliations")
    announce(AffiliationWithdrawn(actor=actor, subject=line.expert))


def note_supervision(actor: Person, *, email: str, **said: Any) -> Supervision:
    """Say whom one supervised, or by whom one was; whoever has no page gets one that nobody else reads.

    Raises Refused without a confirmed address, Conflict with more than MOST_LINES.
    """
    require(can_become_expert, actor, None)
    hold(actor)
    listed = _named_before(actor)
    readers = listed.readers if listed else Readers.OWN
    expert = expert_of(actor) or write_expert(actor, readers=readers, part_readers={})
    if len(expert.supervisions) >= MOST_LINES:
        raise Conflict("too many lines")
    line = Supervision(expert=expert, email=email.lower(), **said)
    db.session.add(line)
    db.session.flush()
    announce(SupervisionNoted(actor=actor, subject=expert))
    return line


def withdraw_supervision(line: Supervision, *, actor: Person) -> None:
    """Take it off the page; conflicts of interest are found by it as long as before. Raises Refused, NotFound."""
    _withdraw(line, actor=actor, from_lines="supervisions")
    announce(SupervisionWithdrawn(actor=actor, subject=line.expert))


def index_expert(expert: Expert) -> None:
    """Write down how the name is found and in which order it stands."""
    expert.folded_name, expert.sort_name = fold(expert.full_name), sort_key(expert.full_name)


def _named_before(person: Person) -> Expert | None:
    """The expert whom a list named by this address, which the account's owner has confirmed."""
    return db.session.scalar(select(Expert).where(Expert.email == person.email.lower(), Expert.person_id.is_(None)))


def _withdraw(line: Affiliation | Supervision, *, actor: Person, from_lines: str) -> None:
    """What the page shows no longer, and conflicts of interest are found by as long as before."""
    _hold_own(line.expert, actor)
    hold(line)
    if line.withdrawn_at is not None:
        raise NotFound(line.reference)
    line.withdrawn_at = clock.now()
    db.session.flush()
    db.session.expire(line.expert, [from_lines])


def _hold_own(expert: Expert, actor: Person) -> None:
    require(can_write_expert, actor, expert)
    hold(expert)
