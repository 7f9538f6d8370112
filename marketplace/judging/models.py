"""Panels, seats, declarations, score sheets and decisions, and facts they know about themselves."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge, Criterion
from marketplace.db import At, Base, BigInt, Id, Staged, choice, reference_column
from marketplace.judging.stages import SEAT_MOVES, SHEET_MOVES, Basis, SeatRole, SeatStage, SheetStage
from marketplace.solutions.models import Solution, SolutionVersion
from marketplace.text import HANOI

END_OF_DAY = time(17)


class Panel(Base):
    """Who judges a challenge: how many readings each entry gets and how many entries a judge takes at most."""

    __tablename__ = "panel"
    __table_args__ = (
        CheckConstraint("reviews_per_entry between 1 and 9", name="reviews_range"),
        CheckConstraint("max_load between 1 and 200", name="load_range"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("HD")
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), unique=True)
    reviews_per_entry: Mapped[int] = mapped_column(Integer, default=3)
    max_load: Mapped[int] = mapped_column(Integer, default=15)
    score_by_on: Mapped[date | None] = mapped_column(Date)
    made_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    made_at: Mapped[At]
    assigned_at: Mapped[At | None]

    challenge: Mapped[Challenge] = relationship()
    made_by: Mapped[Person] = relationship()
    seats: Mapped[list["Seat"]] = relationship(back_populates="panel", order_by="Seat.id")

    @property
    def quorum(self) -> int:
        """How many final sheets an entry needs to be ranked: one may be missing, never all."""
        return max(1, self.reviews_per_entry - 1)

    @property
    def score_by(self) -> datetime | None:
        """When the judges are asked to be done: 17:00 in Hanoi on that day."""
        return datetime.combine(self.score_by_on, END_OF_DAY, HANOI) if self.score_by_on else None


class Seat(Staged, Base):
    """A person's place on a panel. Content is shown to an accepted seat only, and after its declarations."""

    __tablename__ = "seat"
    __table_args__ = (
        UniqueConstraint("panel_id", "person_id"),
        CheckConstraint("stage <> 'accepted' or undertaking_at is not null", name="undertaking_accepted"),
        Index(
            "uq_seat_chair",
            "panel_id",
            unique=True,
            sqlite_where=text("role = 'chair' AND stage <> 'declined'"),
            postgresql_where=text("role = 'chair' AND stage <> 'declined'"),
        ),
    )
    MOVES = SEAT_MOVES

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("GK")
    panel_id: Mapped[int] = mapped_column(BigInt, ForeignKey("panel.id"), index=True)
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"), index=True)
    role: Mapped[SeatRole] = mapped_column(choice(SeatRole))
    stage: Mapped[SeatStage] = mapped_column(choice(SeatStage), default=SeatStage.INVITED)
    invited_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    invited_at: Mapped[At]
    answered_at: Mapped[At | None]
    undertaking_at: Mapped[At | None]
    declined_because: Mapped[str | None] = mapped_column(Text)
    declared_at: Mapped[At | None]
    reminded_at: Mapped[At | None]

    panel: Mapped[Panel] = relationship(back_populates="seats")
    person: Mapped[Person] = relationship(foreign_keys=person_id)
    invited_by: Mapped[Person] = relationship(foreign_keys=invited_by_id)

    def __str__(self) -> str:
        return str(self.person)


class Declaration(Base):
    """What a judge said, or what was found, about an entry before its content was shown."""

    __tablename__ = "declaration"
    __table_args__ = (
        UniqueConstraint("seat_id", "solution_id"),
        CheckConstraint("basis not in ('declared', 'recused') or reason is not null", name="reason_given"),
    )

    id: Mapped[Id]
    seat_id: Mapped[int] = mapped_column(BigInt, ForeignKey("seat.id"), index=True)
    solution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    basis: Mapped[Basis] = mapped_column(choice(Basis))
    reason: Mapped[str | None] = mapped_column(Text)
    declared_at: Mapped[At]

    seat: Mapped[Seat] = relationship()
    solution: Mapped[Solution] = relationship()


class Sheet(Staged, Base):
    """One judge's score sheet for one entry: the pair that the assignment made, and what the judge filled in.

    It holds the version that is read, so that a score always belongs to the text it was given for.
    """

    __tablename__ = "sheet"
    __table_args__ = (
        UniqueConstraint("seat_id", "solution_id"),
        CheckConstraint("affinity_bp between 0 and 10000", name="affinity_range"),
        CheckConstraint("stage <> 'final' or finalised_at is not null", name="finalised"),
        CheckConstraint("stage <> 'ended' or ended_because is not null", name="ended"),
    )
    MOVES = SHEET_MOVES

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("PC")
    seat_id: Mapped[int] = mapped_column(BigInt, ForeignKey("seat.id"), index=True)
    solution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    version_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution_version.id"))
    stage: Mapped[SheetStage] = mapped_column(choice(SheetStage), default=SheetStage.ASSIGNED)
    # how near the judge's expertise is to the entry, 10,000 for the nearest judge, and the phrases that say so
    affinity_bp: Mapped[int] = mapped_column(default=0)
    why: Mapped[list[str]] = mapped_column(JSON, default=list)
    # counts saves, so that two windows of one judge notice each other
    edition: Mapped[int] = mapped_column(default=0)
    # for the panel only, so it stays out of the journal
    note: Mapped[str | None] = mapped_column(Text, info={"secret": True})
    assigned_at: Mapped[At]
    saved_at: Mapped[At | None]
    finalised_at: Mapped[At | None]
    ended_at: Mapped[At | None]
    ended_because: Mapped[str | None] = mapped_column(Text)

    seat: Mapped[Seat] = relationship()
    solution: Mapped[Solution] = relationship()
    version: Mapped[SolutionVersion] = relationship()
    scores: Mapped[list["Score"]] = relationship(back_populates="sheet", order_by="Score.criterion_id")

    @property
    def entry(self) -> "Entry":
        return Entry(self.solution, self.version)

    @property
    def values(self) -> dict[int, int]:
        """The points given so far, by criterion."""
        return {score.criterion_id: score.value for score in self.scores if score.value is not None}


class Score(Base):
    """A judge's points and comment for one criterion; points may be missing while the sheet is a draft."""

    __tablename__ = "score"
    __table_args__ = (
        UniqueConstraint("sheet_id", "criterion_id"),
        CheckConstraint("value is null or value between 0 and 100", name="value_range"),
    )

    id: Mapped[Id]
    sheet_id: Mapped[int] = mapped_column(BigInt, ForeignKey("sheet.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(BigInt, ForeignKey("criterion.id"))
    value: Mapped[int | None]
    comment: Mapped[str | None] = mapped_column(Text)

    sheet: Mapped[Sheet] = relationship(back_populates="scores")
    criterion: Mapped[Criterion] = relationship()


class Decision(Base):
    """Who wins, drafted by one person and published by another; one sent back stays as a trace.

    Where nobody wins it says why in `reasons`.
    """

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("published_by_id is null or published_by_id <> drafted_by_id", name="two_people"),
        CheckConstraint("(published_at is null) = (published_by_id is null)", name="publisher_known"),
        CheckConstraint("published_at is null or returned_at is null", name="published_or_returned"),
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

    challenge: Mapped[Challenge] = relationship()
    drafted_by: Mapped[Person] = relationship(foreign_keys=drafted_by_id)
    returned_by: Mapped[Person | None] = relationship(foreign_keys=returned_by_id)
    published_by: Mapped[Person | None] = relationship(foreign_keys=published_by_id)
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
    award_vi: Mapped[str | None] = mapped_column(String(200))
    award_en: Mapped[str | None] = mapped_column(String(200))
    citation_vi: Mapped[str | None] = mapped_column(Text)
    citation_en: Mapped[str | None] = mapped_column(Text)

    decision: Mapped[Decision] = relationship(back_populates="results")
    solution: Mapped[Solution] = relationship()

    @property
    def entry(self) -> "Entry":
        return Entry(self.solution, self.solution.versions[-1])


@dataclass(frozen=True)
class Entry:
    """An eligible solution as judges see it: what was received last, never its draft."""

    solution: Solution
    version: SolutionVersion

    @property
    def title_vi(self) -> str | None:
        return self.version.content.get("title_vi")

    @property
    def title_en(self) -> str | None:
        return self.version.content.get("title_en")
