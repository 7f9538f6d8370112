"""Why a row is refused or stays, what became of it, and the words people write in tables, in both languages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from marketplace.labels import EVIDENCE_KINDS, FIELDS, KINDS, word
from marketplace.organisations.stages import KINDS_TO_CLAIM, KINDS_TO_REGISTER, WORKING_LANGUAGES
from marketplace.organisations.words import EXPERTISE_KINDS, TONGUES
from marketplace.text import fold

# each names what is wrong; %(detail)s is the cell, the column, the number of another row, or a name
REASONS = {
    "name": _l("The name is missing."),
    "kind": _l("The kind of organisation is missing or unknown: %(detail)s"),
    "tax_code": _l("This is no tax code (10 or 13 digits with a right check digit): %(detail)s"),
    "digits_lost": _l("The spreadsheet program shortened the tax code, type it as text: %(detail)s"),
    "place": _l("There is no commune or ward of this name: %(detail)s"),
    "website": _l("This is no web address: %(detail)s"),
    "field": _l("There is no field of this name: %(detail)s"),
    "language": _l("There is no language of this name: %(detail)s"),
    "trl": _l("Technology readiness is a level from 1 to 9, or two, such as 4-6: %(detail)s"),
    "evidence_kind": _l("A line is a project, product, patent or paper, not: %(detail)s"),
    "expertise_kind": _l("A line is a paper, patent, project, role or award, not: %(detail)s"),
    "date": _l("Write a year or month and year, such as 06/2024, not: %(detail)s"),
    "years": _l("Write years, such as 2019, the first not after the last: %(detail)s"),
    "email": _l("This is no e-mail address: %(detail)s"),
    "long": _l("The text is too long in the column: %(detail)s"),
    "formula": _l("The text begins like a formula: %(detail)s"),
    "markup": _l("The text holds markup of a web page: %(detail)s"),
    "twice": _l("It is the same as row %(detail)s."),
    "of_refused": _l("It belongs to row %(detail)s, which is refused."),
    "known": _l("It is here already: %(detail)s"),
    "alike": _l("An organisation of this name is here without a tax code; look whether it is the same: %(detail)s"),
    "claimed": _l("Somebody speaks for it here and keeps its track record: %(detail)s"),
    "changed": _l("It was changed since, so it stays."),
    "used": _l("It is in use since, so it stays."),
}
IMPORT_OUTCOMES = {
    "new": (_l("New"), "open"),
    "line": (_l("A line for one that is known"), "open"),
    "refused": (_l("Refused"), "stopped"),
    "added": (_l("Imported"), "done"),
    "taken_back": (_l("Taken back"), "draft"),
    "kept": (_l("Stays"), "waiting"),
}
IMPORT_STAGES = {
    "checking": (_l("Being read"), "waiting"),
    "checked": (_l("Nothing is kept yet"), "open"),
    "unreadable": (_l("Cannot be read, or too long"), "stopped"),
    "importing": (_l("Being imported"), "waiting"),
    "imported": (_l("Imported"), "done"),
    "undoing": (_l("Being taken back"), "waiting"),
    "undone": (_l("Taken back"), "draft"),
}
IMPORT_CONTENTS = {
    "organisations": _l("Organisations and track records"),
    "experts": _l("Experts"),
}


@dataclass(frozen=True)
class Words:
    """What people may write for a thing, folded, in either language or as its key; the value is the key."""

    kinds: Mapping[str, str]
    fields: Mapping[str, str]
    languages: Mapping[str, str]
    evidence: Mapping[str, str]
    expertise: Mapping[str, str]


@cache
def known_words() -> Words:
    """All of them."""
    kinds = [kind.value for kind in (*KINDS_TO_REGISTER, *KINDS_TO_CLAIM)]
    return Words(
        kinds=_said(KINDS, kinds),
        fields=_said(FIELDS, list(FIELDS)),
        languages=_said(TONGUES, list(WORKING_LANGUAGES)),
        evidence=_said(EVIDENCE_KINDS, list(EVIDENCE_KINDS)),
        expertise=_said(EXPERTISE_KINDS, list(EXPERTISE_KINDS)),
    )


def _said(table: Mapping[str, object], keys: list[str]) -> dict[str, str]:
    found = {key: key for key in keys}
    for language in ("vi", "en"):
        with force_locale(language):
            found |= {folded(word(table, key)): key for key in keys}
    return found


def folded(text: str) -> str:
    """A word as it is looked up: without case, marks, punctuation and double spaces."""
    return " ".join(re.findall(r"\w+", fold(text)))
