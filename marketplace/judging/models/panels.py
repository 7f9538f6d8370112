"""Panels, the seats on them, what judges declare about entries, and what others say against a pair."""

from datetime import date, datetime, time

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Field
from marketplace.db import At, Base, BigInt, Id, Staged, choice, reference_column
from marketplace.judging.models.rules import JudgingRules
from marketplace.judging.stages import SEAT_MOVES, Basis, Hint, SeatRole, SeatStage, Wish
from marketplace.organisations.stages import Helix
from marketplace.solutions.models import Solution
from marketplace.text import HANOI

END_OF_DAY = time(17)


class Panel(Base):
    """Who judges a challenge, and how many entries a judge takes at most; everything else is in the rules."""

    __tablename__ = "panel"
    __table_args__ = (CheckConstraint("max_load between 1 and 200", name="load_range"),)

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("HD")
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), unique=True)
    max_load: Mapped[int] = mapped_column(Integer, default=15)
    score_by_on: Mapped[date | None] = mapped_column(Date)
    made_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    made_at: Mapped[At]
    assigned_at: Mapped[At | None]
    # the scoring round that is under way
    round: Mapped[int] = mapped_column(default=1, server_default="1")

    challenge: Mapped[Challenge] = relationship()
    made_by: Mapped[Person] = relationship()
    seats: Mapped[list["Seat"]] = relationship(back_populates="panel", order_by="Seat.id")
    rules: Mapped[JudgingRules] = relationship(
        primaryjoin="foreign(Panel.challenge_id) == JudgingRules.challenge_id", viewonly=True
    )

    @property
    def reviews_per_entry(self) -> int:
        """How many judges read each entry."""
        return self.rules.reviews_per_entry

    @property
    def quorum(self) -> int:
        """How many final sheets an entry needs to be ranked."""
        return self.rules.quorum

    @property
    def score_by(self) -> datetime | None:
        """When the judges are asked to be done: 17:00 in Hanoi on that day."""
        return datetime.combine(self.score_by_on, END_OF_DAY, HANOI) if self.score_by_on else None


class Advance(Base):
    """An entry that goes on to a round, by the rules and the round before."""

    __tablename__ = "advance"
    __table_args__ = (
        UniqueConstraint("panel_id", "solution_id", "round"),
        CheckConstraint("round between 2 and 3", name="round_range"),
    )

    id: Mapped[Id]
    panel_id: Mapped[int] = mapped_column(BigInt, ForeignKey("panel.id"))
    solution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    round: Mapped[int]


class Seat(Staged, Base):
    """A person's place on a panel. Content is shown to an accepted seat only, and after its declarations."""

    __tablename__ = "seat"
    __table_args__ = (
        UniqueConstraint("panel_id", "person_id"),
        CheckConstraint("stage <> 'accepted' or undertaking_at is not null", name="undertaking_accepted"),
        CheckConstraint("most is null or most between 1 and 200", name="most_range"),
        Index(
            "uq_seat_chair",
            "panel_id",
            "chair_of",
            unique=True,
            sqlite_where=text("role = 'chair' AND stage NOT IN ('declined', 'left')"),
            postgresql_where=text("role = 'chair' AND stage NOT IN ('declined', 'left')"),
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
    # which of the three houses the judge speaks for, where the organisation does not say it
    side: Mapped[Helix | None] = mapped_column(choice(Helix))
    # words of Field: the fields of a contest whose entries this judge reads; empty: of all
    fields: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    # of a chair: the one field of a contest that is led, empty where it is the whole panel
    chair_of: Mapped[str] = mapped_column(String(30), default="", server_default="")
    # how many entries this judge takes at most, where less than everybody
    most: Mapped[int | None]
    # when the judge had scored the entries that all score first
    calibrated_at: Mapped[At | None]
    # since when entrants can read the name and object
    shown_at: Mapped[At | None]

    panel: Mapped[Panel] = relationship(back_populates="seats")
    person: Mapped[Person] = relationship(foreign_keys=person_id)
    invited_by: Mapped[Person] = relationship(foreign_keys=invited_by_id)

    @property
    def room(self) -> int:
        """How many entries the judge takes: what everybody takes, or less where the judge said so."""
        return min(self.panel.max_load, self.most or self.panel.max_load)

    def reads(self, field: Field | None) -> bool:
        """Whether this judge is for entries of this field; an entry without one is for everybody."""
        return not self.fields or field is None or field.value in self.fields

    @property
    def must_calibrate(self) -> bool:
        """Whether entries that all judges score first come before this judge's own."""
        return self.panel.rules.anchor_count > 0 and self.calibrated_at is None

    @property
    def counts(self) -> bool:
        """Whether this judge's sheets count."""
        return self.role != SeatRole.TRAINEE

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


class Preference(Base):
    """How gladly a judge would read an entry, said before entries are assigned."""

    __tablename__ = "preference"
    __table_args__ = (UniqueConstraint("seat_id", "solution_id"),)

    id: Mapped[Id]
    seat_id: Mapped[int] = mapped_column(BigInt, ForeignKey("seat.id"))
    solution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    wish: Mapped[Wish] = mapped_column(choice(Wish))
    said_at: Mapped[At]

    seat: Mapped[Seat] = relationship()


class Objection(Base):
    """That a judge may be partial to an entry: said by the entrant, or found in names; the secretary decides."""

    __tablename__ = "objection"
    __table_args__ = (
        UniqueConstraint("seat_id", "solution_id", "hint"),
        Index(
            "uq_objection_said",
            "seat_id",
            "solution_id",
            unique=True,
            sqlite_where=text("hint IS NULL"),
            postgresql_where=text("hint IS NULL"),
        ),
        CheckConstraint("(hint is null) = (raised_by_id is not null)", name="said_or_found"),
        CheckConstraint("(upheld is null) = (decided_at is null)", name="decided"),
    )

    id: Mapped[Id]
    seat_id: Mapped[int] = mapped_column(BigInt, ForeignKey("seat.id"), index=True)
    solution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    hint: Mapped[Hint | None] = mapped_column(choice(Hint))
    reason: Mapped[str | None] = mapped_column(Text)
    raised_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    raised_at: Mapped[At]
    upheld: Mapped[bool | None]
    decided_because: Mapped[str | None] = mapped_column(Text)
    decided_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    decided_at: Mapped[At | None]

    seat: Mapped[Seat] = relationship()
    solution: Mapped[Solution] = relationship()
    raised_by: Mapped[Person | None] = relationship(foreign_keys=raised_by_id)
    decided_by: Mapped[Person | None] = relationship(foreign_keys=decided_by_id)
