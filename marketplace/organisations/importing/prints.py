"""What an import made, as a fingerprint: equal as long as nobody changed it."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from marketplace.organisations.experts.models import Expert
from marketplace.organisations.models import Organisation, TrackRecord
from marketplace.text import canonical_json

_ORGANISATION = (
    *("kind", "claim", "name_vi", "name_en", "summary_vi", "summary_en", "capabilities", "website", "tax_code"),
    *("place_code", "trl_from", "trl_to", "fields", "concepts", "languages", "owner_group", "contact", "kept_back"),
    *("confirmed_at", "verified_at", "suspended_at", "is_listed"),
)
_LINE = (
    *("kind", "title_vi", "title_en", "description_vi", "description_en", "partner_vi", "partner_en"),
    *("year", "month", "source", "audience"),
)
_EXPERT = ("person_id", "full_name", "email", "summary_vi", "summary_en", "fields", "concepts", "languages", "readers")
_PARTS = ("title", "kind", "year", "month", "source", "name", "position", "from_year", "to_year", "email")


def print_of(thing: Organisation | TrackRecord | Expert) -> str:
    """SHA-256 of what it says now."""
    if isinstance(thing, Organisation):
        return _hash({name: getattr(thing, name) for name in _ORGANISATION})
    if isinstance(thing, TrackRecord):
        return _hash({name: getattr(thing, name) for name in _LINE})
    parts = [[getattr(each, name, None) for name in _PARTS] for each in _lines(thing)]
    return _hash({name: getattr(thing, name) for name in _EXPERT} | {"parts": parts})


def _lines(expert: Expert) -> Iterable[object]:
    return (*expert.evidence, *expert.affiliations, *expert.supervisions)


def _hash(told: dict[str, Any]) -> str:
    plain = {name: value if isinstance(value, list | dict | int) else str(value or "") for name, value in told.items()}
    return sha256(canonical_json(plain)).hexdigest()
