"""Fails unless both catalogues say exactly what code and templates ask for, completely, with the same places.

A Vietnamese text equal to the English one fails too, but for the list in same_in_both_languages.txt.
"""

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from catalogues import LANGUAGES, extract, forms, is_complete, path_of, read, shipped_template, texts

SAME_IN_BOTH = Path(__file__).parent / "same_in_both_languages.txt"
# Catalogues of packages that ship without Vietnamese: they are ours.
SHIPPED_DOMAINS = ("flask_security", "wtforms")

# More than this is a catalogue nobody updated; its size says enough.
SHOWN = 40

# %(name), %s, {name} and tags: what a translation must repeat, each as often.
PLACES = re.compile(r"%\(\w+\)|%[sd]|\{\w*\}|</?[a-z]+")
# A named place that Python can fill; with another letter or none, showing the text would fail.
FILLABLE = re.compile(r"%\(\w+\)[-+0#]*[\d.]*[sdfr]")


def main() -> int:
    """Print every fault; returns 1 if there is one."""
    template = extract()
    same = read_same_list()
    faults: list[str] = []
    for language in LANGUAGES:
        faults += faults_of(f"{language}/messages", read(path_of(language), language), template, same)
    known = texts_of(template)
    for domain in SHIPPED_DOMAINS:
        shipped = shipped_template(domain)
        known |= texts_of(shipped)
        faults += faults_of(f"vi/{domain}", read(path_of("vi", domain), "vi"), shipped, same)
    faults += [f"{SAME_IN_BOTH.name}: nobody says {text!r} any more" for text in sorted(same - known)]
    for fault in faults[:SHOWN]:
        print(fault)
    if faults:
        print(f"{len(faults)} faults in translations (make translations brings the catalogues up to date)")
    return 1 if faults else 0


def texts_of(catalogue: Catalog) -> set[str]:
    """Every msgid of a catalogue, singular and plural."""
    return {text for message in texts(catalogue) for text in forms(message.id)}


def read_same_list() -> set[str]:
    """The msgids that are the same word in Vietnamese."""
    lines = SAME_IN_BOTH.read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def faults_of(name: str, catalogue: Catalog, template: Catalog, same: set[str]) -> Iterator[str]:
    """What is wrong with one catalogue, a line each."""
    wanted = {(message.context, message.id) for message in texts(template)}
    present = {(message.context, message.id): message for message in texts(catalogue)}
    for key in sorted(wanted - present.keys(), key=str):
        yield f"{name}: missing {forms(key[1])[0]!r}"
    for key in sorted(present.keys() - wanted, key=str):
        yield f"{name}: stale {forms(key[1])[0]!r}"
    for text in catalogue.obsolete:
        yield f"{name}: stale {text!r}"
    for key, message in present.items():
        if key in wanted:
            for fault in faults_of_message(message, name.startswith("vi/"), same):
                yield f"{name}: {fault} {forms(message.id)[0]!r}"


def faults_of_message(message: Message, is_vietnamese: bool, same: set[str]) -> Iterator[str]:
    """What is wrong with one text: fuzzy, empty, other places than the msgid, or not translated."""
    original, translated = forms(message.id), forms(message.string)
    if message.fuzzy:
        yield "fuzzy"
    if not is_complete(message):
        yield "empty"
        return
    # A singular may leave its number out ("One solution"); the last form may not.
    if places(translated[-1]) != places(original[-1]) or places(translated[0]) - places(original[-1]):
        yield "other places than in"
    if any(is_unfillable(text, original[-1]) for text in translated):
        yield "a place that cannot be filled in the translation of"
    if any(not unicodedata.is_normalized("NFC", text) for text in translated):
        yield "not in NFC:"
    if is_vietnamese and set(translated) & set(original) - same:
        yield "not translated:"


def places(text: str) -> Counter[str]:
    """The placeholders and tags of a text, with how often each stands there."""
    return Counter(PLACES.findall(text.replace("%%", "")))


def is_unfillable(translated: str, original: str) -> bool:
    """Whether a named place lacks its letter, or has another one than the msgid and not `s`, which takes all."""
    fillable = FILLABLE.findall(translated)
    changed = set(fillable) - set(FILLABLE.findall(original))
    return len(fillable) != translated.count("%(") or not all(place.endswith("s") for place in changed)


if __name__ == "__main__":
    sys.exit(main())
