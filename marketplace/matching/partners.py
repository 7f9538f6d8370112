"""Which organisations to suggest for a problem: the best, one of each missing house, and newcomers. Pure."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from itertools import islice
from typing import Any

from marketplace.matching.pool import Pool
from marketplace.matching.profiles import Problem, fingerprint
from marketplace.matching.reasons import convinces, facts, matched_terms, missing_needs, shows
from marketplace.matching.stages import Row
from marketplace.organisations.stages import Helix
from marketplace.relevance.concepts import ABBREVIATIONS, ENGLISH, VIETNAMESE
from marketplace.relevance.explanation import Match

HOUSES = (Helix.STATE, Helix.ACADEMIA, Helix.BUSINESS)
_VOCABULARY = sha256(repr((VIETNAMESE, ENGLISH, ABBREVIATIONS)).encode()).hexdigest()[:8]
MODEL_VERSION = f"words-latent-3 vocabulary-{_VOCABULARY}"
# For each place so many are looked at, since some have no reason to show.
_LOOKED_AT = 3
# Of the cards shown these many in a hundred are newcomers' at the most that they can fill.
_NEWCOMERS_PER_BEST = 0.3


@dataclass(frozen=True)
class Suggested:
    """One organisation, its place in its row, its score in thousandths, and why."""

    slug: str
    row: Row
    place: int
    score: int
    terms: list[dict[str, Any]]
    facts: list[dict[str, Any]] = field(default_factory=list)
    adds: Helix | None = None
    missing_sides: list[str] = field(default_factory=list)
    missing_needs: list[dict[str, str]] = field(default_factory=list)


def suggest(problem: Problem, pool: Pool, *, limit: int) -> list[Suggested]:
    """The best organisations (at most `limit`), then newcomers among the others; never the one that asks.

    Among the best stands the best of each house that the problem still lacks, even where others score higher.
    Nobody is suggested who shows neither a capability asked for nor a phrase that convinces by itself.
    """
    search = _Search(problem, pool)
    best = search.best(limit)
    most = max(1, round(limit * _NEWCOMERS_PER_BEST)) if limit else 0
    newcomers = search.newcomers(most, besides={match.owner_id for match in best})
    return [
        search.told(match, row=row, place=place)
        for row, matches in ((Row.BEST, best), (Row.NEWCOMER, newcomers))
        for place, match in enumerate(matches, start=1)
    ]


def inputs_hash(problem: Problem, pool: Pool, *, limit: int) -> str:
    """SHA-256 of all that decides the suggestions: equal inputs give equal suggestions."""
    return fingerprint([MODEL_VERSION, limit, asdict(problem), pool.fingerprint])


def missing_houses(present: set[Helix]) -> list[Helix]:
    """Of State, academia and business those that are not among the `present`."""
    return [house for house in HOUSES if house not in present]


class _Search:
    """One problem and the answer of the index to it, from which the rows are taken."""

    def __init__(self, problem: Problem, pool: Pool):
        self.problem, self.pool = problem, pool
        self.answer = pool.index.ask(problem.query)
        self.missing = missing_houses({problem.agency_helix})
        self._terms: dict[int, list[dict[str, Any]]] = {}

    def best(self, limit: int) -> list[Match]:
        """The best by score, of which the last give way to the best of each house that the problem lacks."""
        kept: dict[int, Match] = {}
        for house in self.missing:
            own = self.answer.best(self.pool.among(house=house, besides=self.problem.agency_slug))
            kept |= {match.owner_id: match for match in self._with_reasons(own, 1)}
        for match in self._with_reasons(self.answer.best(self.pool.among(besides=self.problem.agency_slug)), limit):
            if len(kept) < limit:
                kept.setdefault(match.owner_id, match)
        return sorted(kept.values(), key=lambda match: (-match.score, match.owner_id))[:limit]

    def newcomers(self, most: int, *, besides: set[int]) -> list[Match]:
        """The best newcomers who are not among the best of all."""
        new = self.answer.best_newcomers(self.pool.among(newcomers=True, besides=self.problem.agency_slug))
        looked_at = islice((match for match in new if match.owner_id not in besides), _LOOKED_AT * most)
        return self._with_reasons(looked_at, most)

    def told(self, match: Match, *, row: Row, place: int) -> Suggested:
        """The match in words and facts."""
        problem, profile = self.problem, self.pool.profiles[match.owner_id]
        return Suggested(
            slug=profile.slug,
            row=row,
            place=place,
            score=round(match.score * 1000),
            terms=self._terms_of(match),
            facts=facts(problem, profile),
            adds=profile.helix if profile.helix in self.missing else None,
            missing_sides=[house.value for house in self.missing if house != profile.helix],
            missing_needs=missing_needs(problem, profile),
        )

    def _with_reasons(self, matches: Iterable[Match], limit: int) -> list[Match]:
        return list(islice(filter(self._has_reasons, islice(matches, _LOOKED_AT * limit)), limit))

    def _has_reasons(self, match: Match) -> bool:
        found, profile = self._terms_of(match), self.pool.profiles[match.owner_id]
        return bool(found) and (any(map(convinces, found)) or any(shows(profile, need) for need in self.problem.needs))

    def _terms_of(self, match: Match) -> list[dict[str, Any]]:
        if match.owner_id not in self._terms:
            self._terms[match.owner_id] = matched_terms(match, self.pool.profiles[match.owner_id])
        return self._terms[match.owner_id]
