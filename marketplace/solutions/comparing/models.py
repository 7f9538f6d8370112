"""What the worker found when it compared received entries."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.challenges.models import Challenge
from marketplace.db import At, Base, BigInt, Id
from marketplace.solutions.models import SolutionVersion


class Comparison(Base):
    """When the entries of a challenge were compared last, and how many they were."""

    __tablename__ = "comparison"
    __table_args__ = (UniqueConstraint("challenge_id"),)

    id: Mapped[Id]
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"))
    compared_at: Mapped[At]
    entry_count: Mapped[int]

    challenge: Mapped[Challenge] = relationship()


class LikenessHint(Base):
    """What of a received version stands in another: the share of its runs of words, and the longest passages."""

    __tablename__ = "likeness_hint"
    __table_args__ = (
        UniqueConstraint("version_id", "other_id"),
        CheckConstraint("share_bp between 0 and 10000", name="share_range"),
        CheckConstraint("version_id <> other_id", name="two_versions"),
    )

    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution_version.id"))
    other_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution_version.id"), index=True)
    share_bp: Mapped[int]
    # the longest first, each {"mine", "theirs", "words"}
    passages: Mapped[list[dict[str, Any]]] = mapped_column(JSON, info={"secret": True})

    version: Mapped[SolutionVersion] = relationship(foreign_keys=version_id)
    other: Mapped[SolutionVersion] = relationship(foreign_keys=other_id)
