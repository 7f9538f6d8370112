"""Why an organisation fits a problem, as data that anybody can check on its public profile. Pure."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from marketplace.matching.profiles import Need, Piece, Problem, Profile
from marketplace.relevance.explanation import Match
from marketplace.relevance.index import PATIENCE
from marketplace.relevance.tokens import TOPIC_MARK, terms
from marketplace.text import fold, nfc

MOST_TERMS = 5
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


def matched_terms(match: Match, profile: Profile) -> list[dict[str, Any]]:
    """The phrases that gave most of the score, each as the profile spells it, with its share in thousandths.

    The shares are of what the best pieces (at most SHOWN_ITEMS) gave together; single syllables count for the score
    and are not shown, since they say nothing to a reader.
    """
    gains: dict[str, float] = {}
    shown: dict[str, dict[str, Any]] = {}
    worth = [item.score * PATIENCE**at for at, item in enumerate(match.items)]
    for item, value in zip(match.items, worth, strict=True):
        for share in item.terms:
            phrase = readable(share.term)
            if phrase:
                key = fold(phrase)
                gains[key] = gains.get(key, 0.0) + value * share.share / sum(worth)
                shown.setdefault(key, {"term": phrase} | _source(profile.pieces[int(item.item_id)]))
    best = sorted(gains, key=lambda key: (-gains[key], key))[:MOST_TERMS]
    return [shown[key] | {"share": max(1, round(gains[key] * 1000))} for key in best]


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


def facts(problem: Problem, profile: Profile) -> list[dict[str, Any]]:
    """What else speaks for the organisation: {"code", "values"}, the strongest first."""
    found: list[dict[str, Any]] = []
    covered = [_spoken(need) for need in problem.needs if shows(profile, need)]
    if covered:
        found.append({"code": "capabilities", "values": covered})
    if topics := shared_topics(problem, profile):
        found.append({"code": "topics", "values": topics})
    if profile.award_count:
        found.append({"code": "awards", "values": [profile.award_count]})
    if profile.records:
        years = [piece.year for piece in profile.records if piece.year]
        found.append({"code": "records", "values": [len(profile.records), max(years, default=None)]})
    if profile.trl:
        found.append({"code": "readiness", "values": list(profile.trl)})
    if profile.place:
        found.append({"code": "place", "values": [dict(zip(("vi", "en"), profile.place, strict=True))]})
    return found


def missing_needs(problem: Problem, profile: Profile) -> list[dict[str, str]]:
    """The capabilities asked for that nothing on the profile shows."""
    return [_spoken(need) for need in problem.needs if not shows(profile, need)]


def shows(profile: Profile, need: Need) -> bool:
    """Whether one piece names the capability, in either language or by its topic."""
    named = [names for text in (need.vi, need.en) if (names := _names(text))]
    return any(_names_it(_piece_names(piece), names) for piece in profile.pieces for names in named)


def shared_topics(problem: Problem, profile: Profile) -> list[str]:
    """Topics of the vocabulary found in the problem and the profile, the most often named in the problem first."""
    asked = Counter(name for text in _texts(problem) for name in _names(text, once=False) if name[0] == TOPIC_MARK)
    shown = set().union(*(_piece_names(piece) for piece in profile.pieces))
    shared = sorted(asked.keys() & shown, key=lambda topic: (-asked[topic], topic))
    return [topic.removeprefix(TOPIC_MARK) for topic in shared[:MOST_TOPICS]]


def _names_it(shown: set[str], asked: Iterable[str]) -> bool:
    plain = [name for name in asked if name[0] != TOPIC_MARK]
    topics = [name for name in asked if name[0] == TOPIC_MARK]
    return any(topic in shown for topic in topics) or sum(name in shown for name in plain) >= ENOUGH * len(plain)


def _names(text: str, *, once: bool = True) -> list[str]:
    names = [term.name for term in terms(text)]
    return list(dict.fromkeys(names)) if once else names


def _piece_names(piece: Piece) -> set[str]:
    return {name for text in (piece.title, *piece.tags, piece.text) for name in _names(text)}


def _texts(problem: Problem) -> list[str]:
    return [problem.title, problem.text, *problem.query.tags]


def _source(piece: Piece) -> dict[str, Any]:
    return {"kind": piece.kind, "title_vi": piece.title_vi, "title_en": piece.title_en, "year": piece.year}


def _spoken(need: Need) -> dict[str, str]:
    return {"vi": need.vi, "en": need.en}


def _stands_alone(word: str) -> bool:
    capitals = sum(letter.isupper() for letter in word)
    return capitals >= 2 or (len(word) >= 5 and word.isascii() and word.isalpha())
