"""The controlled vocabulary: topics a city asks for and terms of its glossary, by their names in two languages.

A topic found in a text is one term without language, so a Vietnamese problem finds an English profile.
No name is a single Vietnamese syllable: without diacritics it would stand for many words. The names stand in
vocabulary/, where a README says where they come from.
"""

import csv
from pathlib import Path

FOLDER = Path(__file__).parent / "vocabulary"


def _column(name: str) -> dict[str, str]:
    """By topic what stands under `name`, where anything does; names are parted by "; "."""
    found: dict[str, str] = {}
    for file in ("topics.tsv", "terms.tsv"):
        with (FOLDER / file).open(encoding="utf-8", newline="") as source:
            found.update((row["topic"], row[name]) for row in csv.DictReader(source, delimiter="\t") if row[name])
    return found


# Topic: its names, the one to show first.
VIETNAMESE = _column("vi")
ENGLISH = _column("en")
# Topic: its abbreviations; one with a vowel counts only as written ("AI" is a topic, "ai" is Vietnamese for "who").
ABBREVIATIONS = _column("abbreviations")


def names_of(topic: str) -> list[str]:
    """The names of a topic in both languages."""
    return [*_apart(VIETNAMESE[topic]), *_apart(ENGLISH[topic])]


def abbreviations_of(topic: str) -> list[str]:
    """The abbreviations of a topic, which may be none."""
    return _apart(ABBREVIATIONS.get(topic, ""))


def topic_label(topic: str, language: str) -> str:
    """The name of a topic to show in "vi" or "en"."""
    return _apart((VIETNAMESE if language == "vi" else ENGLISH)[topic])[0]


def _apart(names: str) -> list[str]:
    return [name for name in names.split("; ") if name]
