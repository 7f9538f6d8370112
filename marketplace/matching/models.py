"""Suggestions: which organisation fits a challenge, and everything needed to say why and to work it out again."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import At, Base, BigInt, Id, choice
from marketplace.matching.stages import Row, Verdict
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Helix


class Suggestion(Base):
    """One organisation for one challenge. Equal inputs under an equal model give equal rows."""

    __tablename__ = "suggestion"
    __table_args__ = (
        UniqueConstraint("challenge_id", "organisation_id"),
        UniqueConstraint("challenge_id", "row", "place"),
        CheckConstraint("score between 0 and 1000", name="score_range"),
        CheckConstraint("place >= 1", name="place_positive"),
    )

    id: Mapped[Id]
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"))
    organisation_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("organisation.id"), index=True, info={"goes_along": True}
    )
    row: Mapped[Row] = mapped_column(choice(Row))
    place: Mapped[int]
    # thousandths of the best possible fit
    score: Mapped[int]
    # the largest share first: {"term", "language", "share" (thousandths of the score), and of the piece that says it
    # "kind", "title_vi", "title_en", "year"}
    terms: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    # each with its "code" (matching.reasons.facts) and "values"
    facts: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    # the house that this organisation would add to those the challenge has
    adds: Mapped[Helix | None] = mapped_column(choice(Helix))
    missing_sides: Mapped[list[str]] = mapped_column(JSON, default=list)
    # capabilities asked for that nothing on the profile shows, each with keys vi and en
    missing_needs: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    model_version: Mapped[str] = mapped_column(String(100))
    inputs_hash: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[At]

    challenge: Mapped[Challenge] = relationship()
    organisation: Mapped[Organisation] = relationship()

    def terms_in(self, language: str, most: int = 5) -> list[dict[str, Any]]:
        """The phrases to show to a reader of `language`; those in the other one where there are no others."""
        own = [term for term in self.terms if term["language"] in (language, "")]
        return (own or self.terms)[:most]


class Feedback(Base):
    """What somebody said of a suggestion. It is kept and shown in sums, and never changes a list by itself."""

    __tablename__ = "suggestion_feedback"
    __table_args__ = (UniqueConstraint("challenge_id", "organisation_id", "person_id"),)

    id: Mapped[Id]
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"))
    organisation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"), index=True)
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict))
    model_version: Mapped[str] = mapped_column(String(100))
    said_at: Mapped[At]

    person: Mapped[Person] = relationship()


class Exposure(Base):
    """An organisation stood on the list of a challenge in a month; whether anybody looked is not recorded."""

    __tablename__ = "exposure"
    __table_args__ = (UniqueConstraint("month", "challenge_id", "organisation_id"),)

    id: Mapped[Id]
    # in Hanoi, as 2026-11
    month: Mapped[str] = mapped_column(String(7))
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"))
    organisation_id: Mapped[int] = mapped_column(
        BigInt, ForeignKey("organisation.id"), index=True, info={"goes_along": True}
    )
    row: Mapped[Row] = mapped_column(choice(Row))


class ModelEvaluation(Base):
    """A version of the model, what was measured of it before it was used, and since when it is."""

    __tablename__ = "model_evaluation"

    id: Mapped[Id]
    version: Mapped[str] = mapped_column(String(100), unique=True)
    # as matching.quality.measure gives it
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    used_since: Mapped[At]

    def __str__(self) -> str:
        return self.version


class StoredPool(Base):
    """Which file in the instance folder holds all public profiles, indexed; only the newest row counts.

    The row goes with the database: after a backup comes back, or in another folder, nothing wrong is read.
    """

    __tablename__ = "stored_pool"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True)
    stored_at: Mapped[At]
