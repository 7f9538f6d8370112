"""Questions to the database about entry forms; whoever sees a challenge sees what it asks."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from marketplace.accounts.models import Person
from marketplace.asked import asked_once
from marketplace.challenges.entry_form.models import EnvelopeOpening, FormQuestion, FormSection
from marketplace.challenges.entry_form.stages import Audience
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import visible_to
from marketplace.db import db
from marketplace.errors import NotFound


@asked_once
def sections_of(challenge: Challenge) -> Sequence[FormSection]:
    """The sections of its form with their questions, in order."""
    return db.session.scalars(
        select(FormSection)
        .where(FormSection.challenge_id == challenge.id, FormSection.retired_at.is_(None))
        .options(selectinload(FormSection.questions))
        .order_by(FormSection.position, FormSection.id)
    ).all()


def questions_of(challenge: Challenge) -> list[FormQuestion]:
    """All its questions in the order in which they are asked."""
    return [question for section in sections_of(challenge) for question in section.questions]


def question_count(challenge: Challenge) -> int:
    """How many questions it asks."""
    found = select(func.count()).select_from(FormQuestion).join(FormQuestion.section)
    asked = found.where(FormSection.challenge_id == challenge.id, FormQuestion.retired_at.is_(None))
    return db.session.scalar(asked) or 0


def get_section(challenge: Challenge, reference: str) -> FormSection:
    """The section of this challenge with this reference; raises NotFound."""
    found = db.session.scalar(
        select(FormSection).where(FormSection.challenge_id == challenge.id, FormSection.reference == reference)
    )
    if found is None:
        raise NotFound(reference)
    return found


def get_question(challenge: Challenge, reference: str) -> FormQuestion:
    """The question of this challenge with this reference; raises NotFound."""
    found = db.session.scalar(
        select(FormQuestion)
        .join(FormQuestion.section)
        .where(FormSection.challenge_id == challenge.id, FormQuestion.reference == reference)
    )
    if found is None:
        raise NotFound(reference)
    return found


def with_questions(challenge: Challenge, person: Person | None) -> Sequence[Challenge]:
    """The agency's other challenges that ask something, the newest first: forms that may be copied."""
    asking = select(FormSection.challenge_id).join(FormSection.questions)
    return db.session.scalars(
        visible_to(person)
        .where(Challenge.agency_id == challenge.agency_id, Challenge.id != challenge.id, Challenge.id.in_(asking))
        .order_by(Challenge.id.desc())
        .limit(50)
    ).all()


def envelope_of(challenge: Challenge) -> EnvelopeOpening | None:
    """The opening of its second envelope, None while it is closed."""
    return db.session.scalar(select(EnvelopeOpening).where(EnvelopeOpening.challenge_id == challenge.id))


def seals_answers(challenge: Challenge) -> bool:
    """Whether it asks, or ever asked, anything that stays sealed beyond closing."""
    found = select(FormQuestion.id).join(FormQuestion.section).where(FormQuestion.audience == Audience.SEALED)
    return db.session.scalar(found.where(FormSection.challenge_id == challenge.id).limit(1)) is not None
