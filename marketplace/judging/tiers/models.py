"""Where a panel draws its lines: how many of each tier go to each field, and who is passed over."""

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id
from marketplace.judging.models import Panel


class PrizePlan(Base):
    """The lines as they were kept last; it decides nothing, the draft of the results begins with it."""

    __tablename__ = "prize_plan"

    id: Mapped[Id]
    panel_id: Mapped[int] = mapped_column(BigInt, ForeignKey("panel.id"), unique=True)
    # by "number of the tier" + "-" + field, the field empty where the challenge has none
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    # references of solutions that get no prize although their place would
    passed_over: Mapped[list[str]] = mapped_column(JSON)
    saved_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    saved_at: Mapped[At]

    panel: Mapped[Panel] = relationship()
    saved_by: Mapped[Person] = relationship()

    def __str__(self) -> str:
        return self.panel.challenge.reference
