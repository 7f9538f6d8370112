"""Which organisations to suggest for a problem: the best, one of each missing house, and newcomers. Pure."""

from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from marketplace.matching.profiles import Pool, Problem, Profile, fingerprint
from marketplace.matching.reasons import convinces, facts, matched_terms, missing_needs, shows
from marketplace.matching.stages import Row
from marketplace.organisations.stages import Helix
from marketplace.relevance.concepts import ABBREVIATIONS, ENGLISH, VIETNAMESE
from marketplace.relevance.explanation import Match

HOUSES = (Helix.STATE, Helix.ACADEMIA, Helix.BUSINESS)
_VOCABULARY = sha256(repr((VIETNAMESE, ENGLISH, ABBREVIATIONS)).encode()).hexdigest()[:8]
MODEL_VERSION = f"words-latent-2 vocabulary-{_VOCABULARY}"
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
    others = [owner for owner, profile in enumerate(pool.profiles) if profile.slug != problem.agency_slug]
    best = _best(problem, pool, others, limit=limit)
    chosen = {match.owner_id for match in best}
    new = [owner for owner in others if pool.profiles[owner].is_newcomer and owner not in chosen]
    most = max(1, round(limit * _NEWCOMERS_PER_BEST)) if limit else 0
    ranked = pool.index.rank_newcomers(problem.query, limit=_LOOKED_AT * most, newcomers=new)
    newcomers = _with_reasons(ranked, problem, pool)[:most]
    return [
        _told(match, problem, pool, row=row, place=place)
        for row, matches in ((Row.BEST, best), (Row.NEWCOMER, newcomers))
        for place, match in enumerate(matches, start=1)
    ]


def inputs_hash(problem: Problem, pool: Pool, *, limit: int) -> str:
    """SHA-256 of all that decides the suggestions: equal inputs give equal suggestions."""
    return fingerprint([MODEL_VERSION, limit, asdict(problem), pool.fingerprint])


def missing_houses(present: set[Helix]) -> list[Helix]:
    """Of State, academia and business those that are not among the `present`."""
    return [house for house in HOUSES if house not in present]


def _best(problem: Problem, pool: Pool, among: list[int], *, limit: int) -> list[Match]:
    """The best by score, of which the last give way to the best of each house that the problem lacks."""
    kept: dict[int, Match] = {}
    for house in missing_houses({problem.agency_helix}):
        own = [owner for owner in among if pool.profiles[owner].helix == house]
        kept |= {match.owner_id: match for match in _ranked(problem, pool, own, limit=1)}
    for match in _ranked(problem, pool, among, limit=limit):
        if len(kept) < limit:
            kept.setdefault(match.owner_id, match)
    return sorted(kept.values(), key=lambda match: (-match.score, match.owner_id))[:limit]


def _ranked(problem: Problem, pool: Pool, among: list[int], *, limit: int) -> list[Match]:
    found = pool.index.rank(problem.query, limit=_LOOKED_AT * limit, among=among)
    return _with_reasons(found, problem, pool)[:limit]


def _with_reasons(matches: list[Match], problem: Problem, pool: Pool) -> list[Match]:
    return [match for match in matches if _has_reasons(match, problem, pool.profiles[match.owner_id])]


def _has_reasons(match: Match, problem: Problem, profile: Profile) -> bool:
    found = matched_terms(match, profile)
    return bool(found) and (any(map(convinces, found)) or any(shows(profile, need) for need in problem.needs))


def _told(match: Match, problem: Problem, pool: Pool, *, row: Row, place: int) -> Suggested:
    profile = pool.profiles[match.owner_id]
    missing = missing_houses({problem.agency_helix})
    return Suggested(
        slug=profile.slug,
        row=row,
        place=place,
        score=round(match.score * 1000),
        terms=matched_terms(match, profile),
        facts=facts(problem, profile),
        adds=profile.helix if profile.helix in missing else None,
        missing_sides=[house.value for house in missing if house != profile.helix],
        missing_needs=missing_needs(problem, profile),
    )
