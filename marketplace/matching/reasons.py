"""Why an organisation fits a problem, as data that anybody can check on its public profile. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from typing import Any

from marketplace.matching.profiles import Need, Piece, Problem, Profile
from marketplace.relevance.explanation import Match
from marketplace.relevance.tokens import TOPIC_MARK, every_name, names_in, terms
from marketplace.relevance.weights import CHOSEN, Weights
from marketplace.text import fold, nfc

MOST_TERMS = 5
SMALLEST_WORD = 50  # a single word of a smaller share is noise
CONVINCING = 200
MOST_TOPICS = 3
# A capability is shown where a piece holds this share of the words and pairs of words that name it.
ENOUGH = 0.6
# Words that join others. Those without marks of their own stand only as they are written: "để" is none of "đê".
_VIETNAMESE = (
    "và của các cho trong là có những được với một khi đến từ theo như để tại về này đó ở ra đã sẽ không hoặc hay bằng "
    "trên dưới giữa do nên vì mà thì cần phải đang còn tới"
)
_ENGLISH = (
    "the a an and or of for in to on at by with from as is are be that this it its into their our we must not which "
    "these those there where while about after before between within without"
)
_JOINING = frozenset(f"{_VIETNAMESE} {_ENGLISH}".split())


def matched_terms(match: Match, profile: Profile, weights: Weights = CHOSEN) -> list[dict[str, Any]]:
    """The phrases that gave most of the score, as the profile spells them: at most MOST_TERMS in each language.

    A share is in thousandths of what the best pieces (at most SHOWN_ITEMS) gave together. Single syllables count for
    the score and are not shown, since they say nothing to a reader.
    """
    gains: dict[str, float] = {}
    said: dict[str, tuple[str, Piece]] = {}
    worth = [item.score**2 * weights.patience**at for at, item in enumerate(match.items)]
    for item, value in zip(match.items, worth, strict=True):
        for share in item.terms:
            if phrase := readable(share.term):
                key = _folded(phrase)
                gains[key] = gains.get(key, 0.0) + value * share.share / sum(worth)
                said.setdefault(key, (phrase, profile.pieces[int(item.item_id)]))
    ranked = sorted(gains, key=lambda key: (-gains[key], key))
    found = (
        _said(*said[key]) | {"share": round(gains[key] * 1000)} for key in ranked if _tells(said[key][0], gains[key])
    )
    return list(_first_of_each_language(found))


def convinces(term: dict[str, Any]) -> bool:
    """Whether this phrase alone is a reason to suggest somebody: a large share, and a long phrase or a topic."""
    names = names_in(term["term"])
    long = term["term"].count(" ") >= 2
    return term["share"] >= CONVINCING and (long or any(name[0] == TOPIC_MARK for name in names))


@lru_cache(maxsize=20_000)
def readable(phrase: str) -> str:
    """The phrase without joining words at its ends; "" unless two words are left, or one that can stand alone.

    An abbreviation can, and a longer word without marks, which is English: "AI", "hydrology", not "nước".
    """
    words = nfc(phrase).split()
    while words and words[0].casefold() in _JOINING:
        words.pop(0)
    while words and words[-1].casefold() in _JOINING:
        words.pop()
    if len(words) == 1 and not _stands_alone(words[0]):
        return ""
    return " ".join(words)


def facts(problem: Problem, profile: Profile, *, shown: Sequence[Need]) -> list[dict[str, Any]]:
    """What else speaks for the organisation, which has `shown` these needs: {"code", "values"}, the strongest first."""
    found: list[dict[str, Any]] = []
    if shown:
        found.append({"code": "capabilities", "values": [_spoken(need) for need in shown]})
    if topics := shared_topics(problem, profile):
        found.append({"code": "topics", "values": topics})
    if profile.award_count:
        found.append({"code": "awards", "values": [profile.award_count]})
    if profile.records:
        years = [piece.year for piece in profile.records if piece.year]
        found.append({"code": "records", "values": [len(profile.records), max(years, default=None)]})
    if profile.trl:
        found.append({"code": "readiness", "values": list(profile.trl)})
    if profile.stale_since:
        found.append({"code": "stale", "values": [profile.stale_since]})
    if profile.place:
        found.append({"code": "place", "values": [dict(zip(("vi", "en"), profile.place, strict=True))]})
    return found


def missing_needs(problem: Problem, *, shown: Sequence[Need]) -> list[dict[str, str]]:
    """The capabilities asked for but those that the profile has `shown`."""
    return [_spoken(need) for need in problem.needs if need not in shown]


def shown_needs(problem: Problem, profile: Profile) -> list[Need]:
    """The capabilities asked for that the profile shows.

    One piece names it in either language: most of its words and pairs, or their topics.
    """
    pieces = _names_shown(profile)
    return [
        need
        for need in problem.needs
        if any(_share_said(text, said) >= ENOUGH for said in pieces for text in (need.vi, need.en) if text)
    ]


def is_from_elsewhere(problem: Problem, profile: Profile) -> bool:
    """Whether nothing on the profile names what the problem's title is about: its topics, or without them its pairs."""
    named = names_in(problem.title)
    about = {name for name in named if name[0] == TOPIC_MARK} or {name for name in named if " " in name}
    return all(about.isdisjoint(said) for said in _names_shown(profile))


def shared_topics(problem: Problem, profile: Profile) -> list[str]:
    """Topics of the vocabulary found in the problem and the profile, the most often named in the problem first."""
    asked = _topics_by_count(problem)
    shown = set().union(*(names.intersection(asked) for names in _names_shown(profile)))
    shared = [topic for topic in asked if topic in shown]
    return [topic.removeprefix(TOPIC_MARK) for topic in shared[:MOST_TOPICS]]


@lru_cache(maxsize=32)
def _topics_by_count(problem: Problem) -> list[str]:
    """The topics that a problem names, the most often named first."""
    asked = Counter(name for text in _texts(problem) for name in every_name(text) if name[0] == TOPIC_MARK)
    return sorted(asked, key=lambda topic: (-asked[topic], topic))


def _share_said(text: str, said: Set[str]) -> float:
    """The share of the words and pairs of `text` that are among the terms `said`, or within a topic that is."""
    names, topics = _named_by(text)
    said_topics = [place for topic, places in topics for place in places if topic in said]
    known = [*map(said.__contains__, names)]
    for place in said_topics:
        known[place] = True
    return sum(known) / len(names) if names else 0.0


@lru_cache(maxsize=512)
def _named_by(text: str) -> tuple[list[str], list[tuple[str, list[int]]]]:
    """The words and pairs of a text, and its topics with the places of those that name each."""
    found = terms(text)
    plain = [term for term in found if term.name[0] != TOPIC_MARK]
    topics = [term for term in found if term.name[0] == TOPIC_MARK]
    return [term.name for term in plain], [
        (topic.name, [at for at, term in enumerate(plain) if topic.first <= term.first and term.last <= topic.last])
        for topic in topics
    ]


def _tells(phrase: str, gain: float) -> bool:
    return round(gain * 1000) >= (1 if " " in phrase else SMALLEST_WORD)


def _first_of_each_language(found: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    counts: Counter[str] = Counter()
    for term in found:
        counts[term["language"]] += 1
        if counts[term["language"]] <= MOST_TERMS:
            yield term


@lru_cache(maxsize=1_000)
def _names_shown(profile: Profile) -> list[frozenset[str]]:
    """Of each piece the names of its terms."""
    return [frozenset().union(*map(names_in, piece.texts)) for piece in profile.pieces]


_folded = lru_cache(maxsize=20_000)(fold)


def _texts(problem: Problem) -> list[str]:
    return [problem.title, problem.text, *problem.query.tags]


def _said(phrase: str, piece: Piece) -> dict[str, Any]:
    said = {"term": phrase, "language": piece.language_of(phrase), "kind": piece.kind}
    return said | {"title_vi": piece.title_vi, "title_en": piece.title_en, "year": piece.year}


def _spoken(need: Need) -> dict[str, str]:
    return {"vi": need.vi, "en": need.en}


def _stands_alone(word: str) -> bool:
    capitals = sum(letter.isupper() for letter in word)
    return capitals >= 2 or (len(word) >= 5 and word.isascii() and word.isalpha())
