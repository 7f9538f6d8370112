"""Which organisations to suggest for a problem: the best, one of each missing house, and newcomers. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from heapq import heappop, heappush
from itertools import islice
from typing import Any

from marketplace.matching.pool import Pool
from marketplace.matching.profiles import Need, Problem, Profile, fingerprint
from marketplace.matching.reasons import convinces, facts, is_from_elsewhere, matched_terms, missing_needs, shown_needs
from marketplace.matching.stages import Row
from marketplace.organisations.stages import Helix
from marketplace.relevance.answers import Answer, Query, Ranked
from marketplace.relevance.concepts import ABBREVIATIONS, ENGLISH, VIETNAMESE
from marketplace.relevance.explanation import Match
from marketplace.relevance.vectors import MODEL as VECTORS
from marketplace.relevance.weights import CHOSEN, Weights

HOUSES = (Helix.STATE, Helix.ACADEMIA, Helix.BUSINESS)
_VOCABULARY = sha256(repr((VIETNAMESE, ENGLISH, ABBREVIATIONS)).encode()).hexdigest()[:8]
MODEL_VERSION = f"words-latent-4 vocabulary-{_VOCABULARY}"
# Without sentence vectors and with them.
BASE_VERSIONS = (MODEL_VERSION, f"{MODEL_VERSION} {VECTORS}")
# So many problems are asked together: two questions each, 16 bytes a question and document.
_ASKED_AT_ONCE = 8
# For each place so many are looked at, since some have no reason to show.
_LOOKED_AT = 3
_LOOKED_AT_FAR = 10
# Places of newcomers and of those from elsewhere for each of the best: 3 and 2 of 15 cards, as far as they exist.
_NEWCOMERS_PER_BEST = 0.3
_FAR_PER_BEST = 0.2
# Who was not confirmed for a year keeps so much of the score.
_STALE = 0.8
# A piece with this score says so much of a problem that it is a reason by itself, though no phrase of a long text has a
# large share.
_ALIKE = 0.5


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
    """The best organisations (at most `limit`), newcomers among the others, and some from elsewhere; never who asks.

    Among the best stands the best of each house that the problem still lacks, even where others score higher.
    Nobody is suggested who shows neither a capability asked for, nor a phrase that convinces by itself, nor a piece
    that is much like the whole problem.
    """
    return next(suggest_all([problem], pool, limit=limit))


def suggest_all(problems: Iterable[Problem], pool: Pool, *, limit: int) -> Iterator[list[Suggested]]:
    """The same for each of many problems, which cost less together; the lists are those of suggest()."""
    rest = iter(problems)
    while some := list(islice(rest, _ASKED_AT_ONCE)):
        asked = [query for problem in some for query in questions(problem)]
        answers = iter(pool.index.ask_all(asked, weights_of(pool)))
        for problem in some:
            yield _suggested(_Search(problem, pool, whole=next(answers), means=next(answers)), limit)


def questions(problem: Problem) -> tuple[Query, Query]:
    """The whole problem, and only what it asks to be able to."""
    return problem.query, replace(problem, title="", text="").query


def _suggested(search: "_Search", limit: int) -> list[Suggested]:
    rows = {Row.BEST: search.best(limit)}
    rows[Row.NEWCOMER] = search.newcomers(_places(limit, _NEWCOMERS_PER_BEST), besides=_chosen(rows))
    rows[Row.FAR] = search.from_elsewhere(_places(limit, _FAR_PER_BEST), besides=_chosen(rows))
    return [
        search.told(match, row=row, place=place)
        for row, matches in rows.items()
        for place, match in enumerate(matches, start=1)
    ]


def inputs_hash(problem: Problem, pool: Pool, *, limit: int) -> str:
    """SHA-256 of all that decides the suggestions: equal inputs give equal suggestions."""
    return fingerprint([model_version(pool), limit, asdict(problem), pool.fingerprint])


def model_version(pool: Pool) -> str:
    """The version of the model as this pool is asked: sentence vectors or weights learnt here make it another one."""
    base = base_version(pool)
    return pool.tunings[base].version if base in pool.tunings else base


def weights_of(pool: Pool) -> Weights:
    """The weights that this pool is asked with: those learnt here only for the version they were measured with."""
    base = base_version(pool)
    return pool.tunings[base].weights if base in pool.tunings else CHOSEN


def base_version(pool: Pool) -> str:
    """The version of the model as the code gives it."""
    return BASE_VERSIONS[bool(pool.has_vectors and pool.embedder)]


def version_with(base: str, number: int) -> str:
    """The version that the weights of this number make of one of the code."""
    return base.replace(MODEL_VERSION, f"{MODEL_VERSION} weights-{number}", 1)


def missing_houses(present: set[Helix]) -> list[Helix]:
    """Of State, academia and business those that are not among the `present`."""
    return [house for house in HOUSES if house not in present]


def _places(limit: int, share: float) -> int:
    return max(1, round(limit * share)) if limit else 0


def _chosen(rows: dict[Row, list[Match]]) -> set[int]:
    return {match.owner_id for matches in rows.values() for match in matches}


class _Search:
    """One problem and the answers of the index to it and to its needs alone, from which the rows are taken."""

    def __init__(self, problem: Problem, pool: Pool, *, whole: Answer, means: Answer):
        self.problem, self.pool = problem, pool
        self.answer, self.means = whole, means
        self.missing = missing_houses({problem.agency_helix})
        # by owner what was looked up before
        self._terms: dict[int, list[dict[str, Any]]] = {}
        self._needs: dict[int, list[Need]] = {}
        self._profiles: dict[int, Profile] = {}

    def best(self, limit: int) -> list[Match]:
        """The best by score, of which the last give way to the best of each house that the problem lacks."""
        kept: dict[int, Match] = {}
        for house in self.missing:
            own = self.answer.best(self.pool.among(house=house, besides=self.problem.agency_slug))
            kept |= {match.owner_id: match for match in self._with_reasons(own, 1)}
        everybody = self.answer.best(self.pool.among(besides=self.problem.agency_slug), expected=limit)
        for match in self._with_reasons(everybody, limit):
            if len(kept) < limit:
                kept.setdefault(match.owner_id, match)
        return sorted(kept.values(), key=lambda match: (-match.score, match.owner_id))[:limit]

    def newcomers(self, most: int, *, besides: set[int]) -> list[Match]:
        """The best newcomers who are not among the best of all."""
        new = self.answer.ranked_newcomers(self.pool.among(newcomers=True, besides=self.problem.agency_slug))
        others = self.answer.explained((each for each in new if each.owner_id not in besides), expected=most)
        return self._with_reasons(others, most)

    def from_elsewhere(self, most: int, *, besides: set[int]) -> list[Match]:
        """Who shows a capability asked for and works on nothing that the title names: how, not what, is in common."""
        if not self.problem.needs:
            return []
        others = self.means.ranked(self.pool.among(besides=self.problem.agency_slug))
        looked_at = islice((each for each in others if each.owner_id not in besides), _LOOKED_AT_FAR * most)
        return self._with_reasons(self.means.explained(filter(self._is_far, looked_at), expected=most), most)

    def told(self, match: Match, *, row: Row, place: int) -> Suggested:
        """The match in words and facts."""
        problem, profile, shown = self.problem, self._profile(match.owner_id), self._shown(match.owner_id)
        return Suggested(
            slug=profile.slug,
            row=row,
            place=place,
            score=round(match.score * 1000),
            terms=self._terms_of(match),
            facts=facts(problem, profile, shown=shown),
            adds=profile.helix if profile.helix in self.missing else None,
            missing_sides=[house.value for house in self.missing if house != profile.helix],
            missing_needs=missing_needs(problem, shown=shown),
        )

    def _with_reasons(self, matches: Iterable[Match], limit: int) -> list[Match]:
        looked_at = islice(self._weighed(matches), _LOOKED_AT * limit)
        return list(islice(filter(self._has_reasons, looked_at), limit))

    def _weighed(self, matches: Iterable[Match]) -> Iterator[Match]:
        """The matches, of which those that nobody confirmed for a year wait until their lower score has come."""
        waiting: list[tuple[float, int, Match]] = []
        for match in matches:
            while waiting and -waiting[0][0] >= match.score:
                yield heappop(waiting)[2]
            if self._profile(match.owner_id).stale_since:
                lower = replace(match, score=match.score * _STALE)
                heappush(waiting, (-lower.score, lower.owner_id, lower))
            else:
                yield match
        while waiting:
            yield heappop(waiting)[2]

    def _is_far(self, each: Ranked) -> bool:
        return bool(self._shown(each.owner_id)) and is_from_elsewhere(self.problem, self._profile(each.owner_id))

    def _has_reasons(self, match: Match) -> bool:
        found = self._terms_of(match)
        is_alike = match.items[0].score >= _ALIKE
        return bool(found) and (is_alike or any(map(convinces, found)) or bool(self._shown(match.owner_id)))

    def _terms_of(self, match: Match) -> list[dict[str, Any]]:
        if match.owner_id not in self._terms:
            self._terms[match.owner_id] = matched_terms(match, self._profile(match.owner_id), weights_of(self.pool))
        return self._terms[match.owner_id]

    def _shown(self, owner: int) -> list[Need]:
        if owner not in self._needs:
            self._needs[owner] = shown_needs(self.problem, self._profile(owner))
        return self._needs[owner]

    def _profile(self, owner: int) -> Profile:
        if owner not in self._profiles:
            self._profiles[owner] = self.pool.profiles[owner]
        return self._profiles[owner]
