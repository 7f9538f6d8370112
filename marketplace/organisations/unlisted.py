"""Entrants that nobody finds: people and groups in their own name, bodies that came with paper."""

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.db import db, hold
from marketplace.events import announce
from marketplace.organisations.events import OrganisationRegistered
from marketplace.organisations.models import Organisation
from marketplace.organisations.naming import free_slug, index_names, thing_of
from marketplace.organisations.queries import organisation_by_tax_code, own_name_of
from marketplace.organisations.services import give_role
from marketplace.organisations.stages import PERSONAL_KINDS, Helix, Kind, Role
from marketplace.search import services as search
from marketplace.text import random_reference


def add_unlisted(kind: Kind, *, name: str, owner: Person | None = None, helix: Helix = Helix.SUPPORT) -> Organisation:
    """An entrant that nobody finds: a person or a group in their own name, or a body that came with paper.

    Its address tells nothing and no event is announced; the deed that needs it tells the journal under its own seal.
    People belong to no house; they are put to those who support, where no page shows it.
    """
    entrant = Organisation(kind=kind, helix=helix, name_vi=name, is_listed=False, created_at=clock.now())
    entrant.slug = random_reference("x", 16).lower()
    index_names(entrant)
    db.session.add(entrant)
    if owner is not None:
        entrant.person_id = owner.id if kind == Kind.INDIVIDUAL else None
        give_role(entrant, owner, role=Role.OWNER, giver=owner)
    db.session.flush()
    return entrant


def publish_unlisted(organisation: Organisation, *, actor: Person, tax_code: str | None = None) -> None:
    """Let everybody find an organisation for which `actor` speaks from now on; people and groups stay unlisted.

    A person keeps it as their own name unless they have one. Called by deeds that already asked whether it may be.
    """
    if organisation.kind == Kind.INDIVIDUAL and own_name_of(actor) is None:
        organisation.person_id = actor.id
    if organisation.kind in PERSONAL_KINDS:
        return
    if tax_code and organisation_by_tax_code(tax_code) is None:
        organisation.tax_code = tax_code
    organisation.slug = free_slug(organisation.name_vi or organisation.name_en or "")
    organisation.is_listed, organisation.created_at = True, clock.now()
    db.session.flush()
    search.put(thing_of(organisation))
    announce(OrganisationRegistered(actor=actor, subject=organisation))


def own_entrant(person: Person) -> Organisation:
    """The person in their own name, made the first time they answer so."""
    hold(person)
    return own_name_of(person) or add_unlisted(Kind.INDIVIDUAL, name=person.full_name, owner=person)
