"""The rules by which a challenge is judged, and what was changed of them after they were public."""

from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Integer, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import At, Base, BigInt, Id, choice
from marketplace.judging.stages import Blind, Comments, DropOut, RoundKind


class JudgingRules(Base):
    """How a challenge is judged: written with the problem statement, public with it, locked when judging opens."""

    __tablename__ = "judging_rules"
    __table_args__ = (
        CheckConstraint("reviews_per_entry between 1 and 9", name="reviews_range"),
        CheckConstraint("quorum between 1 and reviews_per_entry", name="quorum_range"),
        CheckConstraint("third_reading_points is null or third_reading_points between 5 and 100", name="third_range"),
        CheckConstraint("minimum_total is null or minimum_total between 1 and 100", name="minimum_range"),
        CheckConstraint("objection_days between 0 and 10", name="objection_range"),
        CheckConstraint("anchor_count between 0 and 3", name="anchor_range"),
        CheckConstraint("pair_cap is null or pair_cap between 50 and 95", name="pair_cap_range"),
        CheckConstraint("appeal_days between 0 and 30", name="appeal_range"),
        CheckConstraint("tie_months between 0 and 120", name="tie_range"),
        CheckConstraint("(locked_at is null) = (fingerprint is null)", name="locked_with_fingerprint"),
    )

    id: Mapped[Id]
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), unique=True)
    # rounds in order, each {"blind": a Blind, "best": how many entries go on, null in the last}, and with "kind", a
    # RoundKind, where judges do something else than give points
    rounds: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=lambda: [{"blind": "open", "best": None}])
    reviews_per_entry: Mapped[int] = mapped_column(Integer, default=3)
    quorum: Mapped[int] = mapped_column(Integer, default=2)
    # totals of 100 that lie this far apart call one more reader
    third_reading_points: Mapped[int | None]
    minimum_total: Mapped[int | None]
    dropout: Mapped[DropOut] = mapped_column(choice(DropOut), default=DropOut.FINISHED_STAY)
    # words of Tiebreak, in the order in which they are asked
    tiebreaks: Mapped[list[str]] = mapped_column(JSON, default=lambda: ["criteria"])
    mix_required: Mapped[bool] = mapped_column(Boolean, default=False)
    # where entries are assigned by lot, the greatest chance, in a hundred, that any pair of judge and entry may have
    pair_cap: Mapped[int | None]
    not_applicable: Mapped[bool] = mapped_column(Boolean, default=False)
    comments: Mapped[Comments] = mapped_column(choice(Comments), default=Comments.EXTREMES)
    objection_days: Mapped[int] = mapped_column(Integer, default=0)
    anchor_count: Mapped[int] = mapped_column(Integer, default=0)
    # days after publication in which entrants may appeal against the results
    appeal_days: Mapped[int] = mapped_column(Integer, default=5, server_default="0")
    # whether everybody may read when which entry is defended
    defence_public: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    # for how many months contracts, supervision and former affiliations bar a judge; 0: they are not looked for
    tie_months: Mapped[int] = mapped_column(Integer, default=36, server_default="0")
    saved_at: Mapped[At | None]
    locked_at: Mapped[At | None]
    # SHA-256 of the canonical JSON, written when judging opens and with every amendment after it
    fingerprint: Mapped[str | None] = mapped_column(String(64))

    challenge: Mapped[Challenge] = relationship()
    amendments: Mapped[list["RulesAmendment"]] = relationship(back_populates="rules", order_by="RulesAmendment.id")

    @property
    def rules_locked(self) -> bool:
        """Whether judging has opened, so that every change is an amendment."""
        return self.locked_at is not None

    def blind(self, number: int) -> Blind:
        """What judges and entrants know of each other in this round, from 1."""
        return Blind(self.rounds[min(number, len(self.rounds)) - 1]["blind"]) if number else self.blind(1)

    def kind(self, number: int) -> RoundKind:
        """What judges do in this round, from 1; in what they all score first they give points."""
        if not number:
            return RoundKind.SCORES
        return RoundKind(self.rounds[min(number, len(self.rounds)) - 1].get("kind", RoundKind.SCORES))

    def best(self, number: int) -> int | None:
        """How many entries go on from this round; None from the last."""
        return self.rounds[number - 1]["best"] if number < len(self.rounds) else None

    def __str__(self) -> str:
        return self.challenge.reference


class RulesAmendment(Base):
    """A change of rules that were public already: what they said before and after, who changed them and why."""

    __tablename__ = "rules_amendment"

    id: Mapped[Id]
    rules_id: Mapped[int] = mapped_column(BigInt, ForeignKey("judging_rules.id"), index=True)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    reasons: Mapped[str] = mapped_column(Text)
    amended_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    amended_at: Mapped[At]

    rules: Mapped[JudgingRules] = relationship(back_populates="amendments")
    amended_by: Mapped[Person] = relationship()
