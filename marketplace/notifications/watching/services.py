"""Keeping searches and things, and the daily letter of what is new about them."""

from datetime import timedelta

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.models import Challenge
from marketplace.db import db, hold
from marketplace.errors import Conflict, NotFound
from marketplace.jobs import enqueue, job, periodic
from marketplace.notifications.services import PRIVATE, write_letter
from marketplace.notifications.watching.models import NoDigests, SavedItem, SavedSearch, Told
from marketplace.notifications.watching.news import found_by, name_of, news_for
from marketplace.notifications.watching.policy import can_keep, can_take_away
from marketplace.notifications.watching.queries import (
    items_of,
    kept_item,
    people_with_something_kept,
    searches_of,
    wants_digests,
)
from marketplace.organisations.models import Organisation
from marketplace.pages import absolute
from marketplace.text import HANOI

MOST_KEPT = 100
# Digests are written after this hour in Hanoi.
MORNING = 7


def save_search(actor: Person, *, organisation: Organisation | None, words: str, facts: dict[str, str]) -> SavedSearch:
    """Keep a search, for oneself or for an organisation; what it finds now is no news.

    Raises Refused below member of the organisation, Conflict with more than MOST_KEPT.
    """
    require(can_keep, actor, organisation)
    hold(actor)
    if len(searches_of(actor)) >= MOST_KEPT:
        raise Conflict("too many searches are kept")
    known = [name_of(entry) for entry in found_by(words, facts)]
    saved = SavedSearch(saved_by_id=actor.id, words=words, facts=facts, known=known, saved_at=clock.now())
    saved.person_id = actor.id if organisation is None else None
    saved.organisation = organisation
    db.session.add(saved)
    db.session.flush()
    return saved


def keep_item(actor: Person, thing: Challenge | Organisation, *, organisation: Organisation | None) -> SavedItem:
    """Keep a challenge or an organisation, for oneself or for an organisation; a second time gives the first line.

    Nobody is told: who keeps what may tell who works on an answer. Raises Refused, Conflict with more than MOST_KEPT.
    """
    require(can_keep, actor, organisation)
    hold(organisation or actor)
    known = kept_item(organisation or actor, thing)
    if known is not None:
        return known
    if len(items_of(actor)) >= MOST_KEPT:
        raise Conflict("too many things are kept")
    kept = SavedItem(saved_by=actor, saved_at=clock.now(), organisation=organisation)
    kept.person_id = actor.id if organisation is None else None
    if isinstance(thing, Challenge):
        kept.challenge = thing
    else:
        kept.kept_organisation = thing
    db.session.add(kept)
    db.session.flush()
    return kept


def take_away(kept: SavedSearch | SavedItem, *, actor: Person) -> None:
    """Keep it no longer. Raises Refused, NotFound once it is gone."""
    require(can_take_away, actor, kept)
    hold(kept)
    db.session.delete(kept)
    db.session.flush()


def want_digests(person: Person, *, wanted: bool) -> None:
    """Let digests come or end them; a second time changes nothing."""
    hold(person)
    known = db.session.get(NoDigests, person.id)
    if wanted and known is not None:
        db.session.delete(known)
    elif not wanted and known is None:
        db.session.add(NoDigests(person_id=person.id, since=clock.now()))
    db.session.flush()


def key_of(person: Person) -> str:
    """What the link in a digest holds: it ends that person's digests and can do nothing else."""
    return _signer().dumps(person.reference)


def reader_of(key: str) -> str:
    """The reference of the person whose digests this key ends; raises NotFound for any other text."""
    try:
        return str(_signer().loads(key))
    except BadSignature:
        raise NotFound("digest") from None


@periodic("digests", timedelta(minutes=30))
def leave_digests() -> None:
    """After seven in Hanoi leave one digest a day for everybody with something kept."""
    local = clock.now().astimezone(HANOI)
    if local.hour < MORNING:
        return
    for person_id in people_with_something_kept():
        enqueue("write_digest", key=f"{person_id}:{local:%Y-%m-%d}", person_id=person_id)


@job("write_digest")
def write_digest(person_id: int) -> None:
    """Write what is new, unless there is nothing or the person wants none; told once, whatever runs twice."""
    person = db.session.get_one(Person, person_id)
    hold(person)
    wanted = person.active and wants_digests(person)
    found = news_for(person, at=clock.database_now()) if wanted else []
    if not found:
        return
    for each in found:
        db.session.add(Told(person_id=person.id, key=each.key, told_at=clock.now()))
    key = key_of(person)
    address = absolute("one_click.end_by_mail_program", person.language, key=key)
    write_letter("digest", to=person, sealed_until=PRIVATE, news=found, key=key, one_click=address)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="digest")
