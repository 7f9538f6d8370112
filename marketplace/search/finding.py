"""Asking an engine and scoring what it finds: all the words first, then any. Answers the same whatever the engine.

The candidates are bounded and do not depend on an engine's taste: of entries with all the words those that say them in
the title or one after the other, then the newest; of those with any word the ones that hold the rarest words.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from marketplace.search.among import among
from marketplace.search.counting import LENGTHS, collection_of
from marketplace.search.engines import Engine
from marketplace.search.expressions import MOST_TERMS, Expression
from marketplace.search.models import SearchEntry
from marketplace.search.plan import Plan
from marketplace.search.scoring import Collection, Scoring
from marketplace.search.syntax import parse
from marketplace.search.terms import fact

MOST = 1_000
# Of entries with all the words so many are scored, the others follow, the newest first; with any word of a short query
# so many are looked at. 400 gave the same figures (docs/search.md) and took twice as long.
SCORED = 200
# With fewer entries than this that hold all the words, those with any of them follow.
ENOUGH = 20
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
_AMONG = among(SearchEntry.id, "numbers")
_FACTS = (SearchEntry.kind, SearchEntry.field, SearchEntry.house)
COUNTED = select(*_FACTS, func.count()).group_by(*_FACTS)
_COUNTED_AMONG = COUNTED.where(_AMONG)
_WITH_FACTS = select(SearchEntry.id, *_FACTS).where(_AMONG)
_FOLDED = select(SearchEntry.id, SearchEntry.folded).where(_AMONG)
_WITH_FOLDED = select(SearchEntry.id, *LENGTHS, SearchEntry.folded).where(_AMONG)
# As long again, so that it is fetched only where words of the query have marks.
_WITH_EXACT = _WITH_FOLDED.add_columns(SearchEntry.exact)


class Hit(NamedTuple):
    """An entry's number, its score, whether it holds all the words, and whether only its meaning is near."""

    number: int
    score: float
    has_all: bool
    is_near: bool = False


@dataclass(frozen=True)
class Found:
    """The hits, best first; how many have each value of a facet, `among` which; whether there were more than MOST.

    A query without a letter `says_nothing`: it finds what the facts alone say.
    """

    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    is_cut: bool = False
    is_short: bool = True
    says_nothing: bool = False
    unknown: tuple[str, ...] = ()
    among: Sequence[int] = ()

    @property
    def is_only_near(self) -> bool:
        """Whether words found nothing, whatever narrows it down, and meaning something."""
        return bool(self.hits) and not self.among and self.hits[0].is_near


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
    terms = {want.term for want in plan.wanted}.union(plan.plain_terms)
    source = _Source(connection, engine, collection_of(connection, engine, terms))
    wanted = {name: value for name, value in (facts or {}).items() if value}
    narrowed = replace(plan, facts=tuple(fact(*each) for each in wanted.items()))
    if wanted and counted:
        whole = _Asked(source, plan)
        alike = defaultdict[tuple[str | None, ...], list[int]](list)
        for number, *said in source.rows(_WITH_FACTS, whole.candidates):
            alike[*said].append(number)
        facets = counted_by_facet((*said, len(numbers)) for said, numbers in alike.items())
        kept = {number for said, numbers in alike.items() if holds(said, wanted) for number in numbers}
        asked = _Asked(source, narrowed, inside=whole.where(kept))
    else:
        whole = asked = _Asked(source, narrowed)
        facets = counted_by_facet(source.rows(_COUNTED_AMONG, asked.candidates)) if counted else {}
    return Found(
        hits=tuple(asked.hits()),
        facets=facets,
        is_short=asked.is_short,
        is_cut=asked.is_cut,
        says_nothing=plan.tree is None,
        unknown=plan.unknown(source.collection.frequencies),
        among=whole.candidates,
    )


@dataclass(frozen=True)
class _Source:
    """Where to ask, and what all entries are like."""

    connection: Connection
    engine: Engine
    collection: Collection

    def find(self, expression: Expression | None, most: int = MOST) -> list[int]:
        """Numbers of entries that hold the expression, the newest first."""
        return list(self.engine.find(self.connection, expression, limit=most)) if expression is not None else []

    def rows(self, of_entries: Any, numbers: Sequence[int]) -> Sequence[Any]:
        """What a statement with _AMONG says of these entries."""
        return self.connection.execute(of_entries, {"numbers": numbers}).all() if numbers else []


@dataclass(frozen=True)
class _Inside:
    """Of what a wider query found those that a narrower one finds too, and whether there may be more."""

    strict: list[int]
    loose: list[int]
    is_cut: bool


class _Asked:
    """One query and its candidates, taken from `inside` a wider one where that has enough of them."""

    def __init__(self, source: _Source, plan: Plan, inside: _Inside | None = None):
        self.source, self.plan = source, plan
        self.is_short = plan.is_short
        is_enough = inside is not None and (not inside.is_cut or len(inside.strict) >= SCORED)
        # Those with all the words, the newest first; then those with any.
        self.strict = inside.strict if inside and is_enough else source.find(plan.strict)
        self.loose = self._loose(inside.loose if inside else [])
        self.is_cut = max(len(self.strict), len(self.loose)) >= MOST or bool(inside and is_enough and inside.is_cut)
        self._left_out = self._without_chains()

    @cached_property
    def candidates(self) -> list[int]:
        """All that was found or, where that was cut, the newest."""
        return [number for number in (*self.strict, *self.loose) if number not in self._left_out]

    def where(self, kept: Set[int]) -> _Inside:
        """Those of the candidates that are to be kept."""
        strict, loose = ([number for number in each if number in kept] for each in (self.strict, self.loose))
        return _Inside(strict, loose, self.is_cut)

    def hits(self) -> list[Hit]:
        """Every candidate, the best first."""
        strict = list(dict.fromkeys([*self._closest(), *self.strict]))[:MOST]
        holds_all, scored = set(strict), [*strict[:SCORED], *self.loose]
        score = Scoring(self.plan.wanted, self.source.collection)
        asked = _WITH_EXACT if score.reads_exact else _WITH_FOLDED
        found = [
            Hit(row.id, score(row[1:4], *row[4:]), row.id in holds_all)
            for row in self.source.rows(asked, scored)
            if row.id not in self._left_out
        ]
        found.sort(key=lambda hit: (self.is_short and not hit.has_all, -hit.score, -hit.number))
        rest = (Hit(number, 0.0, has_all=True) for number in strict[SCORED:] if number not in self._left_out)
        return [*found, *rest]

    def _closest(self) -> list[int]:
        """Where more hold all the words than are scored, those to look at first."""
        found: list[int] = []
        for tree in self.plan.closest if len(self.strict) > SCORED else []:
            if len(found) < SCORED:
                found += self.source.find(tree, SCORED)
        return found

    def _loose(self, inside: list[int]) -> list[int]:
        """Where few entries hold all the words, the others that hold any."""
        if len(self.strict) >= ENOUGH or len(self.plan.plain_terms) < 2:
            return []
        if len(inside) >= ENOUGH:
            return inside
        known = set(self.strict)
        most = SCORED if self.is_short else MOST
        rarest = _rarest(self.plan.plain_terms, self.source.collection, most=most)
        return [number for number in self.source.find(self.plan.relaxed(rarest), most) if number not in known]

    def _without_chains(self) -> set[int]:
        """Candidates that do not hold a long phrase word after word: engines know only pairs of neighbours."""
        if not self.plan.chains:
            return set()
        rows = self.source.rows(_FOLDED, [*self.strict, *self.loose])
        return {row.id for row in rows if not all(chain in row.folded for chain in self.plan.chains)}


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


def holds(said: Sequence[str | None], facts: Mapping[str, str]) -> bool:
    """Whether the facets of an entry are what was asked for, as engines compare them."""
    values = dict(zip(FACETS, said, strict=True))
    return all(fact(name, values[name] or "") == fact(name, value) for name, value in facts.items())


def counted_by_facet(rows: Iterable[Sequence[Any]]) -> dict[str, Counter[str]]:
    """By facet how many entries have each value, from rows of COUNTED."""
    counted: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for row in rows:
        for name, value in zip(FACETS, row[:-1], strict=True):
            if value:
                counted[name][value] += row[-1]
    return counted
