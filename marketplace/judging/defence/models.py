"""The plan of a defence, its hearings, what was asked in them, and who and what is taken when."""

from datetime import datetime, time

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Integer, String, Text, Time, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id, reference_column
from marketplace.judging.models import Panel, Seat
from marketplace.solutions.models import Solution

LONGEST_ROOM = 80


class Defence(Base):
    """When and where the entries of an oral round are defended."""

    __tablename__ = "defence"
    __table_args__ = (
        UniqueConstraint("panel_id", "round"),
        CheckConstraint("minutes between 5 and 240 and pause between 0 and 120", name="minutes_range"),
        CheckConstraint("begins < ends", name="times_in_order"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("BV")
    panel_id: Mapped[int] = mapped_column(BigInt, ForeignKey("panel.id"))
    round: Mapped[int]
    # days as 2026-12-31 and names of rooms, in order
    days: Mapped[list[str]] = mapped_column(JSON)
    rooms: Mapped[list[str]] = mapped_column(JSON)
    # in Hanoi
    begins: Mapped[time] = mapped_column(Time)
    ends: Mapped[time] = mapped_column(Time)
    # for one entry, and between two
    minutes: Mapped[int] = mapped_column(Integer, default=20)
    pause: Mapped[int] = mapped_column(Integer, default=5)
    rests_at_noon: Mapped[bool] = mapped_column(Boolean, default=True, server_default=true())
    planned_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    planned_at: Mapped[At]
    invited_at: Mapped[At | None]
    # counts plans, so that calendars take the later one
    edition: Mapped[int] = mapped_column(default=1)

    panel: Mapped[Panel] = relationship()
    hearings: Mapped[list["Hearing"]] = relationship(
        back_populates="defence", order_by="Hearing.starts_at, Hearing.room", cascade="all, delete-orphan"
    )

    def __str__(self) -> str:
        return f"{self.reference} ({self.panel.challenge.reference})"


class Hearing(Base):
    """One entry at one time in one room."""

    __tablename__ = "hearing"
    __table_args__ = (
        UniqueConstraint("defence_id", "solution_id"),
        CheckConstraint("starts_at < ends_at", name="ends_after_it_begins"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("LB")
    defence_id: Mapped[int] = mapped_column(BigInt, ForeignKey("defence.id"))
    solution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    room: Mapped[str] = mapped_column(String(LONGEST_ROOM))
    starts_at: Mapped[At]
    ends_at: Mapped[At]
    # counts changes of time or place, for calendars
    edition: Mapped[int] = mapped_column(default=0)

    defence: Mapped[Defence] = relationship(back_populates="hearings")
    solution: Mapped[Solution] = relationship()
    bookings: Mapped[list["Booking"]] = relationship(
        back_populates="hearing", cascade="all, delete-orphan", order_by="Booking.id"
    )
    asked: Mapped[list["Asked"]] = relationship(
        back_populates="hearing", order_by="Asked.id", cascade="all, delete-orphan"
    )

    def phase(self, at: datetime) -> str:
        """Whether it is still to come, going on, or over."""
        return "next" if at < self.starts_at else "now" if at < self.ends_at else "done"

    def __str__(self) -> str:
        return f"{self.reference} ({self.solution.reference})"


class Booking(Base):
    """That a judge, an entry or a room is taken for five minutes: nothing is taken twice at one time.

    `what` is judge:, entry: or room: with an id, so that other panels and challenges count too.
    """

    __tablename__ = "booking"
    __table_args__ = (UniqueConstraint("what", "at"),)

    id: Mapped[Id]
    hearing_id: Mapped[int] = mapped_column(BigInt, ForeignKey("hearing.id"), index=True)
    what: Mapped[str] = mapped_column(String(160))
    at: Mapped[At]

    hearing: Mapped[Hearing] = relationship(back_populates="bookings")


class Asked(Base):
    """A question that was asked in a hearing and what was answered, for the panel and its minutes."""

    __tablename__ = "asked_in_hearing"

    id: Mapped[Id]
    hearing_id: Mapped[int] = mapped_column(BigInt, ForeignKey("hearing.id"), index=True)
    question: Mapped[str] = mapped_column(Text, info={"secret": True})
    answer: Mapped[str | None] = mapped_column(Text, info={"secret": True})
    written_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    written_at: Mapped[At]

    hearing: Mapped[Hearing] = relationship(back_populates="asked")
    written_by: Mapped[Person] = relationship()


class Absence(Base):
    """That a judge cannot come at a time, for whatever reason: no hearing of theirs is put there on any panel."""

    __tablename__ = "absence"
    __table_args__ = (CheckConstraint("starts_at < ends_at", name="ends_after_it_begins"),)

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("VM")
    seat_id: Mapped[int] = mapped_column(BigInt, ForeignKey("seat.id"), index=True)
    starts_at: Mapped[At]
    ends_at: Mapped[At]
    # for the judge and the secretary who reads it
    reason: Mapped[str | None] = mapped_column(String(200), info={"secret": True})
    said_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    said_at: Mapped[At]
    withdrawn_at: Mapped[At | None]

    seat: Mapped[Seat] = relationship()

    def __str__(self) -> str:
        return self.reference
