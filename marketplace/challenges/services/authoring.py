"""Writing a problem statement: begun, then changed section by section."""

from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.events import ChallengeDrafted, ChallengeEdited
from marketplace.challenges.models import Challenge
from marketplace.challenges.policy import can_draft_challenge, can_edit_challenge
from marketplace.challenges.sections import stored
from marketplace.challenges.services.naming import free_slug
from marketplace.challenges.services.rows import ROWS, replace_rows
from marketplace.challenges.services.translating import note_translations
from marketplace.challenges.stages import Stage
from marketplace.challenges.translating import translations_of
from marketplace.db import db, hold
from marketplace.errors import WrongStage
from marketplace.events import announce
from marketplace.meanwhile import must_be_unchanged
from marketplace.organisations.models import Organisation


def draft_challenge(agency: Organisation, *, actor: Person, title_vi: str, **text: Any) -> Challenge:
    """Begin a problem statement. Raises Refused unless the actor writes for this state body."""
    require(can_draft_challenge, actor, agency)
    challenge = Challenge(agency=agency, author=actor, title_vi=title_vi, created_at=clock.now(), **text)
    challenge.slug = free_slug(title_vi)
    db.session.add(challenge)
    db.session.flush()
    announce(ChallengeDrafted(actor=actor, subject=challenge))
    return challenge


def edit_challenge(challenge: Challenge, *, actor: Person, edition: str | None = None, **fields: Any) -> None:
    """Change columns of a draft, and its rows of several (see ROWS): a list of the columns of each, in order.

    `edition` is the fingerprint of what stood there when the form was opened; None does not ask. Raises Refused for
    outsiders, WrongStage once it is in review, EditedMeanwhile if it now says something else than both.
    """
    require(can_edit_challenge, actor, challenge)
    must_be_draft(challenge)
    db.session.expire(challenge, [name for name in ROWS if name in fields])
    must_be_unchanged(edition, stored(challenge, fields), fields)
    before = translations_of(challenge)
    told = {name: replace_rows(challenge, name, fields.pop(name)) for name in ROWS if name in fields}
    for name, value in fields.items():
        setattr(challenge, name, value)
    note_translations(challenge, before, actor=actor)
    facts = {name: lines for name, lines in told.items() if lines is not None}
    announce(ChallengeEdited(actor=actor, subject=challenge, facts=facts))


def must_be_draft(challenge: Challenge) -> None:
    """Hold the challenge's row; raise WrongStage unless it is a draft."""
    hold(challenge)
    if challenge.stage != Stage.DRAFT:
        raise WrongStage("only a draft can be edited")
