"""Taking no requests from an organisation, and taking them again."""

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.events import announce
from marketplace.matching.introductions.events import RequestsBlocked, RequestsUnblocked
from marketplace.matching.introductions.models import Block
from marketplace.matching.introductions.policy import can_block
from marketplace.matching.introductions.queries import block_between
from marketplace.organisations.models import Organisation


def block_requests(organisation: Organisation, blocked: Organisation, *, actor: Person) -> None:
    """Take no requests from `blocked`; a second time changes nothing. Raises Refused below member."""
    require(can_block, actor, organisation)
    hold(organisation)
    if block_between(organisation, blocked) is None:
        block = Block(organisation_id=organisation.id, blocked=blocked, person_id=actor.id, since=clock.now())
        db.session.add(block)
        db.session.flush()
        announce(RequestsBlocked(actor=actor, subject=organisation, facts={"blocked": blocked.reference}))


def unblock_requests(organisation: Organisation, blocked: Organisation, *, actor: Person) -> None:
    """Take them again; a second time changes nothing. Raises Refused below member."""
    require(can_block, actor, organisation)
    hold(organisation)
    found = block_between(organisation, blocked)
    if found is not None:
        db.session.delete(found)
        db.session.flush()
        announce(RequestsUnblocked(actor=actor, subject=organisation, facts={"blocked": blocked.reference}))
