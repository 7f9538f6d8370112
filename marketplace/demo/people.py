"""Demo people and their organisations, by the deeds that real ones go through."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.models import Person, PlatformRole
from marketplace.accounts.services import add_person, change_profile, grant_from_outside
from marketplace.db import db
from marketplace.demo.content import content
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import organisation_named
from marketplace.organisations.services import add_track_record, register_organisation, start_membership
from marketplace.organisations.stages import EvidenceKind, Helix, Kind, Role


def make_people(at: datetime) -> dict[str, Person]:
    """Everybody of the demo, by key; nobody knows their passwords, one enters through the persona page."""
    with clock.at(at):
        return {told["key"]: _person(told) for told in content("people")}


def _person(told: dict[str, Any]) -> Person:
    person = add_person(
        told["email"],
        full_name=told["full_name"],
        password=secrets.token_urlsafe(24),
        language=told["language"],
        is_demo=True,
    )
    for role in told["platform_roles"]:
        grant_from_outside(person, PlatformRole(role))
    if told["judge"]:
        language = told["language"]
        change_profile(
            person,
            actor=person,
            affiliation=told[f"affiliation_{language}"],
            expertise="\n".join(told["expertise_vi"] + told["expertise_en"]),
        )
    return person


def make_organisations(people: dict[str, Person], at: datetime) -> dict[str, Organisation]:
    """The fictional organisations by key and the city's bodies by name, with their members."""
    found: dict[str, Organisation] = {}
    with clock.at(at):
        owners = _owners(people)
        for told in content("organisations"):
            found[told["key"]] = _organisation(told, owner=owners[told["key"]])
        for told in content("people"):
            for membership in told["memberships"]:
                _join(people[told["key"]], membership, found)
    return found


def _owners(people: dict[str, Person]) -> dict[str, Person]:
    return {
        membership["organisation"]: people[told["key"]]
        for told in content("people")
        for membership in told["memberships"]
        if membership["role"] == "owner"
    }


def _organisation(told: dict[str, Any], *, owner: Person) -> Organisation:
    organisation = register_organisation(
        Kind(told["kind"]),
        helix=Helix(told["helix"]),
        actor=owner,
        name_vi=told["name_vi"],
        name_en=told["name_en"],
        summary_vi=told["summary_vi"],
        summary_en=told["summary_en"],
        capabilities=told["capabilities"],
        place_code=told["places"],
        trl_from=told["trl_from"],
        trl_to=told["trl_to"],
        is_demo=True,
    )
    for item in told["track_record"]:
        add_track_record(organisation, actor=owner, **{**item, "kind": EvidenceKind(item["kind"])})
    return organisation


def _join(person: Person, membership: dict[str, Any], found: dict[str, Organisation]) -> None:
    name, role = membership["organisation"], Role(membership["role"])
    if name not in found:
        body = organisation_named(name)
        if body is None:
            raise LookupError(name)
        found[name] = body
    if role != Role.OWNER:
        start_membership(found[name], person, role=role, giver=None)
    db.session.flush()


def people_of(*keys: str) -> dict[str, Person]:
    """These people of the demo, by key, once they are made."""
    emails = {told["email"]: told["key"] for told in content("people") if told["key"] in keys}
    found = db.session.scalars(select(Person).where(Person.email.in_(emails)).order_by(Person.id))
    return {emails[person.email]: person for person in found}
