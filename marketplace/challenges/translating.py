"""How far the translation of each bilingual field can be trusted. Pure: what people said, and whether the original
text changed since; one language is the original and binds. What a challenge has several of counts as one field."""

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import TranslationWord

PAIRS = (
    "title",
    "summary",
    "description",
    "users",
    "current_cost",
    "prior_work",
    "data",
    "partners",
    "adoption",
    "adoption_owner",
    "pilot_site",
)
# lists of texts with keys vi and en
LISTS = ("outcomes", "essentials", "nice_to_haves", "capabilities", "policies")
# rows, by the names of their bilingual columns
ROWS = {
    "measures": ("name", "unit"),
    "prizes": ("name", "reward"),
    "periods": ("name", "judged"),
    "criteria": ("name", "description"),
}
NAMES = (*PAIRS, *LISTS, *ROWS)


@dataclass(frozen=True)
class Beside:
    """A bilingual field that a sub-package keeps beside the challenge: what it is called, its texts by language."""

    title: dict[str, str]
    texts: list[dict[str, str]]


# Each tells all such fields of a challenge by a name that no other has, as a Translation keeps it.
_beside: list[Callable[[Challenge], dict[str, Beside]]] = []


def keeps_texts(tell: Callable[[Challenge], dict[str, Beside]]) -> Callable[[Challenge], dict[str, Beside]]:
    """Register who tells further bilingual fields of a challenge; they have a state like its own."""
    _beside.append(tell)
    return tell


def beside(challenge: Challenge) -> dict[str, Beside]:
    """The bilingual fields that sub-packages keep, in order; none of a challenge that is no row yet."""
    if getattr(challenge, "id", None) is None:
        return {}
    return {name: field for tell in _beside for name, field in tell(challenge).items()}


class TranslationState(enum.StrEnum):
    """STALE: the original was changed after somebody spoke of the translation. UNCHECKED: nobody ever did."""

    MISSING = "missing"
    UNCHECKED = "unchecked"
    MACHINE = "machine"
    APPROVED = "approved"
    STALE = "stale"


def other_language(challenge: Challenge) -> str:
    """The language of the translation."""
    return "en" if challenge.original_language == "vi" else "vi"


@dataclass(frozen=True)
class Bilingual:
    """The text that binds, one line for each of several, and its translation; empty where it lacks one of several."""

    original: str
    translated: str


def bilingual_of(challenge: Challenge) -> dict[str, Bilingual]:
    """Every bilingual field, in the order of the form; those beside the challenge last."""
    languages = (challenge.original_language, other_language(challenge))
    texts = {name: list(_texts(challenge, name)) for name in NAMES}
    texts |= {name: [_both(text, *languages) for text in field.texts] for name, field in beside(challenge).items()}
    return {name: _whole(pairs) for name, pairs in texts.items()}


def _whole(pairs: list[tuple[str, str]]) -> Bilingual:
    said = [(original, translated) for original, translated in pairs if original]
    translated = [text for _original, text in said]
    return Bilingual("\n".join(text for text, _translated in said), "\n".join(translated) if all(translated) else "")


def translations_of(challenge: Challenge) -> dict[str, str]:
    """The translated text of each bilingual field."""
    return {name: field.translated for name, field in bilingual_of(challenge).items()}


def _texts(challenge: Challenge, name: str) -> Iterable[tuple[str, str]]:
    """Each original text of this field with its translation."""
    languages = (challenge.original_language, other_language(challenge))
    if name in LISTS:
        return [_both(line, *languages) for line in getattr(challenge, name) or []]
    if name in ROWS:
        rows = getattr(challenge, name)
        return [_both(_pair(row, column), *languages) for row in rows for column in ROWS[name]]
    return [_both(_pair(challenge, name), *languages)]


def _pair(thing: Any, column: str) -> dict[str, str]:
    return {language: getattr(thing, f"{column}_{language}") or "" for language in ("vi", "en")}


def _both(text: dict[str, str], original: str, other: str) -> tuple[str, str]:
    return text.get(original) or "", text.get(other) or ""


def hash_of(text: str) -> str:
    """What a text is recognised by: SHA-256 of it in UTF-8."""
    return sha256(text.encode()).hexdigest()


def states(challenge: Challenge) -> dict[str, TranslationState]:
    """The state of each bilingual field that has an original, in the order of the form."""
    said = {each.name: each for each in challenge.translations}
    found = {}
    for name, field in bilingual_of(challenge).items():
        if field.original:
            last = said.get(name)
            word = (last.word, last.source_hash) if last else None
            found[name] = _state(field.original, bool(field.translated), word)
    return found


def _state(original: str, is_translated: bool, word: tuple[TranslationWord, str] | None) -> TranslationState:
    if not is_translated:
        return TranslationState.MISSING
    if word is None:
        return TranslationState.UNCHECKED
    if word[1] != hash_of(original):
        return TranslationState.STALE
    return TranslationState.MACHINE if word[0] == TranslationWord.MACHINE else TranslationState.APPROVED
