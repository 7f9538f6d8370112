"""Introductions, what the two organisations write to each other, and what they report."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import At, Base, BigInt, Id, Staged, choice, reference_column
from marketplace.matching.introductions.stages import MOVES, Milestone, Reason, Stage
from marketplace.organisations.models import Organisation


class Introduction(Staged, Base):
    """One organisation asks to be introduced to another; their letters and contacts hang on it."""

    __tablename__ = "introduction"
    MOVES = MOVES
    __table_args__ = (
        CheckConstraint("asker_id <> asked_id", name="two_organisations"),
        Index(
            "uq_introduction_standing",
            "pair",
            unique=True,
            sqlite_where=text("stage in ('asked', 'accepted')"),
            postgresql_where=text("stage in ('asked', 'accepted')"),
        ),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("GT")
    stage: Mapped[Stage] = mapped_column(choice(Stage), default=Stage.ASKED)
    # both ids, the smaller first: the two are busy with each other once at a time, whoever asked
    pair: Mapped[str] = mapped_column(String(45))
    asker_id: Mapped[int] = mapped_column(BigInt, ForeignKey("organisation.id"), index=True)
    asked_id: Mapped[int] = mapped_column(BigInt, ForeignKey("organisation.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    answered_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    challenge_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    # whether the system had suggested the asked organisation for the challenge
    was_suggested: Mapped[bool] = mapped_column(Boolean, default=False)
    purpose: Mapped[str] = mapped_column(Text, info={"secret": True})
    asked_at: Mapped[At]
    due_at: Mapped[At]
    answered_at: Mapped[At | None]
    reason: Mapped[Reason | None] = mapped_column(choice(Reason))
    remark: Mapped[str | None] = mapped_column(Text, info={"secret": True})
    ended_at: Mapped[At | None]

    asker: Mapped[Organisation] = relationship(foreign_keys=asker_id)
    asked: Mapped[Organisation] = relationship(foreign_keys=asked_id)
    asked_by: Mapped[Person] = relationship(foreign_keys=asked_by_id)
    answered_by: Mapped[Person | None] = relationship(foreign_keys=answered_by_id)
    challenge: Mapped[Challenge | None] = relationship()
    messages: Mapped[list["Message"]] = relationship(back_populates="introduction", order_by="Message.id")
    contacts: Mapped[list["Contact"]] = relationship(back_populates="introduction", order_by="Contact.id")
    reports: Mapped[list["Report"]] = relationship(back_populates="introduction", order_by="Report.id")

    @property
    def is_waiting(self) -> bool:
        return self.stage == Stage.ASKED

    def is_late(self, at: datetime) -> bool:
        """Whether the time to answer is over; the worker then expires it."""
        return self.is_waiting and at >= self.due_at

    def other_side(self, organisation: Organisation) -> Organisation:
        return self.asked if organisation.id == self.asker_id else self.asker

    def report_of(self, milestone: Milestone) -> "Report | None":
        return next((each for each in self.reports if each.milestone == milestone), None)

    def __str__(self) -> str:
        return f"{self.asker} → {self.asked}"


class Message(Base):
    """What one side wrote to the other; a confidential one is read only after the undertaking."""

    __tablename__ = "introduction_message"

    id: Mapped[Id]
    introduction_id: Mapped[int] = mapped_column(BigInt, ForeignKey("introduction.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("organisation.id"))
    author_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text, info={"secret": True})
    is_confidential: Mapped[bool] = mapped_column(Boolean, default=False)
    written_at: Mapped[At]

    introduction: Mapped[Introduction] = relationship(back_populates="messages")
    organisation: Mapped[Organisation] = relationship()
    author: Mapped[Person] = relationship()


class Contact(Base):
    """A side is ready to show who can be reached; shown to the other once both are."""

    __tablename__ = "introduction_contact"
    __table_args__ = (UniqueConstraint("introduction_id", "organisation_id"),)

    id: Mapped[Id]
    introduction_id: Mapped[int] = mapped_column(BigInt, ForeignKey("introduction.id"))
    organisation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("organisation.id"))
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    ready_at: Mapped[At]

    introduction: Mapped[Introduction] = relationship(back_populates="contacts")
    person: Mapped[Person] = relationship()


class Report(Base):
    """One side says that the two met or signed; it counts as confirmed once the other side says so too."""

    __tablename__ = "introduction_report"
    __table_args__ = (UniqueConstraint("introduction_id", "milestone"),)

    id: Mapped[Id]
    introduction_id: Mapped[int] = mapped_column(BigInt, ForeignKey("introduction.id"))
    milestone: Mapped[Milestone] = mapped_column(choice(Milestone))
    happened_on: Mapped[date] = mapped_column(Date)
    organisation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("organisation.id"))
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    reported_at: Mapped[At]
    confirmed_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    confirmed_at: Mapped[At | None]

    introduction: Mapped[Introduction] = relationship(back_populates="reports")


class Block(Base):
    """An organisation takes no requests from another one."""

    __tablename__ = "introduction_block"
    __table_args__ = (UniqueConstraint("organisation_id", "blocked_id"),)

    id: Mapped[Id]
    organisation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("organisation.id"))
    blocked_id: Mapped[int] = mapped_column(BigInt, ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    since: Mapped[At]

    blocked: Mapped[Organisation] = relationship(foreign_keys=blocked_id)
