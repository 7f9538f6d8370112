"""Which other problems an entry may answer, so that work which did not win here is not lost. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.matching.profiles import Problem
from marketplace.matching.reasons import readable
from marketplace.relevance.answers import Query
from marketplace.relevance.explanation import Match
from marketplace.relevance.index import Evidence, Index
from marketplace.text import fold

MOST_PHRASES = 4
# Two phrases in common may be chance; so many, or one of three words, are a reason to look.
ENOUGH_PHRASES = 3
TELLING_WORDS = 3


@dataclass(frozen=True)
class Fit:
    """A problem by its place in the list that was asked, and the phrases of it that the entry shares."""

    place: int
    phrases: tuple[str, ...]


def fitting(entry: Query, problems: Sequence[Problem], *, most: int) -> list[Fit]:
    """At most `most` of the problems, the nearest first; only those with phrases worth showing as the reason."""
    index = Index.build(_as_evidence(place, problem) for place, problem in enumerate(problems))
    found = ((match.owner_id, _phrases(match)) for match in index.rank(entry, limit=len(problems)))
    return [Fit(place, phrases[:MOST_PHRASES]) for place, phrases in found if _is_a_reason(phrases)][:most]


def _as_evidence(place: int, problem: Problem) -> Evidence:
    asked = problem.query
    return Evidence(place, "problem", title=asked.title, tags=asked.tags, body=asked.body)


def _phrases(match: Match) -> tuple[str, ...]:
    said: dict[str, str] = {}
    for share in match.items[0].terms:
        if phrase := readable(share.term):
            said.setdefault(fold(phrase), phrase)
    return tuple(said.values())


def _is_a_reason(phrases: Sequence[str]) -> bool:
    together = [phrase for phrase in phrases if " " in phrase]
    return len(together) >= ENOUGH_PHRASES or any(len(phrase.split()) >= TELLING_WORDS for phrase in together)
