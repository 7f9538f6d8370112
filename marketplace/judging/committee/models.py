"""Remarks of the panel on an entry, motions, and the votes of its members."""

from collections import Counter

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id, choice, reference_column
from marketplace.judging.committee.stages import Choice
from marketplace.judging.models import Panel, Seat
from marketplace.solutions.models import Solution


class Remark(Base):
    """What somebody said of an entry while the panel deliberates; for the panel only, so the journal never has it."""

    __tablename__ = "remark"
    __table_args__ = (Index("ix_remark_panel_solution", "panel_id", "solution_id"),)

    id: Mapped[Id]
    panel_id: Mapped[int] = mapped_column(BigInt, ForeignKey("panel.id"))
    solution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    author_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text, info={"secret": True})
    written_at: Mapped[At]

    author: Mapped[Person] = relationship()


class Motion(Base):
    """Something the panel votes on: about one entry, or about all."""

    __tablename__ = "motion"
    __table_args__ = (UniqueConstraint("panel_id", "number"),)

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("BQ")
    panel_id: Mapped[int] = mapped_column(BigInt, ForeignKey("panel.id"))
    number: Mapped[int]
    solution_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    put_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    put_at: Mapped[At]
    closed_at: Mapped[At | None]
    closed_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))

    panel: Mapped[Panel] = relationship()
    solution: Mapped[Solution | None] = relationship()
    put_by: Mapped[Person] = relationship(foreign_keys=put_by_id)
    votes: Mapped[list["Vote"]] = relationship(back_populates="motion", order_by="Vote.seat_id")

    @property
    def counts(self) -> dict[str, int]:
        """How many voted for, against, and abstained."""
        found = Counter(vote.choice for vote in self.votes)
        return {choice.value: found[choice] for choice in Choice}

    @property
    def is_carried(self) -> bool:
        """More for it than against it, once the vote is closed; equal numbers carry nothing."""
        return self.closed_at is not None and self.counts[Choice.FOR] > self.counts[Choice.AGAINST]

    def __str__(self) -> str:
        return f"{self.reference} ({self.panel.challenge.reference})"


class Vote(Base):
    """How one member voted; it may be changed until the vote is closed, and is read by all after that."""

    __tablename__ = "vote"
    __table_args__ = (UniqueConstraint("motion_id", "seat_id"),)

    id: Mapped[Id]
    motion_id: Mapped[int] = mapped_column(BigInt, ForeignKey("motion.id"))
    seat_id: Mapped[int] = mapped_column(BigInt, ForeignKey("seat.id"), index=True)
    choice: Mapped[Choice] = mapped_column(choice(Choice), info={"secret": True})
    cast_at: Mapped[At]

    motion: Mapped[Motion] = relationship(back_populates="votes")
    seat: Mapped[Seat] = relationship()
