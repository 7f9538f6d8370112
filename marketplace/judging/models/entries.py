"""An eligible solution as judges see it."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from marketplace.challenges.stages import Field
from marketplace.judging.blinding import blind_content, blind_name
from marketplace.organisations.models import Organisation
from marketplace.solutions.answers import Reader, files_seen_by, seen_by
from marketplace.solutions.models import Solution, SolutionVersion

_KIND_OF_COMPANY = re.compile(
    r"^(?:(?:tổng công ty|công ty|tập đoàn|cổ phần|tnhh|trách nhiệm hữu hạn|một thành viên|mtv|hợp tác xã)\s+)+", re.I
)


@dataclass(frozen=True)
class Entry:
    """What was received last, never the draft; in a blind round without what tells who entered."""

    solution: Solution
    version: SolutionVersion
    blind: bool = False

    @cached_property
    def content(self) -> dict[str, Any]:
        """The texts as this reader may see them: never answers that are for others."""
        content = seen_by(Reader.JUDGE, self.version, blind=self.blind)
        return blind_content(content, _names_of(self.solution, self.version)) if self.blind else content

    @property
    def public_content(self) -> dict[str, Any]:
        """What everyone may read of it once it has won."""
        return seen_by(Reader.PUBLIC, self.version)

    @cached_property
    def field(self) -> Field | None:
        """Of the fields of its contest the one it was sent for, in which it competes."""
        named = self.version.content.get("field")
        return Field(named) if named and named in self.solution.challenge.entry_fields else None

    @property
    def title_vi(self) -> str | None:
        return self.content.get("title_vi")

    @property
    def title_en(self) -> str | None:
        return self.content.get("title_en")

    @property
    def entrant(self) -> Organisation | None:
        """Who entered; None where this reader must not know."""
        return None if self.blind else self.solution.organisation

    @property
    def files(self) -> list[dict[str, Any]]:
        """What was attached and may be opened, in order, under names that may be read."""
        files = files_seen_by(Reader.JUDGE, self.version, blind=self.blind)
        if not self.blind:
            return files
        return [{**file, "name": blind_name(number, file["name"])} for number, file in enumerate(files, 1)]


def _names_of(solution: Solution, version: SolutionVersion) -> set[str]:
    """Everything that names the entrant: the organisations, their people, addresses and numbers."""
    organisation = solution.organisation
    people = [each.person for each in organisation.memberships] + [solution.author]
    own = {organisation.name_vi, organisation.name_en, organisation.symbol, organisation.website, organisation.tax_code}
    names = own | {person.full_name for person in people} | {person.email for person in people}
    names |= {partner.get(key) for partner in version.partners for key in ("name_vi", "name_en")}
    whole = {name for name in names if name}
    bodies = {organisation.name_vi, organisation.name_en} | {partner.get("name_vi") for partner in version.partners}
    return whole | {_without_kind(name) for name in bodies if name}


def _without_kind(name: str) -> str:
    """What people call a company: "Công ty Cổ phần Sông Xanh" is "Sông Xanh"."""
    return _KIND_OF_COMPANY.sub("", name)
