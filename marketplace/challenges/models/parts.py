"""What a challenge has several of: measures of success, tiers of prizes, phases, rules of eligibility."""

from decimal import Decimal

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.challenges.models.challenge import Challenge
from marketplace.challenges.stages import Direction, Field, RuleKind
from marketplace.db import At, Base, BigInt, Id, choice


class Measure(Base):
    """How success is measured: what, today's value, the target and its unit; numbers in thousandths."""

    __tablename__ = "measure"
    __table_args__ = (
        UniqueConstraint("challenge_id", "position"),
        CheckConstraint("name_vi is not null or name_en is not null", name="named"),
    )

    id: Mapped[Id]
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    position: Mapped[int]
    name_vi: Mapped[str | None] = mapped_column(String(300))
    name_en: Mapped[str | None] = mapped_column(String(300))
    direction: Mapped[Direction] = mapped_column(choice(Direction), default=Direction.AT_LEAST)
    today_milli: Mapped[int | None] = mapped_column(BigInt)
    target_milli: Mapped[int] = mapped_column(BigInt)
    unit_vi: Mapped[str | None] = mapped_column(String(100))
    unit_en: Mapped[str | None] = mapped_column(String(100))

    challenge: Mapped[Challenge] = relationship(back_populates="measures")

    @property
    def today(self) -> Decimal | None:
        """Today's value in the unit."""
        return None if self.today_milli is None else _units(self.today_milli)

    @property
    def target(self) -> Decimal:
        """The target in the unit."""
        return _units(self.target_milli)

    def __str__(self) -> str:
        return f"{self.name_vi or self.name_en}: {self.direction} {self.target_milli / 1000} {self.unit_vi or ''}"


def _units(thousandths: int) -> Decimal:
    return Decimal(thousandths).scaleb(-3).normalize()


class Prize(Base):
    """A tier of prizes: how many, what each is worth in đồng and beside money; of one field of a contest, or of all."""

    __tablename__ = "prize"
    __table_args__ = (
        UniqueConstraint("challenge_id", "position"),
        CheckConstraint("name_vi is not null or name_en is not null", name="named"),
        CheckConstraint("quantity between 1 and 1000", name="quantity_range"),
        CheckConstraint("amount_vnd is null or amount_vnd > 0", name="amount_positive"),
        CheckConstraint(
            "amount_vnd is not null or reward_vi is not null or reward_en is not null", name="worth_something"
        ),
    )

    id: Mapped[Id]
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    position: Mapped[int]
    field: Mapped[Field | None] = mapped_column(choice(Field))
    name_vi: Mapped[str | None] = mapped_column(String(200))
    name_en: Mapped[str | None] = mapped_column(String(200))
    quantity: Mapped[int] = mapped_column(default=1)
    amount_vnd: Mapped[int | None] = mapped_column(BigInt)
    reward_vi: Mapped[str | None] = mapped_column(Text)
    reward_en: Mapped[str | None] = mapped_column(Text)

    challenge: Mapped[Challenge] = relationship(back_populates="prizes")

    def __str__(self) -> str:
        field = f"{self.field.value}: " if self.field else ""
        return f"{field}{self.name_vi or self.name_en} × {self.quantity}, {self.amount_vnd or 0} VND"


class Period(Base):
    """A phase of the timetable: what happens from when until when, beside opening, closing and decision."""

    __tablename__ = "period"
    __table_args__ = (
        UniqueConstraint("challenge_id", "position"),
        CheckConstraint("name_vi is not null or name_en is not null", name="named"),
        CheckConstraint("ends_at is null or starts_at <= ends_at", name="starts_before_ending"),
    )

    id: Mapped[Id]
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    position: Mapped[int]
    name_vi: Mapped[str | None] = mapped_column(String(200))
    name_en: Mapped[str | None] = mapped_column(String(200))
    starts_at: Mapped[At]
    ends_at: Mapped[At | None]
    # what is judged in this phase, where it is not the whole rubric
    judged_vi: Mapped[str | None] = mapped_column(Text)
    judged_en: Mapped[str | None] = mapped_column(Text)

    challenge: Mapped[Challenge] = relationship(back_populates="periods")

    def __str__(self) -> str:
        return f"{self.name_vi or self.name_en}: {self.starts_at.isoformat()}"


class EligibilityRule(Base):
    """One condition on whoever answers: its kind, and the words of its enumeration that fulfil it.

    Of NO_PRIZE the one value is a number of years: nothing was won here within them.
    """

    __tablename__ = "eligibility_rule"
    __table_args__ = (UniqueConstraint("challenge_id", "kind"),)

    id: Mapped[Id]
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    position: Mapped[int]
    kind: Mapped[RuleKind] = mapped_column(choice(RuleKind))
    values: Mapped[list[str]] = mapped_column(JSON)
    # whether every partner of a consortium must fulfil it too
    binds_partners: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())

    challenge: Mapped[Challenge] = relationship(back_populates="eligibility")

    def __str__(self) -> str:
        return f"{self.kind}: {', '.join(self.values)}"
