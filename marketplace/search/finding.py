"""Asking an engine and scoring what it finds: all the words first, then any. Answers the same whatever the engine.

The candidates are bounded and do not depend on an engine's taste: of entries with all the words those that say them in
the title or one after the other, then the newest; of those with any word the ones that hold the rarest words.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from marketplace.search.engines import Engine
from marketplace.search.expressions import MOST_TERMS, Expression
from marketplace.search.models import SearchEntry
from marketplace.search.plan import Plan
from marketplace.search.scoring import Collection, Scoring
from marketplace.search.syntax import parse
from marketplace.search.terms import fact

MOST = 1_000
# Of entries with all the words so many are scored, the others follow, the newest first; with any word of a short query
# so many are looked at.
SCORED = 400
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
# Made once, and with one parameter for all numbers: that costs less than asking.
_AMONG = SearchEntry.id.in_(bindparam("numbers", expanding=True))
_LENGTHS = (SearchEntry.title_length, SearchEntry.tags_length, SearchEntry.body_length)
_FACTS = (SearchEntry.kind, SearchEntry.field, SearchEntry.house)
COUNTED = select(*_FACTS, func.count()).group_by(*_FACTS)
_COUNTED_AMONG = COUNTED.where(_AMONG)
_FOLDED = select(SearchEntry.id, SearchEntry.folded).where(_AMONG)
_WITH_FOLDED = select(SearchEntry.id, *_LENGTHS, SearchEntry.folded).where(_AMONG)
# As long again, so that it is fetched only where words of the query have marks.
_WITH_EXACT = _WITH_FOLDED.add_columns(SearchEntry.exact)
_NEWEST = select(SearchEntry.id, *_LENGTHS).order_by(SearchEntry.id.desc()).limit(_SAMPLE).subquery()
_MEASURES = select(func.max(_NEWEST.c.id), *(func.avg(_NEWEST.c[column.key]) for column in _LENGTHS))


@dataclass(frozen=True)
class Hit:
    """An entry's number, its score, and whether it holds all the words."""

    number: int
    score: float
    has_all: bool


@dataclass(frozen=True)
class Found:
    """The hits, best first; how many have each value of a facet; whether there were more than MOST.

    A query without a letter `says_nothing`: it finds what the facts alone say.
    """

    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    is_cut: bool = False
    is_short: bool = True
    says_nothing: bool = False
    unknown: tuple[str, ...] = ()


def find(
    connection: Connection,
    engine: Engine,
    text: str,
    *,
    facts: Mapping[str, str] | None = None,
    counted: bool = False,
) -> Found:
    """What holds the words of any text, narrowed down to `facts`; never an error.

    Where asked to, its facets are `counted` as if nothing had narrowed it down.
    """
    plan = Plan(parse(text, fields=FIELDS))
    collection = _collection(connection, engine, plan)
    narrowed = tuple(fact(name, value) for name, value in (facts or {}).items() if value)
    asked = _Asked(connection, engine, replace(plan, facts=narrowed), collection)
    whole = _Asked(connection, engine, plan, collection) if narrowed and counted else asked
    return Found(
        hits=tuple(asked.hits()),
        facets=whole.facets() if counted else {},
        is_short=asked.is_short,
        is_cut=asked.is_cut,
        says_nothing=plan.tree is None,
        unknown=plan.unknown(collection.frequencies),
    )


class _Asked:
    """One query and its candidates."""

    def __init__(self, connection: Connection, engine: Engine, plan: Plan, collection: Collection):
        self.connection, self.engine, self.plan, self.collection = connection, engine, plan, collection
        self.is_short = len(plan.plain_terms) <= LONGEST_SHORT
        # Those with all the words, the newest first; then those with any.
        self.strict = self._find(plan.strict)
        self.loose = self._loose()
        self.is_cut = max(len(self.strict), len(self.loose)) >= MOST
        self._left_out = self._without_chains()

    def hits(self) -> list[Hit]:
        """Every candidate, the best first."""
        closest = [each for tree in self.plan.closest for each in self._find(tree)] if len(self.strict) > SCORED else []
        strict = list(dict.fromkeys([*closest, *self.strict]))[:MOST]
        holds_all, scored = set(strict), [*strict[:SCORED], *self.loose]
        score = Scoring(self.plan.wanted, self.collection)
        asked = _WITH_EXACT if score.reads_exact else _WITH_FOLDED
        found = [
            Hit(row.id, score(row[1:4], *row[4:]), row.id in holds_all)
            for row in _rows(self.connection, asked, scored)
            if row.id not in self._left_out
        ]
        found.sort(key=lambda hit: (self.is_short and not hit.has_all, -hit.score, -hit.number))
        rest = (Hit(number, 0.0, has_all=True) for number in strict[SCORED:] if number not in self._left_out)
        return [*found, *rest]

    def facets(self) -> Mapping[str, Mapping[str, int]]:
        """By facet how many have each value: all that was found or, where that was cut, the newest."""
        among = [number for number in (*self.strict, *self.loose) if number not in self._left_out]
        return counted_by_facet(_rows(self.connection, _COUNTED_AMONG, among))

    def _loose(self) -> list[int]:
        """Where few entries hold all the words, the others that hold any."""
        if len(self.strict) >= ENOUGH or len(self.plan.plain_terms) < 2:
            return []
        known = set(self.strict)
        most = SCORED if self.is_short else MOST
        rarest = _rarest(self.plan.plain_terms, self.collection, most=most)
        return [number for number in self._find(self.plan.relaxed(rarest), most) if number not in known]

    def _find(self, expression: Expression | None, most: int = MOST) -> list[int]:
        return list(self.engine.find(self.connection, expression, limit=most)) if expression is not None else []

    def _without_chains(self) -> set[int]:
        """Candidates that do not hold a long phrase word after word: engines know only pairs of neighbours."""
        if not self.plan.chains:
            return set()
        rows = _rows(self.connection, _FOLDED, [*self.strict, *self.loose])
        return {row.id for row in rows if not all(chain in row.folded for chain in self.plan.chains)}


def _collection(connection: Connection, engine: Engine, plan: Plan) -> Collection:
    size, *means = connection.execute(_MEASURES).one()
    terms = {want.term for want in plan.wanted}.union(plan.plain_terms)
    return Collection(
        # Numbers are given once and upwards, so the highest says nearly how many there are, at no cost.
        size=size or 0,
        mean_lengths=(float(means[0] or 0), float(means[1] or 0), float(means[2] or 0)),
        frequencies=engine.frequencies(connection, terms) if terms else {},
    )


def _rarest(terms: Sequence[str], collection: Collection, *, most: int) -> list[str]:
    """The rarest terms, as many as together stand in about `most` entries were they strewn at random; at least one."""
    known = sorted((count, term) for term in terms if (count := collection.frequencies.get(term)))
    kept: list[str] = []
    without = 1.0
    for count, term in known[:MOST_TERMS]:
        without *= 1 - min(count / max(collection.size, 1), 1)
        if kept and collection.size * (1 - without) > most:
            break
        kept.append(term)
    return kept


def counted_by_facet(rows: Iterable[Sequence[Any]]) -> dict[str, Counter[str]]:
    """By facet how many entries have each value, from rows of COUNTED."""
    counted: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for row in rows:
        for name, value in zip(FACETS, row[:-1], strict=True):
            if value:
                counted[name][value] += row[-1]
    return counted


def _rows(connection: Connection, of_entries: Any, numbers: Sequence[int]) -> Sequence[Any]:
    return connection.execute(of_entries, {"numbers": numbers}).all() if numbers else []
