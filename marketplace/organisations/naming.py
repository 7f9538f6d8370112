"""How an organisation is named and found: its address, its place in lists, and what search knows of it."""

from collections.abc import Sequence

from sqlalchemy import select

from marketplace.db import db
from marketplace.organisations.models import Organisation
from marketplace.relevance.concepts import names_of
from marketplace.search.services import Thing
from marketplace.text import fold, random_reference, slugify, sort_key

# Addresses below /organisations/ that are no organisation's.
RESERVED_SLUGS = frozenset({"new", "en", "invitations"})


def free_slug(name: str) -> str:
    """A slug nobody has: the name's, with a random tail where it is taken or reserved."""
    return free_slugs([name])[0]


def free_slugs(names: Sequence[str]) -> list[str]:
    """One for each name, none of them alike."""
    wished = [slugify(name) or "to-chuc" for name in names]
    here = select(Organisation.slug).where(Organisation.slug.in_(set(wished)))
    taken = {*RESERVED_SLUGS, *db.session.scalars(here)}
    found = []
    for slug in wished:
        free = f"{slug[:80]}-{random_reference('x', 5)[2:].lower()}" if slug in taken else slug
        taken.add(free)
        found.append(free)
    return found


def thing_of(organisation: Organisation) -> Thing:
    """What search knows of an organisation: all of its public profile, old names of its ward included."""
    place = organisation.place
    capabilities = [text for line in organisation.capabilities or [] for text in line.values() if text]
    names = [place.name_vi, place.name_en, place.former_district, place.former_units] if place else []
    names += [name for code in organisation.concepts or [] for name in names_of(code)]
    known = [organisation.symbol, organisation.reference, organisation.tax_code]
    return Thing(
        kind="organisation",
        slug=organisation.slug,
        title_vi=organisation.name_vi,
        title_en=organisation.name_en,
        text_vi=_profile_text(organisation, "vi"),
        text_en=_profile_text(organisation, "en"),
        tags=tuple(text for text in (*known, *capabilities, *names) if text),
        house=organisation.helix.value,
    )


def _profile_text(organisation: Organisation, language: str) -> str:
    texts = [getattr(organisation, f"summary_{language}")]
    for line in organisation.track_record:
        texts += [getattr(line, f"{name}_{language}") for name in ("title", "description", "partner")]
    return "\n\n".join(text for text in texts if text)


def index_names(organisation: Organisation) -> None:
    """Write down how its names are found and in which order they stand."""
    names = (organisation.name_vi, organisation.name_en, organisation.symbol)
    organisation.folded_names = fold(" ".join(name for name in names if name))
    organisation.sort_name = sort_key(organisation.name_vi or organisation.name_en or "")
