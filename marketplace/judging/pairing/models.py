"""What judges said of pairs of entries, and every wording of it."""

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.db import At, Base, BigInt, Id, choice
from marketplace.judging.models import Seat
from marketplace.judging.pairing.stages import Outcome
from marketplace.solutions.models import Solution


class PairJudgement(Base):
    """A judge's word on two entries in a round, the one with the smaller id first; the journal never has it."""

    __tablename__ = "pair_judgement"
    __table_args__ = (
        UniqueConstraint("seat_id", "round", "one_id", "other_id"),
        CheckConstraint("one_id < other_id", name="smaller_id_first"),
    )

    id: Mapped[Id]
    seat_id: Mapped[int] = mapped_column(BigInt, ForeignKey("seat.id"))
    round: Mapped[int]
    one_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    other_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome), info={"secret": True})
    reason: Mapped[str | None] = mapped_column(Text, info={"secret": True})
    # counts wordings, so that two windows of one judge notice each other
    edition: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[At]

    seat: Mapped[Seat] = relationship()
    one: Mapped[Solution] = relationship(foreign_keys=one_id)
    other: Mapped[Solution] = relationship(foreign_keys=other_id)
    versions: Mapped[list["PairJudgementVersion"]] = relationship(
        back_populates="judgement", order_by="PairJudgementVersion.edition"
    )

    @property
    def pair(self) -> tuple[int, int]:
        return self.one_id, self.other_id

    @property
    def wins(self) -> list[tuple[int, int]]:
        """As (better, worse); equals both ways."""
        found = {
            Outcome.ONE: [(self.one_id, self.other_id)],
            Outcome.OTHER: [(self.other_id, self.one_id)],
        }
        return found.get(self.outcome, [(self.one_id, self.other_id), (self.other_id, self.one_id)])


class PairJudgementVersion(Base):
    """What a judge said of a pair at one time, never changed: the trail."""

    __tablename__ = "pair_judgement_version"
    __table_args__ = (UniqueConstraint("judgement_id", "edition"),)

    id: Mapped[Id]
    judgement_id: Mapped[int] = mapped_column(BigInt, ForeignKey("pair_judgement.id"))
    edition: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome), info={"secret": True})
    reason: Mapped[str | None] = mapped_column(Text, info={"secret": True})
    said_at: Mapped[At]

    judgement: Mapped[PairJudgement] = relationship(back_populates="versions")
