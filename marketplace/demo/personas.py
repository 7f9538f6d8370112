"""The people one may enter as, in groups: those worth entering as first, with what they do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from marketplace.accounts.models import Person
from marketplace.demo.content import content, persona_words

GROUPS = ("state", "platform", "business", "academia", "support", "judges", "public")


@dataclass(frozen=True)
class Persona:
    """A demo person with the words of data/people.json, bilingual fields as `role_vi` and `role_en`."""

    person: Person
    role_vi: str = ""
    role_en: str = ""
    reason_vi: str = ""
    reason_en: str = ""


@dataclass(frozen=True)
class Cast:
    """Featured personas by group, in the order of GROUPS, and everybody else."""

    featured: dict[str, list[Persona]] = field(default_factory=dict)
    others: list[Persona] = field(default_factory=list)


def cast_of(people: Sequence[Person]) -> Cast:
    """The demo people as the page shows them."""
    cast = Cast({group: [] for group in GROUPS})
    for person in people:
        told = persona_words().get(person.email, {})
        persona = _persona(person, told)
        (cast.featured[_group(told)] if told.get("featured") else cast.others).append(persona)
    return cast


def _persona(person: Person, told: dict[str, Any]) -> Persona:
    return Persona(
        person,
        role_vi=told.get("role_vi") or "",
        role_en=told.get("role_en") or "",
        reason_vi=told.get("featured_reason_vi") or "",
        reason_en=told.get("featured_reason_en") or "",
    )


def _group(told: dict[str, Any]) -> str:
    if told["platform_roles"]:
        return "platform"
    if told["judge"]:
        return "judges"
    if not told["memberships"]:
        return "public"
    sides = {organisation["key"]: organisation["helix"] for organisation in content("organisations")}
    return sides.get(told["memberships"][0]["organisation"], "state")
