"""The lot by which entries go to judges: the seed that was committed to, and what it was drawn from."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id
from marketplace.judging.models.panels import Panel


class AssignmentDraw(Base):
    """A panel's seed. Its hash is public when it is committed to; the seed itself with the results."""

    __tablename__ = "assignment_draw"
    __table_args__ = (CheckConstraint("(drawn_at is null) = (given_sha256 is null)", name="drawn_from_something"),)

    id: Mapped[Id]
    panel_id: Mapped[int] = mapped_column(BigInt, ForeignKey("panel.id"), unique=True)
    seed: Mapped[str] = mapped_column(String(64), info={"secret": True})
    sha256: Mapped[str] = mapped_column(String(64))
    committed_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    committed_at: Mapped[At]
    drawn_at: Mapped[At | None]
    # what was drawn from, as `flask judging assign` reads it; entries and judges are numbers
    given: Mapped[dict[str, Any] | None] = mapped_column(JSON, info={"secret": True})
    given_sha256: Mapped[str | None] = mapped_column(String(64))

    panel: Mapped[Panel] = relationship()
    committed_by: Mapped[Person] = relationship()

    def __str__(self) -> str:
        return self.panel.challenge.reference
