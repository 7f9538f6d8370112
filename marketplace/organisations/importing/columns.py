"""The columns of the two kinds of table, and a row read by them: columns to write, or why it is refused. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marketplace.organisations.importing.words import Words, folded
from marketplace.organisations.stages import KINDS_TO_CLAIM, KINDS_TO_REGISTER, Kind
from marketplace.organisations.tax_code import normalised_tax_code
from marketplace.organisations.web_address import normalised_web_address
from marketplace.text import clean_line, clean_text

_EVIDENCE = {
    "evidence_kind": ("evidence kind", "kind of evidence", "loai thanh tich", "loai ket qua"),
    "evidence_title": ("evidence", "evidence title", "title", "thanh tich", "ten thanh tich", "ket qua"),
    "evidence_date": ("evidence date", "when", "year", "nam", "thoi gian"),
    "evidence_source": ("evidence source", "source", "nguon"),
}
ORGANISATION_HEADINGS = {
    "name_vi": ("name vi", "name in vietnamese", "ten to chuc", "ten tieng viet", "ten", "name"),
    "name_en": ("name en", "name in english", "ten tieng anh"),
    "kind": ("kind", "kind of organisation", "loai hinh", "loai hinh to chuc", "loai to chuc"),
    "tax_code": ("tax code", "ma so thue", "mst", "ma so doanh nghiep"),
    "place": ("place", "ward", "commune or ward", "phuong xa", "xa phuong", "phuong, xa", "dia ban"),
    "website": ("website", "trang tin", "trang web", "dia chi website"),
    "summary_vi": ("summary vi", "summary", "gioi thieu", "tom tat", "linh vuc hoat dong"),
    "summary_en": ("summary en", "gioi thieu tieng anh", "tom tat tieng anh"),
    "capabilities": ("capabilities", "nang luc"),
    "fields": ("fields", "field", "linh vuc"),
    "languages": ("languages", "ngon ngu", "ngon ngu lam viec"),
    "trl": ("trl", "technology readiness", "muc san sang cong nghe"),
    "owner_group": ("group", "owner group", "tap doan", "cong ty me"),
    **_EVIDENCE,
    "evidence_partner": ("evidence partner", "partner", "doi tac", "khach hang"),
    "evidence_description": ("evidence description", "description", "mo ta"),
}
EXPERT_HEADINGS = {
    "full_name": ("full name", "name", "ho va ten", "ho ten", "ten"),
    "email": ("email", "e-mail", "thu dien tu", "dia chi thu dien tu"),
    "fields": ("fields", "field", "linh vuc"),
    "languages": ("languages", "ngon ngu"),
    "summary_vi": ("summary vi", "summary", "gioi thieu", "tom tat"),
    "summary_en": ("summary en", "gioi thieu tieng anh", "tom tat tieng anh"),
    "affiliation": ("affiliation", "organisation", "noi cong tac", "co quan", "don vi cong tac"),
    "position": ("position", "chuc vu"),
    "from_year": ("from", "from year", "tu nam"),
    "to_year": ("until", "to year", "den nam"),
    "supervisor": ("supervisor", "nguoi huong dan"),
    "supervisor_email": ("supervisor email", "supervisor e-mail", "thu dien tu nguoi huong dan"),
    "supervised_from": ("supervised from", "huong dan tu nam"),
    "supervised_until": ("supervised until", "huong dan den nam"),
    **_EVIDENCE,
}
_LONGEST = {"summary_vi": 2000, "summary_en": 2000, "evidence_description": 2000, "owner_group": 200, "position": 200}
_TEXTS = {"summary_vi", "summary_en", "evidence_description", "capabilities"}
_FORMULA = re.compile(r"[=@＝]|[+\-](?![0-9 (])")
_MARKUP = re.compile(r"<[A-Za-z!/?]")
_HOUSES = {**KINDS_TO_REGISTER, **KINDS_TO_CLAIM}


class RefusedRow(ValueError):
    """The row cannot come in: a key of words.REASONS, and what its sentence names."""

    def __init__(self, reason: str, detail: str = ""):
        super().__init__(reason)
        self.reason, self.detail = reason, clean_line(detail)[:120]


@dataclass(frozen=True)
class Read:
    """A row as columns to write: of an organisation or an expert, and of the lines on its page."""

    title: str
    columns: dict[str, Any]
    line: dict[str, Any] | None = None
    affiliation: dict[str, Any] | None = None
    supervision: dict[str, Any] | None = None


def read_organisation(cells: Mapping[str, str], *, words: Words, places: Mapping[str, str]) -> Read:
    """An organisation, with the line of its track record where the row has one. Raises RefusedRow."""
    told = _cleaned(cells)
    title = told.get("name_vi") or told.get("name_en") or ""
    if not title:
        raise RefusedRow("name")
    first, last = _levels(told.get("trl", ""))
    columns: dict[str, Any] = {
        name: told.get(name) or None for name in ("name_vi", "name_en", "summary_vi", "summary_en")
    }
    columns |= {
        "kind": words.kinds.get(folded(told.get("kind", ""))),
        "owner_group": told.get("owner_group") or None,
        "tax_code": _tax_code(told.get("tax_code", "")),
        "place_code": _one(places, told, "place"),
        "website": _website(told.get("website", "")),
        "capabilities": _capabilities(told.get("capabilities", "")),
        "fields": _several(words.fields, told, "fields", "field"),
        "languages": _several(words.languages, told, "languages", "language"),
        "trl_from": first,
        "trl_to": last,
    }
    return Read(title, columns, _line(told, words))


def house_of(kind: str) -> str:
    """The house that a kind of organisation belongs to."""
    return _HOUSES[Kind(kind)].value


def read_expert(cells: Mapping[str, str], *, words: Words) -> Read:
    """An expert, with evidence, an affiliation and a supervisor where the row has them. Raises RefusedRow."""
    told = _cleaned(cells)
    if not told.get("full_name") or len(told["full_name"]) > 200:
        raise RefusedRow("long" if told.get("full_name") else "name", "full_name")
    email = _address(told.get("email", ""))
    columns: dict[str, Any] = {name: told.get(name) or None for name in ("full_name", "summary_vi", "summary_en")}
    columns |= {
        "email": email or None,
        "fields": _several(words.fields, told, "fields", "field"),
        "languages": _several(words.languages, told, "languages", "language"),
    }
    return Read(told["full_name"], columns, _evidence(told, words), _affiliation(told), _supervision(told))


def _address(text: str) -> str:
    if text and not re.fullmatch(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+", text):
        raise RefusedRow("email", text)
    return text.lower()


def _cleaned(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells fit to store. Raises RefusedRow for what is no text of a register."""
    told = {name: (clean_text if name in _TEXTS else clean_line)(cell) for name, cell in cells.items()}
    for name, text in told.items():
        if _FORMULA.match(text):
            raise RefusedRow("formula", text)
        if _MARKUP.search(text):
            raise RefusedRow("markup", text)
        if len(text) > _LONGEST.get(name, 6000 if name == "capabilities" else 300):
            raise RefusedRow("long", name)
    return told


def _tax_code(text: str) -> str | None:
    if not text:
        return None
    if re.fullmatch(r"[0-9.,]+[eE]\+[0-9]+", text):
        raise RefusedRow("digits_lost", text)
    digits = re.sub(r"[\s.\-]", "", text)
    # a spreadsheet program takes the code for a number and drops the zeros before it
    padded = digits.zfill(10 if len(digits) <= 10 else 13) if digits.isascii() and digits.isdigit() else text
    try:
        return normalised_tax_code(padded if len(digits) >= 8 else text)
    except ValueError:
        raise RefusedRow("tax_code", text) from None


def _website(text: str) -> str | None:
    try:
        return normalised_web_address(text) if text else None
    except ValueError:
        raise RefusedRow("website", text) from None


def _one(known: Mapping[str, str], told: Mapping[str, str], name: str) -> str | None:
    text = told.get(name, "")
    if text and folded(text) not in known:
        raise RefusedRow(name, text)
    return known[folded(text)] if text else None


def _several(known: Mapping[str, str], told: Mapping[str, str], name: str, reason: str) -> list[str]:
    parts = [part.strip() for part in re.split(r"[;\n]", told.get(name, "")) if part.strip()]
    unknown = [part for part in parts if folded(part) not in known]
    if unknown:
        raise RefusedRow(reason, unknown[0])
    return list(dict.fromkeys(known[folded(part)] for part in parts))


def _capabilities(text: str) -> list[dict[str, str]]:
    """One thing a line or between semicolons, Vietnamese and English parted by a bar."""
    found = []
    for part in re.split(r"[;\n]", text)[:30]:
        first, _, second = (clean_line(each)[:200] for each in part.partition("|"))
        said = {key: each for key, each in (("vi", first), ("en", second)) if each}
        if said and said not in found:
            found.append(said)
    return found


def _levels(text: str) -> tuple[int | None, int | None]:
    found = re.fullmatch(r"(?:TRL)?\s*([1-9])(?:\s*[-–]\s*([1-9]))?", text, re.IGNORECASE)
    if not text:
        return None, None
    if found is None or int(found[1]) > int(found[2] or 9):
        raise RefusedRow("trl", text)
    return int(found[1]), int(found[2] or found[1])


def _line(told: Mapping[str, str], words: Words) -> dict[str, Any] | None:
    if not told.get("evidence_title"):
        return None
    line = _evidence(told, words, known=words.evidence, first="project", reason="evidence_kind") or {}
    more = {"partner_vi": told.get("evidence_partner"), "description_vi": told.get("evidence_description")}
    line["title_vi"] = line.pop("title")
    return line | {name: text or None for name, text in more.items()}


def _evidence(
    told: Mapping[str, str],
    words: Words,
    *,
    known: Mapping[str, str] | None = None,
    first: str = "paper",
    reason: str = "expertise_kind",
) -> dict[str, Any] | None:
    if not told.get("evidence_title"):
        return None
    kinds, said = known or words.expertise, told.get("evidence_kind", "")
    if said and folded(said) not in kinds:
        raise RefusedRow(reason, said)
    year, month = _month(told.get("evidence_date", ""))
    line = {"kind": kinds[folded(said)] if said else first, "title": told["evidence_title"]}
    return line | {"year": year, "month": month, "source": told.get("evidence_source") or None}


def _month(text: str) -> tuple[int | None, int | None]:
    """Year and month of 2024, 06/2024, 15/06/2024, 2024-06 or the day of a cell."""
    if not text:
        return None, None
    found = re.fullmatch(r"(?:(?:[0-9]{1,2}[/.-])?([0-9]{1,2})[/.-])?([0-9]{4})", text)
    year, month = (found[2], found[1]) if found else (None, None)
    if found is None and (iso := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})(?:-[0-9]{1,2})?(?: 00:00:00)?", text)):
        year, month = iso[1], iso[2]
    if year is None or not 1950 <= int(year) <= 2100 or (month and not 1 <= int(month) <= 12):
        raise RefusedRow("date", text)
    return int(year), int(month) if month else None


def _affiliation(told: Mapping[str, str]) -> dict[str, Any] | None:
    if not told.get("affiliation"):
        return None
    told_of = {"name": told["affiliation"], "position": told.get("position") or None}
    return told_of | _years(told, "from_year", "to_year")


def _supervision(told: Mapping[str, str]) -> dict[str, Any] | None:
    """Who supervised the expert; the other way round it stands in the row of the one who was supervised."""
    email = _address(told.get("supervisor_email", ""))
    if not email:
        return None
    years = _years(told, "supervised_from", "supervised_until")
    return {"name": told.get("supervisor") or email, "email": email, **years}


def _years(told: Mapping[str, str], first_name: str, last_name: str) -> dict[str, int | None]:
    years = [told.get(name, "") for name in (first_name, last_name)]
    for text in years:
        if text and not (re.fullmatch("[0-9]{4}", text) and 1950 <= int(text) <= 2100):
            raise RefusedRow("years", text)
    first, last = (int(text) if text else None for text in years)
    if first is None or (last is not None and last < first):
        raise RefusedRow("years", " – ".join(years))
    return {"from_year": first, "to_year": last}
