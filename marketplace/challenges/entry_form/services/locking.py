"""The challenge held while its form changes, and the line that the journal keeps of it."""

from collections.abc import Iterable
from typing import Any

from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.entry_form.events import EntryFormChanged
from marketplace.challenges.entry_form.models import FormQuestion, FormSection
from marketplace.challenges.entry_form.policy import questions_locked
from marketplace.challenges.models import Challenge
from marketplace.challenges.policy import can_edit_challenge
from marketplace.challenges.services import note_translations
from marketplace.challenges.translating import translations_of
from marketplace.db import db, hold
from marketplace.errors import WrongStage
from marketplace.events import announce


def hold_form(challenge: Challenge, actor: Person) -> dict[str, str]:
    """Keep others from changing the form until this transaction ends; answers its translations before the change.

    Raises Refused for outsiders, WrongStage once the questions are locked.
    """
    require(can_edit_challenge, actor, challenge)
    hold(challenge)
    if questions_locked(challenge):
        raise WrongStage("the questions of this challenge are locked")
    return translations_of(challenge)


def next_position(things: Iterable[FormSection | FormQuestion]) -> int:
    """The place behind all of these."""
    return max((each.position for each in things), default=0) + 1


def tell(challenge: Challenge, actor: Person, before: dict[str, str], **facts: Any) -> None:
    """Announce what was done to the form since `before`; whoever wrote a translation stands by it."""
    db.session.flush()
    note_translations(challenge, before, actor=actor)
    announce(EntryFormChanged(actor=actor, subject=challenge, facts=facts))
