"""Questions about questions: who may read which, how many wait, who follows."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.accounts.models import Person
from marketplace.accounts.moderating.queries import hidden
from marketplace.asked import asked_once
from marketplace.challenges.asking.models import Follower, OpenTerms, Question, questions_end
from marketplace.challenges.asking.policy import can_answer_question, can_remove_question
from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.organisations.queries import agencies_of


def questions_visible_to(person: Person | None, challenge: Challenge) -> Select[Question]:
    """Answered ones for everybody, and one's own, by number; all for those who answer or moderate, what waits first."""
    found = select(Question).where(Question.challenge_id == challenge.id).order_by(Question.number)
    found = found.options(joinedload(Question.same_as))
    if can_answer_question(person, challenge) or can_remove_question(person, challenge):
        # whoever answers finds what waits on the first page
        return found.order_by(None).order_by(_waiting().desc(), Question.number)
    public = Question.answered_at.is_not(None) & Question.removed_at.is_(None)
    seen: list[ColumnElement[bool]] = [public & Question.reference.not_in(hidden("question"))]
    if person is not None:
        seen.append(Question.asker_id == person.id)
    return found.where(or_(*seen))


def get_question(challenge: Challenge, number: int, person: Person | None) -> Question:
    """The question with this number; raises NotFound if it does not exist for this person."""
    found = db.session.scalar(questions_visible_to(person, challenge).where(Question.number == number))
    if found is None:
        raise NotFound(f"{challenge.slug}/questions/{number}")
    return found


def answered_beside(question: Question) -> Sequence[Question]:
    """The other questions of the challenge that have an answer of their own, by number."""
    return db.session.scalars(
        select(Question)
        .where(Question.challenge_id == question.challenge_id, Question.id != question.id)
        .where(Question.answered_at.is_not(None), Question.removed_at.is_(None), Question.same_as_id.is_(None))
        .order_by(Question.number)
    ).all()


def waiting_count(challenge: Challenge) -> int:
    """How many questions have no answer yet; public."""
    return db.session.scalar(select(func.count()).where(Question.challenge_id == challenge.id, _waiting())) or 0


def answered_count(challenge: Challenge) -> int:
    """How many questions everybody can read with their answers."""
    answered = Question.answered_at.is_not(None) & Question.removed_at.is_(None)
    return db.session.scalar(select(func.count()).where(Question.challenge_id == challenge.id, answered)) or 0


def _waiting() -> ColumnElement[bool]:
    return Question.answered_at.is_(None) & Question.removed_at.is_(None)


def to_answer(person: Person) -> Sequence[tuple[Challenge, int, datetime]]:
    """Challenges of a person's agencies with questions that wait: how many, and since when the oldest."""
    own = [agency.id for agency in agencies_of(person)]
    if not own:
        return []
    rows = db.session.execute(
        select(Challenge, func.count(), func.min(Question.asked_at))
        .join(Question, Question.challenge_id == Challenge.id)
        .where(Challenge.agency_id.in_(own), _waiting())
        .group_by(Challenge.id)
        .order_by(func.min(Question.asked_at))
    )
    return [(challenge, count, since) for challenge, count, since in rows]


def next_number(challenge: Challenge) -> int:
    """The number of the next question; the challenge's row is held."""
    last = db.session.scalar(select(func.max(Question.number)).where(Question.challenge_id == challenge.id))
    return (last or 0) + 1


def waiting_of(challenge: Challenge, person: Person) -> int:
    """How many of a person's own questions wait."""
    own = select(func.count()).where(Question.challenge_id == challenge.id, Question.asker_id == person.id, _waiting())
    return db.session.scalar(own) or 0


@asked_once
def open_terms(challenge: Challenge) -> OpenTerms | None:
    """What the agency said about the time while it is open."""
    return db.session.scalar(select(OpenTerms).where(OpenTerms.challenge_id == challenge.id))


def questions_end_at(challenge: Challenge) -> datetime | None:
    """Until when one may ask."""
    return questions_end(challenge, open_terms(challenge))


def follower(challenge: Challenge, person: Person | None) -> Follower | None:
    """Whether, and since when, this person follows the challenge."""
    if person is None:
        return None
    return db.session.scalar(
        select(Follower).where(Follower.challenge_id == challenge.id, Follower.person_id == person.id)
    )


def followers(challenge: Challenge) -> Sequence[Person]:
    """Who follows the challenge."""
    return db.session.scalars(
        select(Person).join(Follower, Follower.person_id == Person.id).where(Follower.challenge_id == challenge.id)
    ).all()


def followed_by(person: Person) -> Sequence[Challenge]:
    """What a person follows, the next to close first."""
    return db.session.scalars(
        select(Challenge)
        .join(Challenge.agency)
        .join(Follower, Follower.challenge_id == Challenge.id)
        .where(Follower.person_id == person.id)
        .options(contains_eager(Challenge.agency))
        .order_by(Challenge.closes_at, Challenge.id)
    ).all()
