"""Weights that judgements spoke for, what was measured of them, and who adopted or returned them why."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id, Staged, choice, reference_column
from marketplace.matching.learning.stages import MOVES, Stage
from marketplace.relevance.weights import Weights


class LearntWeights(Staged, Base):
    """Numbers that never change, and are used only for the version of the model (`base`) they were measured with.

    Of the adopted ones of a `base` the newest is in use, so who returns it has the one of before.
    """

    __tablename__ = "learnt_weights"
    MOVES = MOVES
    __table_args__ = (
        # nobody adopts two that were each measured against the same
        Index(
            "uq_learnt_weights_adopted",
            "base",
            "instead_of",
            unique=True,
            sqlite_where=text("stage = 'adopted'"),
            postgresql_where=text("stage = 'adopted'"),
        ),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("TS")
    number: Mapped[int] = mapped_column(unique=True)
    stage: Mapped[Stage] = mapped_column(choice(Stage), default=Stage.PROPOSED)
    # the version of the model whose weights these would be, as suggestions name it
    base: Mapped[str] = mapped_column(String(100))
    version: Mapped[str] = mapped_column(String(100), unique=True)
    # the version in use when they were measured
    instead_of: Mapped[str] = mapped_column(String(100))
    # by the names of relevance.weights.Weights
    numbers: Mapped[dict[str, float]] = mapped_column(JSON)
    # sums only, as matching.learning.measuring gives them
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    proposed_at: Mapped[At]
    adopted_at: Mapped[At | None]
    adopted_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    adopted_for: Mapped[str | None] = mapped_column(Text)
    returned_at: Mapped[At | None]
    returned_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    returned_for: Mapped[str | None] = mapped_column(Text)

    adopted_by: Mapped[Person | None] = relationship(foreign_keys=adopted_by_id)
    returned_by: Mapped[Person | None] = relationship(foreign_keys=returned_by_id)

    @property
    def weights(self) -> Weights:
        return Weights(**self.numbers)

    def __str__(self) -> str:
        return self.version
