"""Asking an engine and scoring what it finds: all the words first, then any. Answers the same whatever the engine.

The candidates are bounded and do not depend on an engine's taste: of entries with all the words the newest MOST, of
those with any word the ones that hold the rarest words.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, func, select

from marketplace.search.engines import Engine
from marketplace.search.expressions import MOST_TERMS, Expression
from marketplace.search.models import SearchEntry
from marketplace.search.plan import Plan
from marketplace.search.scoring import Candidate, Collection, score
from marketplace.search.syntax import parse
from marketplace.search.terms import fact

MOST = 1_000
# With fewer entries than this that hold all the words, those with any of them follow.
ENOUGH = 20
# In a longer query, a whole question, no entry need hold every word: there the score alone decides.
LONGEST_SHORT = 6
# Mean lengths are those of the newest entries.
_SAMPLE = 500
# What may stand before a colon, in both languages, and the name of the fact.
FIELDS = {
    "kind": "kind",
    "loại": "kind",
    "loai": "kind",
    "field": "field",
    "lĩnh_vực": "field",
    "linh_vuc": "field",
    "house": "house",
    "khối": "house",
    "khoi": "house",
    "title": "title",
    "tên": "title",
    "ten": "title",
}
FACETS = ("kind", "field", "house")
_READ = (
    SearchEntry.id,
    SearchEntry.folded,
    SearchEntry.exact,
    SearchEntry.title_length,
    SearchEntry.tags_length,
    SearchEntry.body_length,
    SearchEntry.kind,
    SearchEntry.field,
    SearchEntry.house,
)


@dataclass(frozen=True)
class Hit:
    """An entry's number, its score, and whether it holds all the words."""

    number: int
    score: float
    has_all: bool


@dataclass(frozen=True)
class Found:
    """The hits, best first; how many have each value of a facet; whether there were more than MOST."""

    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    is_cut: bool = False
    is_short: bool = True
    unknown: tuple[str, ...] = ()


def find(connection: Connection, engine: Engine, text: str, *, facts: Mapping[str, str] | None = None) -> Found:
    """What holds the words of any text, narrowed down to `facts`; never an error."""
    narrowed = tuple(fact(name, value) for name, value in (facts or {}).items() if value)
    plan = Plan(parse(text, fields=FIELDS), narrowed)
    collection = _collection(connection, engine, plan)
    strict, any_word = _candidates(connection, engine, plan, collection=collection)
    rows = _kept(_read(connection, [*strict, *any_word]), plan)
    is_short = len(plan.plain_terms) <= LONGEST_SHORT
    hits = sorted(
        (Hit(row.id, score(_candidate(row), plan.wanted, collection), row.id in strict) for row in rows),
        key=lambda hit: (is_short and not hit.has_all, -hit.score, -hit.number),
    )
    return Found(
        hits=tuple(hits),
        facets={name: dict(Counter(getattr(row, name) for row in rows if getattr(row, name))) for name in FACETS},
        is_short=is_short,
        is_cut=max(len(strict), len(any_word)) >= MOST,
        unknown=tuple(term for term in plan.plain_terms if not collection.frequencies.get(term)),
    )


def _collection(connection: Connection, engine: Engine, plan: Plan) -> Collection:
    newest = select(SearchEntry.title_length, SearchEntry.tags_length, SearchEntry.body_length)
    sample = newest.order_by(SearchEntry.id.desc()).limit(_SAMPLE).subquery()
    means = connection.execute(select(*(func.avg(column) for column in sample.c))).one()
    terms = {want.term for want in plan.wanted}.union(plan.plain_terms)
    return Collection(
        # Numbers are given once and upwards, so the highest says nearly how many there are, at no cost.
        size=connection.scalar(select(func.max(SearchEntry.id))) or 0,
        mean_lengths=(float(means[0] or 0), float(means[1] or 0), float(means[2] or 0)),
        frequencies=engine.frequencies(connection, terms) if terms else {},
    )


def _candidates(
    connection: Connection, engine: Engine, plan: Plan, *, collection: Collection
) -> tuple[list[int], list[int]]:
    """The entries with all the words, and where they are few those with any."""
    strict = _asked(connection, engine, plan.strict)
    if len(strict) >= ENOUGH or len(plan.plain_terms) < 2:
        return strict, []
    known = set(strict)
    any_word = _asked(connection, engine, plan.relaxed(_rarest(plan.plain_terms, collection.frequencies)))
    return strict, [number for number in any_word if number not in known]


def _asked(connection: Connection, engine: Engine, expression: Expression | None) -> list[int]:
    return list(engine.find(connection, expression, limit=MOST)) if expression is not None else []


def _rarest(terms: Sequence[str], frequencies: Mapping[str, int]) -> list[str]:
    """The rarest terms, as many as together stand in at most MOST entries, but at least one."""
    known = sorted((frequencies[term], term) for term in terms if frequencies.get(term))
    kept: list[str] = []
    reached = 0
    for count, term in known[:MOST_TERMS]:
        reached += count
        if kept and reached > MOST:
            break
        kept.append(term)
    return kept


def _read(connection: Connection, numbers: Sequence[int]) -> list[Row[Any]]:
    found: list[Row[Any]] = []
    if numbers:
        found.extend(connection.execute(select(*_READ).where(SearchEntry.id.in_(numbers))))
    return found


def _kept(rows: Sequence[Row[Any]], plan: Plan) -> Sequence[Row[Any]]:
    """Rows that hold every long phrase word after word: engines know only pairs of neighbours."""
    return [row for row in rows if all(chain in row.folded for chain in plan.chains)]


def _candidate(row: Row[Any]) -> Candidate:
    return Candidate(row.id, row.folded, row.exact, (row.title_length, row.tags_length, row.body_length))
