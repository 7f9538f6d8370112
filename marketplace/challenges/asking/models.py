"""Questions asked in public about a challenge, who follows it, and until when one may ask."""

from datetime import datetime, timedelta

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import At, Base, BigInt, Id, reference_column

# Unless the agency says otherwise, questions end this long before solutions do.
QUESTIONS_END_BEFORE = timedelta(days=5)


class OpenTerms(Base):
    """What the agency says before opening about the time while a challenge is open; no row means the defaults."""

    __tablename__ = "open_terms"

    id: Mapped[Id]
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), unique=True)
    questions_close_at: Mapped[At | None]
    # whether numbers of applicants are shown while it is open: by kind, in bands, once a day
    shows_numbers: Mapped[bool] = mapped_column(Boolean, default=False)

    challenge: Mapped[Challenge] = relationship()


class Question(Base):
    """One question; who asked it is told to nobody, the agency and the journal included."""

    __tablename__ = "question"
    __table_args__ = (
        UniqueConstraint("challenge_id", "number"),
        CheckConstraint("text_vi is not null or text_en is not null", name="asked"),
        CheckConstraint("same_as_id is null or same_as_id <> id", name="not_same_as_itself"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("CH")
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    number: Mapped[int]
    text_vi: Mapped[str | None] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)
    asker_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"), index=True, info={"secret": True})
    asked_at: Mapped[At]
    answer_vi: Mapped[str | None] = mapped_column(Text)
    answer_en: Mapped[str | None] = mapped_column(Text)
    same_as_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("question.id"))
    answered_at: Mapped[At | None]
    answered_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    removed_at: Mapped[At | None]
    removed_because: Mapped[str | None] = mapped_column(Text)

    challenge: Mapped[Challenge] = relationship()
    asker: Mapped[Person] = relationship(foreign_keys=asker_id)
    same_as: Mapped["Question | None"] = relationship(remote_side="Question.id")

    @property
    def is_waiting(self) -> bool:
        return self.answered_at is None and self.removed_at is None

    def __str__(self) -> str:
        return f"{self.challenge.reference}/{self.number}"


class Follower(Base):
    """Somebody who wants a letter whenever something changes in a challenge."""

    __tablename__ = "follower"
    __table_args__ = (UniqueConstraint("challenge_id", "person_id"),)

    id: Mapped[Id]
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"), index=True)
    since: Mapped[At]

    challenge: Mapped[Challenge] = relationship()
    person: Mapped[Person] = relationship()


def questions_end(challenge: Challenge, terms: OpenTerms | None) -> datetime | None:
    """Until when one may ask: what the agency said, else five days before closing; never after closing."""
    if challenge.closes_at is None:
        return None
    said = terms.questions_close_at if terms is not None else None
    return min(said, challenge.closes_at) if said else challenge.closes_at - QUESTIONS_END_BEFORE
