"""Which parts of a profile are whose: what one audience sees, and how what is not for everyone is kept back. Pure.

The columns of an organisation hold what everybody may read; a part for fewer readers lies in `kept_back`.
"""

from collections.abc import Mapping
from typing import Any

from marketplace.organisations.models import Organisation, TrackRecord
from marketplace.organisations.stages import WIDENS, Audience

# Parts of a profile with their columns. Name, kind, place and tax code stand in public registers, so here too.
PARTS: Mapping[str, tuple[str, ...]] = {
    "summary": ("summary_vi", "summary_en"),
    "capabilities": ("capabilities",),
    "fields": ("fields",),
    "concepts": ("concepts",),
    "trl": ("trl_from", "trl_to"),
    "languages": ("languages",),
    "website": ("website",),
    "owner_group": ("owner_group",),
    "contact": ("contact",),
}
# Who reads a part that nobody said anything of.
FIRST: Mapping[str, Audience] = {"contact": Audience.PARTNER}
_LISTS = frozenset({"capabilities", "fields", "concepts", "languages"})
_PART_OF = {column: part for part, columns in PARTS.items() for column in columns}


def reads(reader: Audience, audience: Audience) -> bool:
    """Whether such a reader reads what is meant for this audience."""
    return WIDENS[audience] <= WIDENS[reader]


class Face:
    """A profile as one audience sees it; what it must not see is empty, all else is the organisation's own."""

    def __init__(self, organisation: Organisation, audience: Audience):
        self.organisation, self.audience = organisation, audience
        self._opened = {
            name: value
            for kept in (organisation.kept_back or {}).values()
            if reads(audience, Audience(kept["for"]))
            for name, value in kept["values"].items()
        }

    def __getattr__(self, name: str) -> Any:
        opened = self.__dict__["_opened"]
        return opened[name] if name in opened else getattr(self.__dict__["organisation"], name)

    @property
    def track_record(self) -> list[TrackRecord]:
        """The lines that this audience reads; one that the operator hid only its own people."""
        own = self.audience == Audience.OWN
        seen = (line for line in self.organisation.lines if own or line.hidden_at is None)
        return [line for line in seen if reads(self.audience, line.audience)]


def audience_for(organisation: Organisation, part: str) -> Audience:
    """Who reads this part: everyone, unless it is kept back or was never written."""
    kept = (organisation.kept_back or {}).get(part)
    if kept is not None:
        return Audience(kept["for"])
    is_written = any(getattr(organisation, name) for name in PARTS[part])
    return Audience.PUBLIC if is_written else FIRST.get(part, Audience.PUBLIC)


def write(organisation: Organisation, profile: Mapping[str, Any]) -> None:
    """Put these values where they belong: into the columns, or beside them where their part is not for everyone."""
    face = Face(organisation, Audience.OWN)
    whose = {
        part: audience_for(organisation, part) for part in {_PART_OF[name] for name in profile if name in _PART_OF}
    }
    for name, value in profile.items():
        if name not in _PART_OF:
            setattr(organisation, name, value)
    for part, audience in whose.items():
        _place(organisation, part, audience, {name: profile.get(name, getattr(face, name)) for name in PARTS[part]})


def show_to(organisation: Organisation, part: str, audience: Audience) -> None:
    """Let this audience, and those that read more, read the part from now on; nobody else."""
    face = Face(organisation, Audience.OWN)
    _place(organisation, part, audience, {name: getattr(face, name) for name in PARTS[part]})


def _place(organisation: Organisation, part: str, audience: Audience, values: dict[str, Any]) -> None:
    kept_back = dict(organisation.kept_back or {})
    kept_back.pop(part, None)
    is_public = audience == Audience.PUBLIC
    if not is_public and (any(values.values()) or audience != FIRST.get(part)):
        kept_back[part] = {"for": audience.value, "values": values}
    for name, value in values.items():
        setattr(organisation, name, value if is_public else ([] if name in _LISTS else None))
    if kept_back != (organisation.kept_back or {}):
        organisation.kept_back = kept_back
