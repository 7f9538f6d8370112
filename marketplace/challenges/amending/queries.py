"""Questions about amendments: what was published, what is prepared, how a challenge read before."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from marketplace.accounts.models import Person
from marketplace.challenges.amending.models import Amendment, ChallengeVersion, Outage
from marketplace.challenges.amending.policy import can_see_prepared
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import visible_to
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.organisations.queries import agencies_of


def amendments_of(challenge: Challenge) -> Sequence[Amendment]:
    """What was published, newest first; whoever sees the challenge may read them."""
    return db.session.scalars(
        select(Amendment)
        .where(Amendment.challenge_id == challenge.id, Amendment.number.is_not(None))
        .options(joinedload(Amendment.outage))
        .order_by(Amendment.number.desc())
    ).all()


def get_amendment(challenge: Challenge, number: int) -> Amendment:
    """The published amendment of this number; raises NotFound."""
    found = db.session.scalar(
        select(Amendment).where(Amendment.challenge_id == challenge.id, Amendment.number == number)
    )
    if found is None:
        raise NotFound(f"{challenge.slug}/amendments/{number}")
    return found


def prepared_amendment(challenge: Challenge) -> Amendment | None:
    """The one change that is being prepared."""
    return db.session.scalar(
        select(Amendment).where(Amendment.challenge_id == challenge.id, Amendment.number.is_(None))
    )


def prepared_for(challenge: Challenge, person: Person | None) -> Amendment | None:
    """The same where this person may see it."""
    found = prepared_amendment(challenge)
    return found if found is not None and can_see_prepared(person, found) else None


def next_number(challenge: Challenge) -> int:
    """The number of the next amendment; the challenge's row is held."""
    last = db.session.scalar(select(func.max(Amendment.number)).where(Amendment.challenge_id == challenge.id))
    return (last or 0) + 1


def versions_of(challenge: Challenge) -> Sequence[ChallengeVersion]:
    """How it read from when on, in order; empty while it was never changed."""
    return db.session.scalars(
        select(ChallengeVersion)
        .where(ChallengeVersion.challenge_id == challenge.id)
        .options(joinedload(ChallengeVersion.amendment))
        .order_by(ChallengeVersion.number)
    ).all()


def get_version(challenge: Challenge, number: int) -> ChallengeVersion:
    """One of them; raises NotFound."""
    found = db.session.scalar(
        select(ChallengeVersion).where(ChallengeVersion.challenge_id == challenge.id, ChallengeVersion.number == number)
    )
    if found is None:
        raise NotFound(f"{challenge.slug}/versions/{number}")
    return found


def asked_of(person: Person) -> Sequence[Amendment]:
    """Prepared changes that wait for a second person, of an operator or of the agency's managers."""
    if not person.is_operator and not agencies_of(person):
        return []
    found = db.session.scalars(
        select(Amendment)
        .where(Amendment.number.is_(None), Amendment.asked_at.is_not(None))
        .where(Amendment.prepared_by_id != person.id)
        .options(joinedload(Amendment.challenge).joinedload(Challenge.agency))
        .order_by(Amendment.asked_at)
    )
    return [each for each in found if can_see_prepared(person, each)]


def closing_between(began_at: datetime, until: datetime) -> Sequence[Challenge]:
    """Published challenges whose deadline lies in this time, both ends included."""
    return db.session.scalars(
        select(Challenge)
        .where(Challenge.stage == Stage.PUBLISHED, Challenge.closes_at.between(began_at, until))
        # what was opened by two people is known to the agency, so it never takes answers again
        .where(Challenge.opened_early_at.is_(None))
        .options(joinedload(Challenge.agency))
        .order_by(Challenge.closes_at, Challenge.id)
    ).all()


def outages() -> Sequence[Outage]:
    """All that were recorded, newest first; public."""
    return db.session.scalars(select(Outage).order_by(Outage.began_at.desc(), Outage.id.desc())).all()


def moved_by(outage: Outage, person: Person | None) -> Sequence[Amendment]:
    """The deadlines that an outage moved, of challenges that this person may know of."""
    seen = visible_to(person).with_only_columns(Challenge.id)
    return db.session.scalars(
        select(Amendment)
        .where(Amendment.outage_id == outage.id, Amendment.challenge_id.in_(seen))
        .options(joinedload(Amendment.challenge))
        .order_by(Amendment.id)
    ).all()


def get_outage(reference: str) -> Outage:
    """The outage with this reference; raises NotFound."""
    found = db.session.scalar(select(Outage).where(Outage.reference == reference))
    if found is None:
        raise NotFound(reference)
    return found
