"""Counting applicants once a day at a fixed hour, where the challenge announced before opening that it shows them."""

from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, exists, func, select

from marketplace import clock
from marketplace.challenges.asking.models import OpenTerms
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Stage as ChallengeStage
from marketplace.db import db, hold
from marketplace.jobs import periodic
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Kind
from marketplace.solutions.models import Solution
from marketplace.solutions.numbers.bands import Band, band_of
from marketplace.solutions.numbers.models import ApplicantBand
from marketplace.solutions.stages import Stage
from marketplace.text import HANOI

# The hour in Hanoi: the same every day, so that nobody learns when somebody else sent.
HOUR = 9


@periodic("count_applicants", timedelta(minutes=10))
def count_applicants() -> None:
    """Count for every open challenge that announced it and has no count of today; before the hour nothing."""
    at = clock.database_now()
    if at < hour_of(at):
        return
    for challenge in db.session.scalars(_to_count(at)).all():
        hold(challenge)
        if challenge.is_open(at) and db.session.scalar(select(~_counted(at, challenge.id))):
            _count(challenge, at)


def hour_of(at: datetime) -> datetime:
    """The counting hour of the day of this moment in Hanoi."""
    return datetime.combine(at.astimezone(HANOI).date(), time(HOUR), HANOI).astimezone(at.tzinfo)


def _to_count(at: datetime) -> Select[Challenge]:
    """Open challenges that announced it before opening."""
    return (
        select(Challenge)
        .join(OpenTerms, OpenTerms.challenge_id == Challenge.id)
        .where(OpenTerms.shows_numbers, Challenge.stage == ChallengeStage.PUBLISHED)
        .where(Challenge.opens_at <= at, Challenge.closes_at > at)
        .order_by(Challenge.id)
    )


def _counted(at: datetime, challenge_id: int) -> ColumnElement[bool]:
    day = at.astimezone(HANOI).date()
    return exists().where(ApplicantBand.challenge_id == challenge_id, ApplicantBand.day == day)


def _count(challenge: Challenge, at: datetime) -> None:
    rows = db.session.execute(
        select(Organisation.kind, func.count())
        .join(Solution, Solution.organisation_id == Organisation.id)
        .where(Solution.challenge_id == challenge.id, Solution.stage == Stage.SUBMITTED)
        .group_by(Organisation.kind)
    )
    bands: dict[Kind | None, Band] = {kind: band_of(count) for kind, count in rows}
    day = at.astimezone(HANOI).date()
    for kind, band in (bands or {None: Band(0, 0)}).items():
        db.session.add(
            ApplicantBand(challenge=challenge, day=day, counted_at=at, kind=kind, low=band.low, high=band.high)
        )
    db.session.flush()
