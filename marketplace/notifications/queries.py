"""Questions about letters, and about whom to write to."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.accounts.models import Person
from marketplace.challenges.asking.models import Follower, Question
from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.jobs import OutboxJob
from marketplace.notifications.models import EmailFollower, Letter, LetterChoice
from marketplace.notifications.topics import SECRET_KINDS, TOPIC_OF, How, Topic
from marketplace.organisations.models import Membership
from marketplace.solutions.models import Coeditor, Partner, Solution
from marketplace.solutions.queries.consortium import organisations_behind
from marketplace.solutions.stages import RECEIVED


def letters(kind: str = "", *, at: datetime) -> Select[Letter]:
    """All letters that are not sealed at this moment, newest first, of one kind if asked; for operators."""
    found = select(Letter).options(joinedload(Letter.to_person)).order_by(Letter.id.desc()).where(_unsealed(at))
    return found.where(Letter.kind == kind) if kind else found


def get_letter(reference: str, *, at: datetime) -> Letter:
    """The letter with this reference; raises NotFound, also while it is sealed."""
    found = db.session.scalar(letters(at=at).where(Letter.reference == reference))
    if found is None:
        raise NotFound(reference)
    return found


def kinds_written(*, at: datetime) -> Sequence[str]:
    """The kinds of letters there are, sealed ones not counted."""
    return db.session.scalars(select(Letter.kind).where(_unsealed(at)).distinct().order_by(Letter.kind)).all()


def _unsealed(at: datetime) -> ColumnElement[bool]:
    return or_(Letter.sealed_until.is_(None), Letter.sealed_until <= at)


def sendings(found: Sequence[Letter]) -> dict[str, OutboxJob]:
    """The jobs that send these letters, by the letter's reference."""
    keys = {sending_key(letter): letter.reference for letter in found}
    jobs = db.session.scalars(select(OutboxJob).where(OutboxJob.key.in_(keys)))
    return {keys[job.key]: job for job in jobs}


def sending_key(letter: Letter) -> str:
    """Under which key jobs.enqueue keeps the sending of a letter."""
    return f"send_letter:{letter.reference}"


def choices_of(person: Person) -> dict[Topic, How]:
    """What somebody chose; topics left out come at once."""
    rows = db.session.scalars(select(LetterChoice).where(LetterChoice.person_id == person.id))
    return {row.topic: row.how for row in rows}


def how_for(person: Person | None, kind: str) -> How:
    """How a letter of this kind reaches somebody; what belongs to no topic, and strangers' letters, at once."""
    topic = TOPIC_OF.get(kind)
    if person is None or topic is None:
        return How.AT_ONCE
    return choices_of(person).get(topic, How.AT_ONCE)


def letters_to(person: Person) -> Select[Letter]:
    """One's own letters, newest first; those with secrets in them are for the mailbox only."""
    mine = select(Letter).where(Letter.to_person_id == person.id, Letter.kind.not_in(SECRET_KINDS))
    return mine.order_by(Letter.id.desc())


def get_letter_to(person: Person, reference: str) -> Letter:
    """One's own letter with this reference; raises NotFound."""
    found = db.session.scalar(letters_to(person).where(Letter.reference == reference))
    if found is None:
        raise NotFound(reference)
    return found


def open_email_follower(challenge: Challenge, email: str) -> EmailFollower | None:
    """Who follows with this address, or was asked to confirm it."""
    found = select(EmailFollower).where(EmailFollower.challenge_id == challenge.id, EmailFollower.email == email)
    return db.session.scalar(found.where(EmailFollower.ended_at.is_(None)))


def email_follower(reference: str) -> EmailFollower | None:
    return db.session.scalar(select(EmailFollower).where(EmailFollower.reference == reference))


def email_followers(challenge: Challenge) -> Sequence[EmailFollower]:
    """Everybody who said yes and did not end it."""
    found = select(EmailFollower).where(EmailFollower.challenge_id == challenge.id, EmailFollower.ended_at.is_(None))
    return db.session.scalars(found.where(EmailFollower.confirmed_at.is_not(None)).order_by(EmailFollower.id)).all()


def people_of_entrants(challenge: Challenge) -> Sequence[Person]:
    """Who belongs to an organisation, the lead or a partner, whose solution was received and not withdrawn."""
    received = select(Solution).where(Solution.challenge_id == challenge.id, Solution.stage.in_(RECEIVED))
    solutions = db.session.scalars(received.options(selectinload(Solution.versions))).all()
    organisations = set().union(*organisations_behind(solutions).values())
    return db.session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organisation_id.in_(organisations), Membership.ended_at.is_(None))
        .order_by(Person.id)
    ).all()


def people_concerned(challenge: Challenge) -> list[Person]:
    """Everybody who is told of answers and changes: followers, askers, and whoever belongs to those who work on it.

    The same letter goes to all of them, so that none tells why somebody got it.
    """
    answers = select(Solution.id).where(Solution.challenge_id == challenge.id)
    leads = select(Solution.organisation_id).where(Solution.challenge_id == challenge.id)
    partners = select(Partner.organisation_id).where(Partner.solution_id.in_(answers), Partner.ended_at.is_(None))
    partners = partners.where(Partner.accepted_at.is_not(None))
    members = select(Membership.person_id).where(
        or_(Membership.organisation_id.in_(leads), Membership.organisation_id.in_(partners)),
        Membership.ended_at.is_(None),
    )
    invited = select(Coeditor.person_id).where(Coeditor.solution_id.in_(answers), Coeditor.ended_at.is_(None))
    asked = select(Question.asker_id).where(Question.challenge_id == challenge.id)
    follow = select(Follower.person_id).where(Follower.challenge_id == challenge.id)
    found = (
        select(Person)
        .where(or_(*(Person.id.in_(each) for each in (members, invited, asked, follow))))
        .order_by(Person.id)
    )
    return list(db.session.scalars(found))
