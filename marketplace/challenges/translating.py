"""How far the translation of each bilingual field can be trusted. Pure: what people said, and whether the original
text changed since; one language is the original and binds."""

import enum
from hashlib import sha256

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


def original_of(challenge: Challenge, name: str) -> str:
    """The text that binds; empty where there is none."""
    return getattr(challenge, f"{name}_{challenge.original_language}") or ""


def translation_of(challenge: Challenge, name: str) -> str:
    """The translated text; empty where there is none."""
    return getattr(challenge, f"{name}_{other_language(challenge)}") or ""


def hash_of(text: str) -> str:
    """What a text is recognised by: SHA-256 of it in UTF-8."""
    return sha256(text.encode()).hexdigest()


def states(challenge: Challenge) -> dict[str, TranslationState]:
    """The state of each bilingual field that has an original, in the order of the form."""
    said = {each.name: each for each in challenge.translations}
    found = {}
    for name in PAIRS:
        original = original_of(challenge, name)
        if original:
            last = said.get(name)
            word = (last.word, last.source_hash) if last else None
            found[name] = _state(original, bool(translation_of(challenge, name)), word)
    return found


def _state(original: str, is_translated: bool, word: tuple[TranslationWord, str] | None) -> TranslationState:
    if not is_translated:
        return TranslationState.MISSING
    if word is None:
        return TranslationState.UNCHECKED
    if word[1] != hash_of(original):
        return TranslationState.STALE
    return TranslationState.MACHINE if word[0] == TranslationWord.MACHINE else TranslationState.APPROVED
