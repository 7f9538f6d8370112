"""Meetings and the times proposed for them."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.db import At, Base, BigInt, Id, Staged, choice, reference_column
from marketplace.matching.introductions.models import Introduction
from marketplace.matching.meetings.stages import MOVES, Stage
from marketplace.organisations.models import Organisation


class Meeting(Staged, Base):
    """One side proposes times, the other chooses; every change counts `sequence` up, as calendars want it."""

    __tablename__ = "meeting"
    MOVES = MOVES
    __table_args__ = (
        CheckConstraint("minutes between 15 and 480", name="minutes_range"),
        Index(
            "uq_meeting_standing",
            "introduction_id",
            unique=True,
            sqlite_where=text("stage in ('proposed', 'agreed')"),
            postgresql_where=text("stage in ('proposed', 'agreed')"),
        ),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("CG")
    introduction_id: Mapped[int] = mapped_column(BigInt, ForeignKey("introduction.id"))
    stage: Mapped[Stage] = mapped_column(choice(Stage), default=Stage.PROPOSED)
    # whose turn it was last: the other side chooses among its times
    proposer_id: Mapped[int] = mapped_column(BigInt, ForeignKey("organisation.id"))
    minutes: Mapped[int] = mapped_column(default=60)
    place: Mapped[str] = mapped_column(String(300), info={"secret": True})
    note: Mapped[str | None] = mapped_column(Text, info={"secret": True})
    starts_at: Mapped[At | None]
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[At]
    cancelled_because: Mapped[str | None] = mapped_column(Text, info={"secret": True})

    introduction: Mapped[Introduction] = relationship()
    proposer: Mapped[Organisation] = relationship()
    slots: Mapped[list["Slot"]] = relationship(
        back_populates="meeting", order_by="Slot.starts_at", cascade="all, delete-orphan"
    )

    @property
    def ends_at(self) -> datetime | None:
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None

    def is_over(self, at: datetime) -> bool:
        """Whether the agreed time has passed, so that it can be said whether the two met."""
        return self.stage == Stage.AGREED and self.ends_at is not None and at >= self.ends_at

    def __str__(self) -> str:
        return str(self.introduction)


class Slot(Base):
    """A time at which the proposing side could meet."""

    __tablename__ = "meeting_slot"
    __table_args__ = (UniqueConstraint("meeting_id", "starts_at"),)

    id: Mapped[Id]
    meeting_id: Mapped[int] = mapped_column(BigInt, ForeignKey("meeting.id"))
    starts_at: Mapped[At]

    meeting: Mapped[Meeting] = relationship(back_populates="slots")
