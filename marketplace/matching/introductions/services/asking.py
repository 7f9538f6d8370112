"""Asking for an introduction, within limits that keep nobody from their work."""

import enum
from datetime import datetime

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.models import Challenge
from marketplace.db import db, hold
from marketplace.errors import Conflict
from marketplace.events import announce
from marketplace.jobs import enqueue
from marketplace.matching.introductions import queries
from marketplace.matching.introductions.events import IntroductionAsked
from marketplace.matching.introductions.models import Introduction, Message
from marketplace.matching.introductions.policy import can_ask_introduction, speaks_in_public
from marketplace.matching.introductions.rules import MOST_A_DAY, MOST_WAITING, due_at, reminded_at
from marketplace.organisations.models import Organisation


class Hindrance(enum.StrEnum):
    """Why an organisation cannot be asked now, though the actor may ask in general."""

    STANDING = "standing"
    BLOCKED = "blocked"
    DECLINED = "declined"
    TOO_MANY_TODAY = "too_many_today"
    TOO_MANY_WAITING = "too_many_waiting"
    PUBLIC_ONLY = "public_only"


class NotAskable(Conflict):
    """The request is not possible now; `hindrance` says why."""

    def __init__(self, hindrance: Hindrance):
        super().__init__(hindrance.value)
        self.hindrance = hindrance


def ask_introduction(
    asker: Organisation, asked: Organisation, *, actor: Person, challenge: Challenge | None = None, **texts: str | None
) -> Introduction:
    """Ask in the name of `asker`; `texts` are the `purpose` and, read only after an undertaking, `details`.

    Raises Refused for whoever does not speak for the asker, and NotAskable.
    """
    require(can_ask_introduction, actor, asker, asked)
    for organisation in sorted((asker, asked), key=lambda each: each.id):
        hold(organisation)
    now = clock.database_now()
    if found := hindrance(asker, asked, challenge=challenge, at=now):
        raise NotAskable(found)
    introduction = Introduction(
        pair=queries.pair_of(asker, asked),
        asker=asker,
        asked=asked,
        asked_by=actor,
        challenge=challenge,
        was_suggested=queries.was_suggested(challenge, asked),
        purpose=texts["purpose"],
        asked_at=now,
        due_at=due_at(now, challenge.closes_at if challenge and challenge.is_open(now) else None),
    )
    db.session.add(introduction)
    _add_details(introduction, actor, texts.get("details"))
    db.session.flush()
    _start_clock(introduction)
    announce(IntroductionAsked(actor=actor, subject=introduction, facts=sealed(introduction)))
    return introduction


def hindrance(
    asker: Organisation, asked: Organisation, *, challenge: Challenge | None, at: datetime
) -> Hindrance | None:
    """Why the one cannot ask the other at this moment; None where it can."""
    if challenge is not None and any(speaks_in_public(challenge, each) for each in (asker, asked)):
        return Hindrance.PUBLIC_ONLY
    if queries.standing_between(asker, asked) is not None:
        return Hindrance.STANDING
    if queries.block_between(asked, asker) is not None:
        return Hindrance.BLOCKED
    rest = queries.rests_until(asker, asked)
    if rest is not None and at < rest:
        return Hindrance.DECLINED
    if queries.asked_since(asker, queries.day_before(at)) >= MOST_A_DAY:
        return Hindrance.TOO_MANY_TODAY
    return Hindrance.TOO_MANY_WAITING if queries.waiting_count(asker) >= MOST_WAITING else None


def sealed(introduction: Introduction) -> dict[str, object]:
    """Who looks for partners tells who works on an answer, so the journal keeps it until the challenge is unsealed."""
    challenge = introduction.challenge
    if challenge is None:
        return {}
    return {"sealed_by": challenge.reference, "sealed_until": challenge.sealed_until}


def _add_details(introduction: Introduction, actor: Person, details: str | None) -> None:
    if details:
        introduction.messages.append(
            Message(
                organisation=introduction.asker,
                author=actor,
                text=details,
                is_confidential=True,
                written_at=introduction.asked_at,
            )
        )


def _start_clock(introduction: Introduction) -> None:
    key, due = introduction.reference, introduction.due_at
    remind_at = reminded_at(introduction.asked_at, due)
    enqueue("remind_of_introduction", key=key, run_after=remind_at, introduction_id=introduction.id)
    enqueue("expire_introduction", key=key, run_after=due, introduction_id=introduction.id)
