"""What an agency says became of its promise to decide about use."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.models.challenge import Challenge
from marketplace.challenges.stages import PledgeOutcome
from marketplace.db import At, Base, BigInt, Id, choice


class PledgeReport(Base):
    """One statement; the newest holds, earlier ones stay to be read."""

    __tablename__ = "pledge_report"
    __table_args__ = (CheckConstraint("outcome = 'dropped' or decided_on is not null", name="decided_on_a_day"),)

    id: Mapped[Id]
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    outcome: Mapped[PledgeOutcome] = mapped_column(choice(PledgeOutcome))
    decided_on: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    said_at: Mapped[At]

    challenge: Mapped[Challenge] = relationship(back_populates="pledge_reports")
    person: Mapped[Person] = relationship()
