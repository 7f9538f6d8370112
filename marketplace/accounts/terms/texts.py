"""The texts that people agree to, by version: one that was used is never changed, a new one gets a version. Pure."""

from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).parent / "texts"
# Document -> its versions, the newest last, with the day from which each holds
VERSIONS = {
    "terms": {"2026-11": date(2026, 11, 1)},
    "privacy": {"2026-11": date(2026, 11, 1)},
}


def current(document: str) -> str:
    """The newest version of "terms" or "privacy"."""
    return list(VERSIONS[document])[-1]


@cache
def text_of(document: str, version: str, language: str) -> str:
    """The words of a version in "vi" or "en"."""
    return (FOLDER / f"{document}-{version}.{language}.txt").read_text(encoding="utf-8").strip()


@cache
def hash_of(document: str, version: str) -> str:
    """SHA-256 over both languages of a version, so that nobody can exchange the words later."""
    both = (text_of(document, version, language) for language in ("vi", "en"))
    return sha256("\n\f\n".join(both).encode()).hexdigest()
