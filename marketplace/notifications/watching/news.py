"""What is new for a person since the last digest: found, closing, changed, confirmed, suggested."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.accounts.models import Person
from marketplace.challenges.amending.queries import amendments_of
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Stage
from marketplace.db import db, language_text
from marketplace.matching.models import Suggestion
from marketplace.notifications.watching.models import SavedItem, SavedSearch
from marketplace.notifications.watching.queries import items_of, searches_of, told_keys
from marketplace.organisations.queries import organisations_of
from marketplace.organisations.stages import Role
from marketplace.search.models import SearchEntry
from marketplace.search.queries import by_words
from marketplace.text import format_day

SECTIONS = ("found", "closing", "changed", "profile", "suggested")
# Days before its closing on which a kept challenge is named once each.
CLOSING_DAYS = (1, 7)
MOST_FOUND = 200
MOST_LINES = 30


@dataclass(frozen=True)
class News:
    """One line: `key` names it for ever, `endpoint` and `slug` where it is read, `because` of what it is told."""

    key: str
    section: str
    title: str
    endpoint: str
    slug: str
    because: str = ""


def news_for(person: Person, *, at: datetime) -> list[News]:
    """What the person was not told of yet, at most MOST_LINES; the rest follows in the next digest."""
    told, found = told_keys(person), []
    for each in (*_of_searches(person), *_of_items(person, at), *_of_suggestions(person)):
        if each.key not in told:
            told.add(each.key)
            found.append(each)
    return sorted(found, key=lambda news: SECTIONS.index(news.section))[:MOST_LINES]


def found_by(words: str, facts: dict[str, str]) -> list[SearchEntry]:
    """What a search finds now: entries that hold all its words, at most MOST_FOUND, the best first."""
    numbers = [hit.number for hit in by_words(words, facts).hits if hit.has_all][:MOST_FOUND]
    entries = {each.id: each for each in db.session.scalars(select(SearchEntry).where(SearchEntry.id.in_(numbers)))}
    return [entries[number] for number in numbers if number in entries]


def name_of(entry: SearchEntry) -> str:
    """How a saved search remembers what it found."""
    return f"{entry.kind}:{entry.slug}"


_PLACES = {"challenge": "challenges.show", "organisation": "organisations.show", "result": "showcase.show"}


def _of_searches(person: Person) -> Iterator[News]:
    for saved in searches_of(person):
        yield from (_found(saved, entry, person) for entry in _new_of(saved))


def _new_of(saved: SavedSearch) -> Iterator[SearchEntry]:
    known = set(saved.known)
    return (entry for entry in found_by(saved.words, saved.facts) if name_of(entry) not in known)


def _found(saved: SavedSearch, entry: SearchEntry, person: Person) -> News:
    title = language_text(entry, "title", person.language)[0]
    key = f"{saved.reference}:{name_of(entry)}"
    return News(key, "found", title, _PLACES[entry.kind], entry.slug, because=saved.words)


def _of_items(person: Person, at: datetime) -> Iterator[News]:
    for item in items_of(person):
        if item.challenge is not None and item.challenge.is_public:
            yield from _of_challenge(item.challenge, item, person.language, at)
        organisation = item.kept_organisation
        if organisation is not None and organisation.confirmed_at and organisation.confirmed_at > item.saved_at:
            title = language_text(organisation, "name", person.language)[0]
            key = f"profile:{organisation.reference}:{organisation.confirmed_at:%Y-%m-%d}"
            yield News(key, "profile", title, "organisations.show", organisation.slug)


def _of_challenge(challenge: Challenge, item: SavedItem, language: str, at: datetime) -> Iterator[News]:
    title = language_text(challenge, "title", language)[0]
    if challenge.is_open(at) and challenge.closes_at is not None:
        left = challenge.closes_at - at
        days = next((days for days in CLOSING_DAYS if left <= timedelta(days=days)), None)
        if days is not None:
            key = f"closing:{challenge.reference}:{challenge.closes_at.isoformat()}:{days}"
            day = format_day(challenge.closes_at)
            yield News(key, "closing", title, "challenges.show", challenge.slug, because=day)
    for amendment in amendments_of(challenge):
        if amendment.published_at and amendment.published_at > item.saved_at:
            key = f"amendment:{challenge.reference}:{amendment.number}"
            yield News(key, "changed", title, "amendments.index", challenge.slug)
    if challenge.results_at and challenge.has_results and challenge.results_at > item.saved_at:
        yield News(f"results:{challenge.reference}", "changed", title, "showcase.show", challenge.slug)


def _of_suggestions(person: Person) -> Iterator[News]:
    """Challenges that take solutions and for which an organisation of the person is suggested."""
    mine = [each.id for each in organisations_of(person, Role.MEMBER)]
    found = (
        select(Suggestion)
        .join(Suggestion.challenge)
        .where(Suggestion.organisation_id.in_(mine), Challenge.stage == Stage.PUBLISHED)
        .options(joinedload(Suggestion.organisation), joinedload(Suggestion.challenge))
        .order_by(Suggestion.challenge_id, Suggestion.organisation_id)
    )
    for each in db.session.scalars(found):
        title, name = (
            language_text(thing, field, person.language)[0]
            for thing, field in ((each.challenge, "title"), (each.organisation, "name"))
        )
        key = f"suggested:{each.challenge.reference}:{each.organisation.reference}"
        yield News(key, "suggested", title, "matching.index", each.challenge.slug, because=name)
