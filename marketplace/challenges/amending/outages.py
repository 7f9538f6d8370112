"""An outage of the platform moves every deadline inside it by the announced rule, with one notice each."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.amending import closing, editions
from marketplace.challenges.amending.events import OutageRecorded
from marketplace.challenges.amending.models import Amendment, Outage
from marketplace.challenges.amending.policy import can_record_outage
from marketplace.challenges.amending.queries import closing_between
from marketplace.challenges.amending.services import put_in_force
from marketplace.challenges.models import Challenge
from marketplace.db import db, hold
from marketplace.errors import Unhappened
from marketplace.events import announce


class NoOutage(Unhappened):
    """It ends before it began, or in the future."""

    status = 422


@dataclass(frozen=True)
class Move:
    """A deadline that an outage hits, and where the rule puts it; `is_too_late` when that is past already."""

    challenge: Challenge
    closes_at: datetime
    is_too_late: bool


def moves(began_at: datetime, ended_at: datetime, *, at: datetime) -> list[Move]:
    """What an outage from..to moves at this moment."""
    found = []
    for challenge in closing_between(began_at, ended_at + outage_rule().grace):
        if challenge.closes_at is None:
            continue
        after = closing.closing_after_outage(
            challenge.closes_at, began_at=began_at, ended_at=ended_at, rule=outage_rule()
        )
        if after is not None and after != challenge.closes_at:
            found.append(Move(challenge, after, is_too_late=after <= at))
    return found


def record_outage(*, actor: Person, began_at: datetime, ended_at: datetime, note: str) -> Outage:
    """Record it and move every deadline inside; `note` is public. Raises Refused unless an operator, NoOutage."""
    require(can_record_outage, actor)
    at = clock.database_now()
    if not began_at < ended_at <= at:
        raise NoOutage("an outage ends after it began and before now")
    outage = Outage(began_at=began_at, ended_at=ended_at, note=note, recorded_by=actor, recorded_at=at)
    db.session.add(outage)
    db.session.flush()
    moved = [_move(each.challenge, outage, actor) for each in moves(began_at, ended_at, at=at)]
    facts = {"began_at": began_at, "ended_at": ended_at, "moved": [name for name in moved if name]}
    announce(OutageRecorded(actor=actor, subject=outage, facts=facts))
    return outage


def _move(challenge: Challenge, outage: Outage, actor: Person) -> str | None:
    """Move one deadline, decided anew while its row is held; answers its reference, None if it is past already."""
    hold(challenge)
    at = clock.database_now()
    before = challenge.closes_at
    if before is None:
        return None
    after = closing.closing_after_outage(before, began_at=outage.began_at, ended_at=outage.ended_at, rule=outage_rule())
    if after is None or after <= max(at, before):
        return None
    amendment = Amendment(
        challenge=challenge,
        before={"closes_at": editions.plain(before)},
        after={"closes_at": editions.plain(after)},
        reason_vi=outage.note,
        extended_by_rule=True,
        outage=outage,
        prepared_by=actor,
        prepared_at=at,
    )
    put_in_force(amendment, actor=actor, at=at)
    return challenge.reference


def outage_rule() -> closing.OutageRule:
    """The settings."""
    config = current_app.config
    return closing.OutageRule(
        grace=timedelta(hours=config["OUTAGE_GRACE_HOURS"]), extension=timedelta(hours=config["OUTAGE_HOURS"])
    )
