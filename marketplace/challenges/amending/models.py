"""Amendments of published challenges, the versions they make, and outages that move deadlines."""

from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import At, Base, BigInt, Id, reference_column


class Outage(Base):
    """A time in which the platform could not be used; every deadline inside moves by the announced rule."""

    __tablename__ = "outage"
    __table_args__ = (CheckConstraint("began_at < ended_at", name="ends_after_it_began"),)

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("SC")
    began_at: Mapped[At]
    ended_at: Mapped[At]
    note: Mapped[str] = mapped_column(Text)
    recorded_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    recorded_at: Mapped[At]

    recorded_by: Mapped[Person] = relationship()

    def __str__(self) -> str:
        return self.reference


class Amendment(Base):
    """A change of a published challenge: a draft until it has a number, then part of its history for ever."""

    __tablename__ = "amendment"
    __table_args__ = (
        UniqueConstraint("challenge_id", "number"),
        CheckConstraint("(number is null) = (published_at is null)", name="numbered_when_published"),
        CheckConstraint("number is null or reason_vi is not null or reason_en is not null", name="reasoned"),
        # one change is prepared at a time, so that nobody amends what another person is amending
        Index(
            "uq_amendment_prepared",
            "challenge_id",
            unique=True,
            sqlite_where=text("number IS NULL"),
            postgresql_where=text("number IS NULL"),
        ),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("SD")
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    number: Mapped[int | None]
    # by the name of a column or of rows of the challenge, as plain JSON: what it was, and what it becomes
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    reason_vi: Mapped[str | None] = mapped_column(Text)
    reason_en: Mapped[str | None] = mapped_column(Text)
    # whether entries received before count only when their owners confirm them
    is_material: Mapped[bool] = mapped_column(Boolean, default=False)
    extended_by_rule: Mapped[bool] = mapped_column(Boolean, default=False)
    outage_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("outage.id"), index=True)
    # whoever changed it last; where little time is left, another person publishes it
    prepared_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    prepared_at: Mapped[At]
    asked_at: Mapped[At | None]
    published_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    published_at: Mapped[At | None]

    challenge: Mapped[Challenge] = relationship()
    outage: Mapped[Outage | None] = relationship()
    prepared_by: Mapped[Person] = relationship(foreign_keys=prepared_by_id)
    published_by: Mapped[Person | None] = relationship(foreign_keys=published_by_id)

    def __str__(self) -> str:
        return f"{self.challenge.reference}/{self.number or '-'}"


class ChallengeVersion(Base):
    """How a published challenge read from a moment on, never changed; version 1 is what was published first."""

    __tablename__ = "challenge_version"
    __table_args__ = (UniqueConstraint("challenge_id", "number"),)

    id: Mapped[Id]
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    number: Mapped[int]
    amendment_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("amendment.id"))
    since: Mapped[At]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)

    challenge: Mapped[Challenge] = relationship()
    amendment: Mapped[Amendment | None] = relationship()
