"""Organisations, who belongs to them, what they have done, and the 126 communes and wards."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Index, String, Text, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id, choice, reference_column
from marketplace.organisations.freshness import is_stale
from marketplace.organisations.stages import Audience, Claim, EvidenceKind, Helix, Kind, Role


class Place(Base):
    """A commune or ward of the city since 1 July 2025, with the units it was made of as search aliases."""

    __tablename__ = "place"

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    name_vi: Mapped[str] = mapped_column(String(100))
    name_en: Mapped[str] = mapped_column(String(100))
    former_district: Mapped[str] = mapped_column(String(100))
    former_units: Mapped[str] = mapped_column(Text)


class Organisation(Base):
    """A body that asks, answers or supports. Reference bodies are unclaimed until somebody speaks for them."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("name_vi is not null or name_en is not null", name="named"),
        CheckConstraint("trl_from is null or trl_from between 1 and 9", name="trl_from_range"),
        CheckConstraint("trl_to is null or trl_to between 1 and 9", name="trl_to_range"),
        CheckConstraint("person_id is null or kind = 'individual'", name="own_name"),
        # as tax_code.normalised_tax_code writes it, so that one code is one text
        CheckConstraint("tax_code is null or length(tax_code) in (10, 14)", name="tax_code_normal"),
        CheckConstraint("kind not in ('individual', 'group') or not is_listed", name="people_unlisted"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("TC")
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    helix: Mapped[Helix] = mapped_column(choice(Helix))
    claim: Mapped[Claim] = mapped_column(choice(Claim), default=Claim.UNCLAIMED)
    name_vi: Mapped[str | None] = mapped_column(String(300))
    name_en: Mapped[str | None] = mapped_column(String(300))
    symbol: Mapped[str | None] = mapped_column(String(30))
    summary_vi: Mapped[str | None] = mapped_column(Text)
    summary_en: Mapped[str | None] = mapped_column(Text)
    # a list of texts, each with keys vi and en
    capabilities: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    website: Mapped[str | None] = mapped_column(String(300))
    tax_code: Mapped[str | None] = mapped_column(String(14), unique=True)
    place_code: Mapped[str | None] = mapped_column(String(5), ForeignKey("place.code"))
    trl_from: Mapped[int | None]
    trl_to: Mapped[int | None]
    # keys of labels.FIELDS, topics of relevance.concepts, languages by ISO 639-1
    fields: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    concepts: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    owner_group: Mapped[str | None] = mapped_column(String(200))
    contact: Mapped[str | None] = mapped_column(Text)
    # What is not for everyone: {part: {"for": audience, "values": {column: value}}}, and those columns are empty.
    # So whoever reads the columns (search, matching, lists) reads what is public.
    kept_back: Mapped[dict[str, dict[str, Any]]] = mapped_column(
        JSON, default=dict, server_default="{}", info={"secret": True}
    )
    folded_names: Mapped[str] = mapped_column(Text, default="")
    # dictionary order of Vietnamese, compared by code point
    sort_name: Mapped[str] = mapped_column(Text().with_variant(Text(collation="C"), "postgresql"), default="")
    source: Mapped[str | None] = mapped_column(String(300))
    is_demo: Mapped[bool] = mapped_column(Boolean, default=False)
    # by the operator; ends when the name, the tax code or the website changes
    verified_at: Mapped[At | None]
    verified_how: Mapped[str | None] = mapped_column(String(300))
    # while it is set nobody may act for the body
    suspended_at: Mapped[At | None]
    suspended_for: Mapped[str | None] = mapped_column(Text)
    merged_into_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("organisation.id"), index=True)
    merged_at: Mapped[At | None]
    # the rows that moved with it, so that a merge can be taken back
    merged_rows: Mapped[dict[str, list[int]] | None] = mapped_column(JSON)
    # no page, list, search or suggestion knows an unlisted one: people in their own name, paper nobody claimed yet
    is_listed: Mapped[bool] = mapped_column(Boolean, default=True, server_default=true())
    # of INDIVIDUAL: whose own name it is, once it is known
    person_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"), unique=True)
    created_at: Mapped[At]
    # when somebody of it last said that the profile is true; before that, since it was written
    confirmed_at: Mapped[At | None]

    place: Mapped[Place | None] = relationship()
    merged_into: Mapped["Organisation | None"] = relationship(remote_side="Organisation.id")
    memberships: Mapped[list["Membership"]] = relationship(back_populates="organisation", order_by="Membership.id")
    # every line, also those that are not for everyone
    lines: Mapped[list["TrackRecord"]] = relationship(
        back_populates="organisation", order_by="TrackRecord.year.desc(), TrackRecord.month.desc(), TrackRecord.id"
    )

    @property
    def track_record(self) -> list["TrackRecord"]:
        """What everybody may read of it."""
        return [line for line in self.lines if line.audience == Audience.PUBLIC and line.hidden_at is None]

    @property
    def last_confirmed_at(self) -> datetime:
        """Since when nobody has looked at the profile again."""
        return self.confirmed_at or self.created_at

    def is_stale(self, at: datetime) -> bool:
        """Whether nobody has said for a year that the profile is still true."""
        return is_stale(self.last_confirmed_at, at)

    def __str__(self) -> str:
        return self.name_vi or self.name_en or self.reference


class Membership(Base):
    """A person's role in an organisation, with giver and date; an ended one gives no right."""

    __tablename__ = "membership"
    __table_args__ = (
        Index(
            "uq_membership_open",
            "person_id",
            "organisation_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    organisation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("organisation.id"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role))
    giver_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    given_at: Mapped[At]
    ended_at: Mapped[At | None]

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    giver: Mapped[Person | None] = relationship(foreign_keys=giver_id)
    organisation: Mapped[Organisation] = relationship(back_populates="memberships")

    def __str__(self) -> str:
        return f"{self.person}, {self.organisation}"


class Invitation(Base):
    """A role offered to an address; used once, by whoever signed in with that address."""

    __tablename__ = "invitation"

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("LM")
    organisation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("organisation.id"), index=True)
    email: Mapped[str] = mapped_column(String(255))
    role: Mapped[Role] = mapped_column(choice(Role))
    key_hash: Mapped[str] = mapped_column(String(64), unique=True, info={"secret": True})
    inviter_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    invited_at: Mapped[At]
    expires_at: Mapped[At]
    accepted_at: Mapped[At | None]
    revoked_at: Mapped[At | None]

    organisation: Mapped[Organisation] = relationship()
    inviter: Mapped[Person] = relationship()

    def __str__(self) -> str:
        return self.email


class TrackRecord(Base):
    """Evidence of what an organisation can do: a project, product, patent or paper, with date, source and partners."""

    __tablename__ = "track_record"
    __table_args__ = (
        CheckConstraint("title_vi is not null or title_en is not null", name="titled"),
        CheckConstraint("month is null or (month between 1 and 12 and year is not null)", name="month_of_year"),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("NL")
    organisation_id: Mapped[int] = mapped_column(BigInt, ForeignKey("organisation.id"), index=True)
    kind: Mapped[EvidenceKind] = mapped_column(choice(EvidenceKind))
    title_vi: Mapped[str | None] = mapped_column(String(300))
    title_en: Mapped[str | None] = mapped_column(String(300))
    description_vi: Mapped[str | None] = mapped_column(Text)
    description_en: Mapped[str | None] = mapped_column(Text)
    partner_vi: Mapped[str | None] = mapped_column(String(300))
    partner_en: Mapped[str | None] = mapped_column(String(300))
    year: Mapped[int | None]
    month: Mapped[int | None]
    # where it can be looked up: an address, the number of a decision, patent or paper
    source: Mapped[str | None] = mapped_column(String(300))
    audience: Mapped[Audience] = mapped_column(
        choice(Audience), default=Audience.PUBLIC, server_default=Audience.PUBLIC.value
    )
    # while the operator keeps it from sight
    hidden_at: Mapped[At | None]

    organisation: Mapped[Organisation] = relationship(back_populates="lines")
