"""What would become of each row if the table came in now: its columns, or why it is refused. Reads, changes nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import select

from marketplace.db import db
from marketplace.files.tables import TableRow
from marketplace.organisations.experts.models import Expert
from marketplace.organisations.importing.columns import Read, RefusedRow, read_expert, read_organisation
from marketplace.organisations.importing.stages import Outcome
from marketplace.organisations.importing.words import folded, known_words
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import places
from marketplace.organisations.stages import Claim


class Known(NamedTuple):
    """An organisation that is here already."""

    id: int
    name: str
    tax_code: str | None
    is_claimed: bool


@dataclass(frozen=True)
class Verdict:
    """What becomes of a row."""

    number: int
    outcome: Outcome
    title: str = ""
    reason: str | None = None
    detail: str | None = None
    content: dict[str, Any] = field(default_factory=dict)
    target_id: int | None = None


def verdicts_on_organisations(rows: Sequence[TableRow]) -> Iterator[Verdict]:
    """One for each row, in their order. A second row for an organisation adds a line to its track record."""
    words, wards, register = known_words(), _wards(), _Register()
    first_rows: dict[str, tuple[int, bool]] = {}
    for number, cells in rows:
        keys = [key for key in (cells.get("tax_code", ""), cells.get("name_vi", ""), cells.get("name_en", "")) if key]
        try:
            read = read_organisation(cells, words=words, places=wards)
            verdict = _organisation(number, read, register=register, first_rows=first_rows)
        except RefusedRow as refusal:
            verdict = Verdict(
                number, Outcome.REFUSED, " ".join(keys[1:2] or keys)[:120], refusal.reason, refusal.detail
            )
        yield verdict


def verdicts_on_experts(rows: Sequence[TableRow]) -> Iterator[Verdict]:
    """One for each row. A second row for an expert (by address, else by name) adds lines to the page."""
    words, here = known_words(), _experts_here()
    first_rows: dict[str, int] = {}
    for number, cells in rows:
        try:
            read = read_expert(cells, words=words)
            key = read.columns["email"] or folded(read.title)
            if key in here:
                raise RefusedRow("known", here[key])
            yield _expert(number, read, first=first_rows.get(key))
            first_rows.setdefault(key, number)
        except RefusedRow as refusal:
            title = cells.get("full_name", "")[:120]
            yield Verdict(number, Outcome.REFUSED, title, refusal.reason, refusal.detail)


def _expert(number: int, read: Read, *, first: int | None) -> Verdict:
    lines = {"line": read.line, "affiliation": read.affiliation, "supervision": read.supervision}
    content = {"columns": read.columns, **lines}
    if first is None:
        return Verdict(number, Outcome.NEW, read.title, content=content)
    if not any(lines.values()):
        raise RefusedRow("twice", str(first))
    return Verdict(number, Outcome.LINE, read.title, content=content | {"of": first})


def _organisation(
    number: int, read: Read, *, register: "_Register", first_rows: dict[str, tuple[int, bool]]
) -> Verdict:
    code = read.columns["tax_code"]
    key = code or folded(read.title)
    content = {"columns": read.columns, "line": read.line}
    if key in first_rows:
        first, came_in = first_rows[key]
        if read.line is None:
            raise RefusedRow("twice", str(first))
        if not came_in:
            raise RefusedRow("of_refused", str(first))
        return Verdict(number, Outcome.LINE, read.title, content=content | {"of": first})
    known = register.find(code, read)
    if known is not None:
        if read.line is None:
            raise RefusedRow("known", known.name)
        if known.is_claimed:
            raise RefusedRow("claimed", known.name)
        return Verdict(number, Outcome.LINE, read.title, content=content, target_id=known.id)
    if read.columns["kind"] is None:
        first_rows[key] = (number, False)
        raise RefusedRow("kind")
    first_rows[key] = (number, True)
    return Verdict(number, Outcome.NEW, read.title, content=content)


class _Register:
    """All organisations that are here, by tax code and by name."""

    def __init__(self) -> None:
        self.by_code: dict[str, Known] = {}
        self.by_name: dict[str, Known] = {}
        columns = (Organisation.id, Organisation.name_vi, Organisation.name_en, Organisation.tax_code)
        found = select(*columns, Organisation.claim).where(Organisation.is_listed).order_by(Organisation.id)
        for key, name_vi, name_en, code, claim in db.session.execute(found):
            known = Known(key, name_vi or name_en or "", code, claim == Claim.CLAIMED)
            if code:
                self.by_code[code] = known
            for name in filter(None, (name_vi, name_en)):
                self.by_name.setdefault(folded(name), known)

    def find(self, code: str | None, read: Read) -> Known | None:
        """The same organisation. Raises RefusedRow where it may be the same and only a person can tell."""
        if code in self.by_code:
            return self.by_code[code]
        names = [folded(name) for name in (read.columns["name_vi"], read.columns["name_en"]) if name]
        alike = next((self.by_name[name] for name in names if name in self.by_name), None)
        if alike is None or (code and alike.tax_code):
            return None
        if code:
            raise RefusedRow("alike", alike.name)
        return alike


def _wards() -> dict[str, str]:
    """The code of each commune and ward by its names, with and without the word for what it is."""
    found: dict[str, str] = {}
    for place in places():
        bare = place.name_vi.removeprefix("Phường ").removeprefix("Xã ")
        found |= {folded(name): place.code for name in (bare, place.name_vi, place.name_en, place.code)}
    return found


def _experts_here() -> dict[str, str]:
    rows = db.session.execute(select(Expert.email, Expert.full_name).order_by(Expert.id)).all()
    return {key: name for email, name in rows for key in (email, folded(name)) if key}


JUDGED: dict[str, Callable[[Sequence[TableRow]], Iterator[Verdict]]] = {
    "organisations": verdicts_on_organisations,
    "experts": verdicts_on_experts,
}
