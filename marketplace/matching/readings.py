"""Which texts of profiles and problems have sentence vectors, and how each is read."""

from collections.abc import Iterable

from marketplace.matching.partners import questions
from marketplace.matching.pool import evidence_of
from marketplace.matching.profiles import Problem, Profile
from marketplace.meaning.services import FOUND, LOOKING, Reading
from marketplace.relevance import vectors


def readings_of_profiles(profiles: Iterable[Profile]) -> list[Reading]:
    """How each text of these profiles is read, without repetition."""
    texts = (vectors.joined(piece.text) for profile in profiles for piece in evidence_of(profile))
    return list(dict.fromkeys((FOUND, vectors.shortened(text)) for text in texts))


def readings_of_problems(problems: Iterable[Problem]) -> list[Reading]:
    """The same of what these problems ask."""
    asked = (vectors.joined(query.text) for problem in problems for query in questions(problem))
    return list(dict.fromkeys((LOOKING, vectors.shortened(text)) for text in asked))
