"""Experts, the evidence of what they know, and their affiliations over time."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id, choice, reference_column
from marketplace.organisations.experts.stages import BREADTH, Expertise, Readers, Supervised
from marketplace.organisations.models import Organisation


class Expert(Base):
    """Somebody who knows a field: with an account, or named by a list until they have one."""

    __tablename__ = "expert"

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("CG")
    person_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"), unique=True)
    full_name: Mapped[str] = mapped_column(String(200))
    # of somebody without an account, to know them by once they have one; nobody is shown it
    email: Mapped[str | None] = mapped_column(String(255), unique=True, info={"secret": True})
    summary_vi: Mapped[str | None] = mapped_column(Text, info={"secret": True})
    summary_en: Mapped[str | None] = mapped_column(Text, info={"secret": True})
    fields: Mapped[list[str]] = mapped_column(JSON, default=list)
    concepts: Mapped[list[str]] = mapped_column(JSON, default=list)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list, info={"secret": True})
    readers: Mapped[Readers] = mapped_column(choice(Readers), default=Readers.ORGANISERS)
    # {part: readers} where those of a part are fewer
    part_readers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    folded_name: Mapped[str] = mapped_column(Text, default="")
    sort_name: Mapped[str] = mapped_column(Text().with_variant(Text(collation="C"), "postgresql"), default="")
    source: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[At]
    confirmed_at: Mapped[At | None]

    person: Mapped[Person | None] = relationship()
    evidence: Mapped[list["ExpertEvidence"]] = relationship(
        back_populates="expert", order_by="ExpertEvidence.year.desc(), ExpertEvidence.id"
    )
    affiliations: Mapped[list["Affiliation"]] = relationship(
        back_populates="expert",
        order_by="Affiliation.from_year.desc(), Affiliation.id",
        primaryjoin="and_(Affiliation.expert_id == Expert.id, Affiliation.withdrawn_at.is_(None))",
    )

    supervisions: Mapped[list["Supervision"]] = relationship(
        back_populates="expert",
        order_by="Supervision.from_year.desc(), Supervision.id",
        primaryjoin="and_(Supervision.expert_id == Expert.id, Supervision.withdrawn_at.is_(None))",
    )

    def shows(self, part: str, reader: Readers) -> bool:
        """Whether such a reader reads this part."""
        narrowest = max(BREADTH[self.readers], BREADTH[Readers(self.part_readers.get(part, "public"))])
        return narrowest <= BREADTH[reader]

    @property
    def last_confirmed_at(self) -> datetime:
        return self.confirmed_at or self.created_at

    def __str__(self) -> str:
        return self.full_name


class ExpertEvidence(Base):
    """A paper, patent, project, role or award, with year and source."""

    __tablename__ = "expert_evidence"
    __table_args__ = (CheckConstraint("month is null or (month between 1 and 12 and year is not null)", name="month"),)

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("BC")
    expert_id: Mapped[int] = mapped_column(BigInt, ForeignKey("expert.id"), index=True, info={"goes_along": True})
    kind: Mapped[Expertise] = mapped_column(choice(Expertise))
    title: Mapped[str] = mapped_column(String(300))
    year: Mapped[int | None]
    month: Mapped[int | None]
    source: Mapped[str | None] = mapped_column(String(300))

    expert: Mapped[Expert] = relationship(back_populates="evidence")


class Affiliation(Base):
    """Where somebody works or worked; one taken off the page still counts for conflicts of interest for a time."""

    __tablename__ = "affiliation"
    __table_args__ = (CheckConstraint("to_year is null or to_year >= from_year", name="years"),)

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("CT")
    expert_id: Mapped[int] = mapped_column(BigInt, ForeignKey("expert.id"), index=True, info={"goes_along": True})
    # where it is one of those here
    organisation_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    position: Mapped[str | None] = mapped_column(String(200))
    from_year: Mapped[int]
    to_year: Mapped[int | None]
    withdrawn_at: Mapped[At | None]

    expert: Mapped[Expert] = relationship(back_populates="affiliations")
    organisation: Mapped[Organisation | None] = relationship()


class Supervision(Base):
    """Who supervised whose thesis or research; nobody but the expert reads it, conflicts of interest are found by it.

    One taken off the page counts for a time like an affiliation.
    """

    __tablename__ = "supervision"
    __table_args__ = (CheckConstraint("to_year is null or to_year >= from_year", name="years"),)

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("HD")
    expert_id: Mapped[int] = mapped_column(BigInt, ForeignKey("expert.id"), index=True, info={"goes_along": True})
    supervised: Mapped[Supervised] = mapped_column(choice(Supervised))
    name: Mapped[str] = mapped_column(String(200), info={"secret": True})
    # what the other one is known by, in lower case
    email: Mapped[str] = mapped_column(String(255), index=True, info={"secret": True})
    from_year: Mapped[int]
    to_year: Mapped[int | None]
    withdrawn_at: Mapped[At | None]

    expert: Mapped[Expert] = relationship(back_populates="supervisions")
