"""What the search page shows. Entries are public by being there, so every reader finds the same."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import Row, or_, select

from marketplace.db import db
from marketplace.relevance.tokens import words
from marketplace.relevance.vectors import Embedder
from marketplace.search.blending import ranked
from marketplace.search.engines.chosen import chosen_engine
from marketplace.search.excerpts import Piece, marked, passage
from marketplace.search.finding import COUNTED, ENOUGH, FIELDS, Found, Hit, counted_by_facet, find, holds
from marketplace.search.meanings import loaded_model, meanings_now, near_entries
from marketplace.search.models import SearchEntry, SearchWord
from marketplace.search.plan import Plan, is_without_marks
from marketplace.search.spelling import nearest, reachable, without_telex, words_of_topics
from marketplace.search.syntax import Words, parse
from marketplace.text import nfc

_PROPOSED_FOR = 3
_SHOWN = [
    getattr(SearchEntry, name)
    for name in ("id", "kind", "slug", "title_vi", "title_en", "text_vi", "text_en", "field", "house", "closes_at")
]
_MOST_LOOKED_AT = 5_000


@dataclass(frozen=True)
class Result:
    """One entry as the page shows it; `language` is that of its title and passage."""

    kind: str
    slug: str
    title: list[Piece]
    passage: list[Piece]
    language: str
    field: str | None
    house: str | None
    closes_at: datetime | None
    has_all: bool
    is_near: bool


def search(text: str, facts: Mapping[str, str]) -> Found:
    """Everything that answers a text, best first; its facets are counted as if nothing had narrowed it down.

    Where the extra is installed also by its meaning: what a few words do not find, and not without their marks.
    """
    found = by_words(text, facts)
    embedder = loaded_model()
    return _with_meaning(found, text, facts, embedder) if embedder is not None else found


def by_words(text: str, facts: Mapping[str, str]) -> Found:
    """The same by its words alone."""
    found = find(db.session.connection(), chosen_engine(), text, facts=facts, counted=True)
    return replace(found, facets=counted_by_facet(db.session.execute(COUNTED))) if found.says_nothing else found


def results(found: Found, text: str, *, begin: int, end: int, language: str) -> list[Result]:
    """The hits from `begin` up to `end` with their passages, in the reader's language where they have it."""
    shown = found.hits[begin:end]
    asked = select(*_SHOWN).where(SearchEntry.id.in_([hit.number for hit in shown]))
    entries = {entry.id: entry for entry in db.session.execute(asked)}
    wanted = {want.term for want in Plan(parse(text, fields=FIELDS)).wanted if not want.is_exact}
    return [_result(hit, entries[hit.number], wanted, language=language) for hit in shown if hit.number in entries]


def _with_meaning(found: Found, text: str, facts: Mapping[str, str], embedder: Embedder) -> Found:
    """What words found, in the order of words and meaning; of plain words also what is near and holds none of them."""
    tree = parse(text, fields=FIELDS)
    with_all, is_plain = sum(hit.has_all for hit in found.hits), isinstance(tree, Words)
    is_answered = found.is_short and (with_all >= ENOUGH or (not is_plain and with_all == len(found.hits)))
    if is_answered or is_without_marks(text):
        return found
    asked = embedder.query(Plan(tree).meant(text))
    nearness = meanings_now(len(asked)).nearness(asked)
    near = near_entries(nearness, set(found.among)) if is_plain else []
    wanted = {name: value for name, value in facts.items() if value}
    fitting = [number for number, *said in near if holds(said, wanted)]
    more = counted_by_facet((*said, 1) for _number, *said in near)
    facets = {name: Counter(counts) + more[name] for name, counts in found.facets.items()}
    return replace(found, hits=ranked(found, nearness, fitting), facets=facets)


def slugs_with_all(text: str, kind: str) -> Sequence[str]:
    """The slugs of things of a kind that hold all the words, at most finding.MOST."""
    found = find(db.session.connection(), chosen_engine(), text, facts={"kind": kind})
    numbers = [hit.number for hit in found.hits if hit.has_all]
    return db.session.scalars(select(SearchEntry.slug).where(SearchEntry.id.in_(numbers))).all()


def is_empty() -> bool:
    """Whether nothing was indexed yet, as on a site that is older than search."""
    return db.session.scalar(select(SearchEntry.id).limit(1)) is None


def proposal(text: str, unknown: Sequence[str]) -> str | None:
    """The text with words that nothing holds put right, where known words are near and together lead somewhere.

    None where there is nothing to propose: "senior" is near to "sensor", and seldom meant by it.
    """
    spelled = {term: other for term in unknown[:_PROPOSED_FOR] if (other := _near(term))}
    said = [(_term(word), word) for word in text.split()]
    lost = {*unknown} - spelled.keys()
    known = [spelled.get(term, word) for term, word in said if term not in lost]
    if spelled.keys().isdisjoint(term for term, _ in said) or (entry := _holding(" ".join(known))) is None:
        return None
    spelling = _spelling_in(entry, [_term(word) for word in known])
    right = {term: spelling.get(_term(other), other) for term, other in spelled.items()}
    return " ".join(right.get(term, word) for term, word in said)


def _holding(text: str) -> str | None:
    """All that an entry says which holds all the words, one after the other if there is such a one."""
    plan, connection = Plan(parse(text, fields=FIELDS)), db.session.connection()
    for asked in (*reversed(plan.closest), *([plan.strict] if plan.strict is not None else [])):
        if found := chosen_engine().find(connection, asked, limit=1):
            said = select(SearchEntry.title_vi, SearchEntry.text_vi, SearchEntry.title_en, SearchEntry.text_en)
            row = db.session.execute(said.where(SearchEntry.id == found[0])).first()
            return "\n\n".join(filter(None, row)) if row else ""
    return None


def _spelling_in(text: str, terms: Sequence[str]) -> dict[str, str]:
    """How a text spells each of the terms, where it can beside its neighbour: folded, "mới" and "môi" are one term."""
    found = words(nfc(text))
    neighbours = {*pairwise(terms)}
    pairs = (both for both in pairwise(found) if (both[0].term, both[1].term) in neighbours)
    together = {word.term: word.surface.casefold() for both in pairs for word in both}
    return {word.term: word.surface.casefold() for word in found if word.term in terms} | together


def _result(hit: Hit, entry: Row[Any], wanted: set[str], *, language: str) -> Result:
    other = "en" if language == "vi" else "vi"
    own = language if getattr(entry, f"title_{language}") else other
    title, text = getattr(entry, f"title_{own}") or "", getattr(entry, f"text_{own}")
    return Result(
        kind=entry.kind,
        slug=entry.slug,
        title=marked(title, wanted),
        passage=passage(text, wanted),
        language=own,
        field=entry.field,
        house=entry.house,
        closes_at=entry.closes_at,
        has_all=hit.has_all,
        is_near=hit.is_near,
    )


def _term(text: str) -> str:
    found = words(nfc(text))
    return found[0].term if len(found) == 1 else ""


def _near(term: str) -> str | None:
    """The spelling of a known word near a folded term that nothing holds."""
    keyed, names = without_telex(term), words_of_topics()
    close = or_(
        SearchWord.term == keyed,
        SearchWord.term.startswith(term[:2], autoescape=True),
        SearchWord.ending == term[-2:],
    )
    written = select(SearchWord.term, SearchWord.spelling).where(close).order_by(SearchWord.term).limit(_MOST_LOOKED_AT)
    known = {row.term: row.spelling for row in db.session.execute(written)}
    away = reachable(term, {*known, *names})
    # A topic that entries name otherwise, or in the other language, is found by its own words too.
    topics = {word: names[word].topic for word in (keyed, *away) if word in names}
    held = chosen_engine().frequencies(db.session.connection(), {keyed, *away, *topics.values()})
    counts = {word: held.get(word) or held.get(topics.get(word, ""), 0) for word in (keyed, *away)}
    found = keyed if counts[keyed] and keyed != term else nearest(away, counts)
    if found is None:
        return None
    return known.get(found) or (names[found].spelling if found in names else found)
