"""The city as data: 126 communes and wards, 61 unclaimed bodies, the glossary. Loading twice adds nothing."""

import csv
from functools import cache
from pathlib import Path

from marketplace.db import db
from marketplace.organisations.models import Place
from marketplace.organisations.queries import organisation_named
from marketplace.organisations.services import add_organisation
from marketplace.organisations.stages import Helix, Kind
from marketplace.text import fold, sort_key

FOLDER = Path(__file__).parent / "reference"


def load_reference() -> tuple[int, int]:
    """Add places and bodies that are not there yet; answers how many of each were added."""
    return _load_places(), _load_bodies()


def _load_places() -> int:
    added = 0
    for row in _rows("hanoi_wards.csv", ","):
        if db.session.get(Place, row["code"]) is None:
            db.session.add(
                Place(
                    code=row["code"],
                    name_vi=row["full_name_vi"],
                    name_en=row["full_name_en"],
                    former_district=row["main_former_district"],
                    former_units=row["former_units"],
                )
            )
            added += 1
    db.session.flush()
    return added


def _load_bodies() -> int:
    added = 0
    for row in _rows("hanoi_orgs.csv", ","):
        if organisation_named(row["name_vi"]) is None:
            add_organisation(
                Kind(row["group"]),
                helix=Helix(row["helix"]),
                name_vi=row["name_vi"],
                name_en=row["name_en"],
                symbol=row["symbol"] or None,
                source=f"hanoi_orgs.csv {row['basis']}",
            )
            added += 1
    return added


@cache
def glossary() -> tuple[tuple[str, str, str], ...]:
    """The terms of the field as (Vietnamese, English, note)."""
    return tuple((row["vi"], row["en"], row["note"]) for row in _rows("glossary.tsv", "\t"))


def glossary_with(words: str) -> list[tuple[str, str, str]]:
    """The terms that hold all these words, with or without diacritics, in Vietnamese dictionary order."""
    folded = fold(words).split()[:8]
    found = [term for term in glossary() if all(word in fold(" ".join(term)) for word in folded)]
    return sorted(found, key=lambda term: sort_key(term[0]))


def _rows(name: str, delimiter: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, delimiter=delimiter))
