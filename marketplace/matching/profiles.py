"""Problems and public profiles as values, and all profiles together ready to be asked. Pure."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from marketplace.organisations.stages import Helix
from marketplace.relevance.answers import Query
from marketplace.text import nfc


@dataclass(frozen=True)
class Need:
    """A capability that a problem asks for, in both languages."""

    vi: str = ""
    en: str = ""


@dataclass(frozen=True)
class Problem:
    """What a challenge asks for publicly, both languages together, and who asks."""

    agency_slug: str
    agency_helix: Helix
    title: str
    needs: tuple[Need, ...]
    text: str

    @property
    def query(self) -> Query:
        """The title counts three times, capabilities twice, the rest once (relevance.bm25.FIELD_WEIGHTS)."""
        needs = [text for need in self.needs for text in (need.vi, need.en) if text]
        return Query(title=self.title, tags=needs, body=self.text)


@dataclass(frozen=True)
class Piece:
    """One thing on a public profile: "summary", "capabilities", or "record", a line of what was done."""

    kind: str
    title_vi: str = ""
    title_en: str = ""
    tags_vi: tuple[str, ...] = ()
    tags_en: tuple[str, ...] = ()
    text_vi: str = ""
    text_en: str = ""
    year: int | None = None

    @property
    def texts(self) -> list[str]:
        """Each text by itself."""
        return [*self._texts_vi, *self._texts_en]

    @property
    def _texts_vi(self) -> list[str]:
        return [text for text in (self.title_vi, *self.tags_vi, self.text_vi) if text]

    @property
    def _texts_en(self) -> list[str]:
        return [text for text in (self.title_en, *self.tags_en, self.text_en) if text]

    def language_of(self, phrase: str) -> str:
        """The language in which the piece says this phrase, "vi" or "en"; "" where in both, or nowhere."""
        said = [
            language
            for language, texts in (("vi", self._texts_vi), ("en", self._texts_en))
            if any(phrase in text or phrase in " ".join(nfc(text).split()) for text in texts)
        ]
        return said[0] if len(said) == 1 else ""


@dataclass(frozen=True)
class Profile:
    """What an organisation shows to everyone; `place` is Vietnamese and English, `award_count` published awards.

    `group` is alike for bodies of one owner: branches carry the first ten digits of their head's tax code.
    """

    slug: str
    helix: Helix
    pieces: tuple[Piece, ...]
    trl: tuple[int, int] | None = None
    place: tuple[str, str] | None = None
    award_count: int = 0
    # the day of the last confirmation where that is more than a year ago, as the profile shows it: 31/12/2025
    stale_since: str | None = None
    group: str = ""

    @property
    def records(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind == "record"]

    @property
    def is_newcomer(self) -> bool:
        return len(self.records) <= 1


def joined(*texts: str | None) -> str:
    """Texts one after the other with a pause between, so that no phrase reaches from one into the next."""
    return "\n. ".join(text for text in texts if text)


def fingerprint(value: Any) -> str:
    """SHA-256 of a value in one way of writing it as JSON."""
    return sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
