"""Deeds on links between accounts and the identity provider. Nobody gets into an account by an address alone."""

from marketplace import clock
from marketplace.accounts.events import PersonConfirmed, PersonSignedUp
from marketplace.accounts.models import Person
from marketplace.accounts.openid.events import IdentityLinked, IdentityUnlinked
from marketplace.accounts.openid.models import LinkedIdentity
from marketplace.accounts.openid.policy import can_link
from marketplace.accounts.openid.provider import Shown, label
from marketplace.accounts.openid.queries import identity_of, person_linked
from marketplace.accounts.queries import person_by_email
from marketplace.authority import require
from marketplace.db import db, hold, token
from marketplace.errors import Conflict, Refused, WrongStage
from marketplace.events import announce


def link_identity(person: Person, shown: Shown, *, actor: Person) -> None:
    """Let the provider's word sign this person in.

    Raises Refused unless the provider vouches for exactly their address, Conflict if either side is linked already.
    """
    require(can_link, actor, person)
    hold(person)
    if not shown.email_is_verified or shown.email != person.email:
        raise Refused("the provider does not vouch for this address")
    if person_linked(shown.issuer, shown.subject) is not None or identity_of(person) is not None:
        raise Conflict("linked already")
    _link(person, shown)


def add_person_of_provider(shown: Shown, *, full_name: str, language: str) -> Person:
    """A confirmed account for an address that nobody has, without a password, linked at once.

    `language` is that in which the terms were accepted. Raises Refused without a verified address, Conflict if there is
    an account with it.
    """
    if not shown.email or not shown.email_is_verified:
        raise Refused("the provider does not vouch for the address")
    if person_by_email(shown.email) is not None or person_linked(shown.issuer, shown.subject) is not None:
        raise Conflict(shown.email)
    person = Person(email=shown.email, full_name=full_name, fs_uniquifier=token(), language=language)
    person.created_at = person.confirmed_at = clock.now()
    db.session.add(person)
    db.session.flush()
    announce(PersonSignedUp(actor=person, subject=person, unsaid={"accepted_in": language}))
    announce(PersonConfirmed(actor=person, subject=person))
    _link(person, shown)
    return person


def unlink_identity(person: Person, *, actor: Person) -> None:
    """Let the provider's word sign this person in no more; raises WrongStage if it does not."""
    require(can_link, actor, person)
    hold(person)
    identity = identity_of(person)
    if identity is None:
        raise WrongStage("not linked")
    db.session.delete(identity)
    announce(IdentityUnlinked(actor=actor, subject=person, facts={"provider": label()}))


def _link(person: Person, shown: Shown) -> None:
    linked = {"issuer": shown.issuer, "subject": shown.subject, "linked_at": clock.now()}
    db.session.add(LinkedIdentity(person_id=person.id, **linked))
    db.session.flush()
    announce(IdentityLinked(actor=person, subject=person, facts={"provider": label()}))
