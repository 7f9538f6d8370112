"""Decisions and what they say of each entry."""

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge, Prize
from marketplace.db import At, Base, BigInt, Id, reference_column
from marketplace.judging.models.entries import Entry
from marketplace.solutions.models import Solution


class Decision(Base):
    """Who wins, drafted by one person and published by another; one sent back stays as a trace.

    Sent back after publication, because of an appeal, it is public no more.

    Where nobody wins it says why in `reasons`.
    """

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("published_by_id is null or published_by_id <> drafted_by_id", name="two_people"),
        CheckConstraint("(published_at is null) = (published_by_id is null)", name="publisher_known"),
        CheckConstraint("(publish_at is null) = (scheduled_by_id is null)", name="scheduler_known"),
        CheckConstraint("(publish_at is null) = (reviewed_sha256 is null)", name="scheduled_as_reviewed"),
        CheckConstraint("scheduled_by_id is null or scheduled_by_id <> drafted_by_id", name="scheduled_by_another"),
        Index(
            "uq_decision_standing",
            "challenge_id",
            unique=True,
            sqlite_where=text("returned_at IS NULL"),
            postgresql_where=text("returned_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("KQ")
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    reasons_vi: Mapped[str | None] = mapped_column(Text)
    reasons_en: Mapped[str | None] = mapped_column(Text)
    drafted_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    drafted_at: Mapped[At]
    returned_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    returned_at: Mapped[At | None]
    returned_because: Mapped[str | None] = mapped_column(Text)
    published_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    published_at: Mapped[At | None]

    # when it publishes itself, who said so, and the SHA-256 of what that person reviewed
    publish_at: Mapped[At | None]
    scheduled_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    reviewed_sha256: Mapped[str | None] = mapped_column(String(64))

    challenge: Mapped[Challenge] = relationship()
    drafted_by: Mapped[Person] = relationship(foreign_keys=drafted_by_id)
    returned_by: Mapped[Person | None] = relationship(foreign_keys=returned_by_id)
    published_by: Mapped[Person | None] = relationship(foreign_keys=published_by_id)
    scheduled_by: Mapped[Person | None] = relationship(foreign_keys=scheduled_by_id)
    results: Mapped[list["Result"]] = relationship(back_populates="decision", order_by="Result.position")

    @property
    def winners(self) -> list["Result"]:
        return [result for result in self.results if result.awarded]

    def __str__(self) -> str:
        return f"{self.reference} ({self.challenge.reference})"


class Result(Base):
    """What a decision says of one entry: its award with the jury's citation, or that it was not selected."""

    __tablename__ = "result"
    __table_args__ = (
        UniqueConstraint("decision_id", "solution_id"),
        CheckConstraint("not awarded or award_vi is not null", name="award_named"),
    )

    id: Mapped[Id]
    decision_id: Mapped[int] = mapped_column(BigInt, ForeignKey("decision.id"), index=True)
    solution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    # the order in which winners are shown, from 1
    position: Mapped[int]
    awarded: Mapped[bool] = mapped_column(Boolean, default=False)
    # the tier of prizes that it gets, where the challenge has tiers
    prize_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("prize.id"), index=True)
    award_vi: Mapped[str | None] = mapped_column(String(200))
    award_en: Mapped[str | None] = mapped_column(String(200))
    citation_vi: Mapped[str | None] = mapped_column(Text)
    citation_en: Mapped[str | None] = mapped_column(Text)
    # while the operator keeps what is said of it from sight; the award stands
    hidden_at: Mapped[At | None]

    decision: Mapped[Decision] = relationship(back_populates="results")
    solution: Mapped[Solution] = relationship()
    prize: Mapped[Prize | None] = relationship()

    @property
    def entry(self) -> "Entry":
        return Entry(self.solution, self.solution.versions[-1])
