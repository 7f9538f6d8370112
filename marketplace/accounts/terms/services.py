"""Agreeing, and taking it back."""

from collections.abc import Iterable

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.accounts.terms.events import ConsentGiven, ConsentWithdrawn
from marketplace.accounts.terms.models import Consent
from marketplace.accounts.terms.policy import can_consent
from marketplace.accounts.terms.queries import consents_of
from marketplace.accounts.terms.stages import DOCUMENT, FREE, Purpose
from marketplace.accounts.terms.texts import current, hash_of
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.events import announce


def agree(person: Person, purposes: Iterable[Purpose], *, actor: Person, language: str) -> None:
    """Agree to these purposes in their current words, as read in `language`; what was agreed to already stays."""
    require(can_consent, actor, person)
    hold(person)
    given = consents_of(person)
    new = [purpose for purpose in purposes if purpose not in given]
    for purpose in new:
        version = current(DOCUMENT[purpose])
        said = {"version": version, "text_hash": hash_of(DOCUMENT[purpose], version), "language": language}
        db.session.add(Consent(person_id=person.id, purpose=purpose, given_at=clock.now(), **said))
    if new:
        announce(ConsentGiven(actor=actor, subject=person, facts={"purposes": [each.value for each in new]}))


def choose(person: Person, purposes: set[Purpose], *, actor: Person, language: str) -> None:
    """Agree to exactly these of the free purposes: the others are taken back."""
    agree(person, sorted(purposes & set(FREE)), actor=actor, language=language)
    given = consents_of(person)
    ended = [given[purpose] for purpose in FREE if purpose in given and purpose not in purposes]
    for consent in ended:
        consent.withdrawn_at = clock.now()
    if ended:
        facts = {"purposes": [each.purpose.value for each in ended]}
        announce(ConsentWithdrawn(actor=actor, subject=person, facts=facts))
