"""How often the engine puts the right organisation first, on a small judged set of our own (README.md beside it)."""

import csv
import json
from dataclasses import asdict
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

from marketplace.matching.partners import MODEL_VERSION
from marketplace.matching.pool import Pool
from marketplace.matching.profiles import Piece, Problem, Profile
from marketplace.organisations.stages import Helix
from marketplace.relevance.vectors import Embedder
from marketplace.relevance.weights import CHOSEN, Weights
from marketplace.text import fold

FOLDER = Path(__file__).parent
SPELLINGS = ("vi", "unaccented", "en")
LOOKED_AT = 10


def measure(weights: Weights = CHOSEN, embedder: Embedder | None = None) -> dict[str, Any]:
    """For each spelling the shares of needs whose right organisation is first or among three, and the mean of 1 / rank.

    With the model version, the weights and the counts; without sentence vectors, which only make it better, unless
    there is an `embedder`.
    """
    organisations, needs = _rows("organisations"), _rows("needs")
    pool = Pool((_profile(number, row) for number, row in enumerate(organisations, start=1)), embedder=embedder)
    rank = partial(_rank, pool, weights)
    return {
        "model": MODEL_VERSION,
        "weights": asdict(weights),
        "organisations": len(organisations),
        "needs": len(needs),
        "spellings": {spelling: _measured([rank(row, spelling) for row in needs]) for spelling in SPELLINGS},
    }


@cache
def kept_figures() -> dict[str, Any]:
    """What measure() gave for the model of this code; a test compares the two."""
    return json.loads((FOLDER / "figures.json").read_text(encoding="utf-8"))


@cache
def judged() -> list[tuple[dict[str, str], dict[str, str]]]:
    """Each need with the one organisation judged right for it, as they stand in the files."""
    organisations = {row["id"]: row for row in _rows("organisations")}
    return [(need, organisations[need["right"]]) for need in _rows("needs")]


def _rank(pool: Pool, weights: Weights, need: dict[str, str], spelling: str) -> int | None:
    """The place of the right organisation among the first LOOKED_AT."""
    text = need["en"] if spelling == "en" else need["vi"]
    text = fold(text) if spelling == "unaccented" else text
    problem = Problem(agency_slug="", agency_helix=Helix.STATE, title=text, needs=(), text="")
    best = islice(pool.index.ask(problem.query, weights).best(expected=LOOKED_AT), LOOKED_AT)
    found = [pool.profiles[match.owner_id].slug for match in best]
    return found.index(need["right"]) + 1 if need["right"] in found else None


def _measured(ranks: list[int | None]) -> dict[str, float]:
    count = len(ranks)
    return {
        "first": round(sum(rank == 1 for rank in ranks) / count, 3),
        "top_3": round(sum(rank is not None and rank <= 3 for rank in ranks) / count, 3),
        "mrr": round(sum(1 / rank for rank in ranks if rank) / count, 3),
    }


def _profile(number: int, row: dict[str, str]) -> Profile:
    vi = "" if number % 6 == 1 else row["vi"]
    en = "" if number % 3 == 0 else row["en"]
    named = Piece("summary", title_vi=row["name"])
    return Profile(slug=row["id"], helix=Helix(row["house"]), pieces=(named, Piece("record", text_vi=vi, text_en=en)))


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, delimiter="\t"))
