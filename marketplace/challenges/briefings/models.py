"""Briefings and who registered for them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import At, Base, BigInt, Id, reference_column
from marketplace.organisations.models import Organisation


class Briefing(Base):
    """An hour at which the agency explains its challenge; place and address of the call are for the registered."""

    __tablename__ = "briefing"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="starts_before_ending"),
        CheckConstraint("seats is null or seats between 1 and 10000", name="seats_range"),
        CheckConstraint("place is not null or call_url is not null", name="somewhere"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("GT")
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    title_vi: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str | None] = mapped_column(String(200))
    starts_at: Mapped[At]
    ends_at: Mapped[At]
    # None: as many as come
    seats: Mapped[int | None]
    place: Mapped[str | None] = mapped_column(Text, info={"secret": True})
    call_url: Mapped[str | None] = mapped_column(String(500), info={"secret": True})
    cancelled_at: Mapped[At | None]
    cancelled_because: Mapped[str | None] = mapped_column(Text)

    challenge: Mapped[Challenge] = relationship()
    registrations: Mapped[list["Registration"]] = relationship(
        primaryjoin="and_(Registration.briefing_id == Briefing.id, Registration.left_at.is_(None))",
        order_by="Registration.id",
        viewonly=True,
    )

    @property
    def seated(self) -> list["Registration"]:
        """Whoever came first, up to the number of seats."""
        return self.registrations[: self.seats] if self.seats is not None else self.registrations

    @property
    def waiting(self) -> list["Registration"]:
        """Whoever moves up when somebody leaves, in order."""
        return self.registrations[self.seats :] if self.seats is not None else []

    def takes(self, at: datetime) -> bool:
        """Whether one may still register."""
        return self.cancelled_at is None and at < self.starts_at

    def __str__(self) -> str:
        return self.title_vi


class Registration(Base):
    """Somebody wants to come; it tells nothing of whether they answer."""

    __tablename__ = "registration"
    __table_args__ = (
        Index(
            "uq_registration_standing",
            "briefing_id",
            "person_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    briefing_id: Mapped[int] = mapped_column(BigInt, ForeignKey("briefing.id"), index=True)
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("organisation.id"))
    registered_at: Mapped[At]
    left_at: Mapped[At | None]

    briefing: Mapped[Briefing] = relationship()
    person: Mapped[Person] = relationship(lazy="joined")
    organisation: Mapped[Organisation | None] = relationship(lazy="joined")
