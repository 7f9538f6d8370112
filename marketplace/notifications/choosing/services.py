"""Choosing how letters reach oneself, and the daily letter that holds those collected."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import groupby

from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.events import announce
from marketplace.jobs import periodic
from marketplace.notifications.choosing.events import LettersChosen
from marketplace.notifications.choosing.policy import can_choose_letters
from marketplace.notifications.models import Letter, LetterChoice
from marketplace.notifications.queries import choices_of
from marketplace.notifications.services import write_letter
from marketplace.notifications.topics import How, Topic
from marketplace.text import HANOI

# Those collected leave together at this hour in Hanoi.
DAILY_AT = time(7)


def choose_letters(person: Person, wanted: Mapping[Topic, How], *, actor: Person) -> None:
    """Choose how letters of these topics reach oneself from now on."""
    require(can_choose_letters, actor, person)
    hold(person)
    known = choices_of(person)
    changed = {topic: how for topic, how in wanted.items() if known.get(topic, How.AT_ONCE) != how}
    rows = db.session.scalars(select(LetterChoice).where(LetterChoice.person_id == person.id))
    by_topic = {row.topic: row for row in rows}
    for topic, how in changed.items():
        if topic in by_topic:
            by_topic[topic].how = how
        else:
            db.session.add(LetterChoice(person_id=person.id, topic=topic, how=how))
    if changed:
        facts = {"changed": {topic.value: how.value for topic, how in changed.items()}}
        announce(LettersChosen(actor=actor, subject=person, facts=facts))


@periodic("collected_letters", timedelta(minutes=15))
def send_collected() -> None:
    """Put what was collected before seven o'clock into one letter for each person; those letters leave with it."""
    now = clock.now().astimezone(HANOI)
    if now.time() < DAILY_AT:
        return
    before = datetime.combine(now.date(), DAILY_AT, HANOI)
    waiting = select(Letter).where(Letter.how == How.DAILY, Letter.sent_at.is_(None), Letter.written_at < before)
    found = db.session.scalars(waiting.order_by(Letter.to_person_id, Letter.id).with_for_update(skip_locked=True)).all()
    for _person_id, letters in groupby(found, key=lambda letter: letter.to_person_id):
        _send_together(list(letters))


def _send_together(letters: Sequence[Letter]) -> None:
    person = letters[0].to_person
    if person is None:
        return
    # what is sealed in one part seals the whole
    seals = [letter.sealed_until for letter in letters if letter.sealed_until is not None]
    write_letter("collected", to=person, sealed_until=max(seals, default=None), letters=letters)
    for letter in letters:
        letter.sent_at = clock.now()
