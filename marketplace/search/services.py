"""Putting things into search and taking them out; a package's own listener does it in the transaction of the deed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from marketplace import clock
from marketplace.db import db, is_sqlite
from marketplace.jobs import enqueue, job
from marketplace.relevance.tokens import words
from marketplace.search.engines.chosen import chosen_engine
from marketplace.search.engines.whoosh import WhooshEngine
from marketplace.search.models import SearchEntry, SearchWord
from marketplace.search.reading import read_later
from marketplace.search.terms import LONGEST_TERM, Said, index
from marketplace.text import nfc


@dataclass(frozen=True)
class Thing:
    """A public thing in both languages: what it is, its address, what it says to everybody, and facts about it."""

    kind: str
    slug: str
    title_vi: str | None = None
    title_en: str | None = None
    text_vi: str = ""
    text_en: str = ""
    tags: tuple[str, ...] = ()
    field: str | None = None
    house: str | None = None
    closes_at: datetime | None = None


_sources: dict[str, Callable[[], Iterable[Thing]]] = {}


def source(kind: str) -> Callable[[Callable[[], Iterable[Thing]]], Callable[[], Iterable[Thing]]]:
    """Register the function that tells all public things of a kind, so that the index can be made anew."""

    def register(things: Callable[[], Iterable[Thing]]) -> Callable[[], Iterable[Thing]]:
        _sources[kind] = things
        return things

    return register


def put(thing: Thing) -> None:
    """Let everybody find the thing as it is now. It must be public: search knows no rights, only what is there."""
    entry = _entry(thing.kind, thing.slug) or SearchEntry(kind=thing.kind, slug=thing.slug)
    for name, value in columns(thing).items():
        if getattr(entry, name) != value:
            setattr(entry, name, value)
    db.session.add(entry)
    db.session.flush()
    _learn_words(thing)
    _tell_whoosh(entry.id)
    read_later([entry.id])


def put_all(things: Sequence[Thing]) -> None:
    """The same for many things of one kind at once."""
    if not things:
        return
    slugs = [thing.slug for thing in things]
    here = select(SearchEntry).where(SearchEntry.kind == things[0].kind, SearchEntry.slug.in_(slugs))
    known = {entry.slug: entry for entry in db.session.scalars(here)}
    entries = []
    for thing in things:
        entry = known.get(thing.slug) or SearchEntry(kind=thing.kind, slug=thing.slug)
        for name, value in columns(thing).items():
            if getattr(entry, name) != value:
                setattr(entry, name, value)
        entries.append(entry)
    db.session.add_all(entries)
    db.session.flush()
    _learn_words(*things)
    for entry in entries:
        _tell_whoosh(entry.id)
    read_later([entry.id for entry in entries])


def drop_all(kind: str, slugs: Sequence[str]) -> None:
    """Let nobody find these things any more."""
    for entry in db.session.scalars(select(SearchEntry).where(SearchEntry.kind == kind, SearchEntry.slug.in_(slugs))):
        _tell_whoosh(entry.id)
        db.session.delete(entry)
    db.session.flush()


def drop(kind: str, slug: str) -> None:
    """Let nobody find the thing any more."""
    entry = _entry(kind, slug)
    if entry is not None:
        _tell_whoosh(entry.id)
        db.session.delete(entry)
        db.session.flush()


def rebuild() -> dict[str, int]:
    """Make the index anew from what every package says is public; answers how many things of each kind."""
    db.session.execute(delete(SearchEntry))
    counts = {}
    for kind, things in sorted(_sources.items()):
        counts[kind] = 0
        for thing in things():
            put(thing)
            counts[kind] += 1
    return counts


def columns(thing: Thing) -> dict[str, Any]:
    """The columns of a thing's entry, beside its id."""
    facts = {"kind": thing.kind, "field": thing.field or "", "house": thing.house or ""}
    title = "\n. ".join(text for text in (thing.title_vi, thing.title_en) if text)
    body = "\n. ".join(text for text in (thing.text_vi, thing.text_en) if text)
    said = index(Said(title, thing.tags, body, {name: value for name, value in facts.items() if value}))
    return {
        "title_vi": thing.title_vi,
        "title_en": thing.title_en,
        "text_vi": thing.text_vi,
        "text_en": thing.text_en,
        "field": thing.field,
        "house": thing.house,
        "closes_at": thing.closes_at,
        "terms": " ".join(sorted(said.terms)),
        "folded": said.folded,
        "exact": said.exact,
        "title_length": said.lengths[0],
        "tags_length": said.lengths[1],
        "body_length": said.lengths[2],
        "changed_at": clock.now(),
    }


def _entry(kind: str, slug: str) -> SearchEntry | None:
    return db.session.scalar(select(SearchEntry).where(SearchEntry.kind == kind, SearchEntry.slug == slug))


def _learn_words(*things: Thing) -> None:
    said = ((thing.title_vi, thing.title_en, *thing.tags, thing.text_vi, thing.text_en) for thing in things)
    texts = [text for each in said for text in each]
    learn_words(db.session.connection(), (text for text in texts if text), on_sqlite=is_sqlite())


def learn_words(connection: Connection, texts: Iterable[str], *, on_sqlite: bool) -> None:
    """Keep how words are spelled, to propose them for mistyped ones. In one order, so that writers never cross."""
    spelled: dict[str, str] = {}
    for text in texts:
        for word in words(nfc(text)):
            if 3 <= len(word.term) <= LONGEST_TERM and word.term.isalpha():
                spelled.setdefault(word.term, word.surface.casefold())
    insert = sqlite.insert if on_sqlite else postgresql.insert
    rows = [
        {"term": term, "spelling": spelling[:LONGEST_TERM], "ending": term[-2:]}
        for term, spelling in sorted(spelled.items())
    ]
    if rows:  # one short statement for all: a long one with every value takes longer to write than to run
        connection.execute(insert(SearchWord).on_conflict_do_nothing(), rows)


def _tell_whoosh(entry_id: int) -> None:
    """Whoosh cannot join the transaction, so the worker writes what it should hold."""
    if isinstance(chosen_engine(), WhooshEngine):
        enqueue("write_whoosh", key=f"{entry_id}-{clock.now().timestamp()}", entry_id=entry_id)


@job("write_whoosh")
def write_whoosh(entry_id: int) -> None:
    """Bring one entry of the Whoosh index to what the database says."""
    engine = chosen_engine()
    if isinstance(engine, WhooshEngine):
        terms = db.session.scalar(select(SearchEntry.terms).where(SearchEntry.id == entry_id))
        engine.write([(entry_id, terms or "")])
