"""Saying of a translation that it is right, or that a machine made it."""

from collections.abc import Mapping

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.events import TranslationChecked
from marketplace.challenges.models import Challenge, Translation
from marketplace.challenges.policy import can_edit_challenge
from marketplace.challenges.stages import TranslationWord
from marketplace.challenges.translating import bilingual_of, hash_of
from marketplace.db import db, hold
from marketplace.errors import NotFound
from marketplace.events import announce


def check_translation(challenge: Challenge, *, actor: Person, name: str, word: TranslationWord) -> None:
    """Say of one bilingual field that its translation is right as it stands, or made by a machine; at any stage.

    Raises Refused for outsiders, NotFound where there is no such translation.
    """
    require(can_edit_challenge, actor, challenge)
    hold(challenge)
    field = bilingual_of(challenge).get(name)
    if field is None or not field.original or not field.translated:
        raise NotFound(name)
    _say(challenge, name, field.original, actor=actor, word=word)
    announce(TranslationChecked(actor=actor, subject=challenge, facts={"name": name, "word": word.value}))


def note_translations(challenge: Challenge, before: Mapping[str, str], *, actor: Person) -> None:
    """Whoever wrote a translation stands by it: call after a change, with `translations_of` from before it."""
    for name, field in bilingual_of(challenge).items():
        if field.original and field.translated and field.translated != before.get(name):
            _say(challenge, name, field.original, actor=actor, word=TranslationWord.APPROVED)


def _say(challenge: Challenge, name: str, original: str, *, actor: Person, word: TranslationWord) -> None:
    row = next((each for each in challenge.translations if each.name == name), None)
    if row is None:
        row = Translation(name=name)
        challenge.translations.append(row)
    row.word, row.source_hash = word, hash_of(original)
    row.person, row.said_at = actor, clock.now()
    db.session.flush()
