"""What was shown of the number of applicants, by day and kind of organisation: bands, never the numbers."""

from datetime import date

from sqlalchemy import Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.challenges.models import Challenge
from marketplace.db import At, Base, BigInt, Id, choice
from marketplace.organisations.stages import Kind


class ApplicantBand(Base):
    """How many organisations of a kind had sent a solution when it was counted that day; no kind stands for nobody."""

    __tablename__ = "applicant_band"
    __table_args__ = (UniqueConstraint("challenge_id", "day", "kind"),)

    id: Mapped[Id]
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    day: Mapped[date] = mapped_column(Date)
    counted_at: Mapped[At]
    kind: Mapped[Kind | None] = mapped_column(choice(Kind))
    low: Mapped[int]
    high: Mapped[int | None]

    challenge: Mapped[Challenge] = relationship()
