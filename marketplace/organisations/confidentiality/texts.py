"""The texts that people undertake, by version: one that was used is never changed, a new one gets a version. Pure."""

from functools import cache
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).parent / "texts"
CURRENT = "2026-11"


@cache
def text_of(version: str, language: str) -> str:
    """The words of a version in "vi" or "en"."""
    return (FOLDER / f"{version}.{language}.txt").read_text(encoding="utf-8").strip()


@cache
def hash_of(version: str) -> str:
    """SHA-256 over both languages of a version, so that nobody can exchange the words later."""
    return sha256("\n\f\n".join(text_of(version, language) for language in ("vi", "en")).encode()).hexdigest()
