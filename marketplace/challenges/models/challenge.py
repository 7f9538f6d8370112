"""Challenges and their criteria, and facts a challenge knows about itself."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
    case,
    false,
    true,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.stages import HIDDEN, MOVES, WITH_RESULTS, Field, IpTerms, Stage
from marketplace.db import At, Base, BigInt, Id, Staged, choice, reference_column
from marketplace.organisations.models import Organisation

if TYPE_CHECKING:
    from marketplace.challenges.amending.models import Amendment
    from marketplace.challenges.models.guest import Guest
    from marketplace.challenges.models.hosting import Cohost
    from marketplace.challenges.models.parts import EligibilityRule, Measure, Period, Prize
    from marketplace.challenges.models.pledge import PledgeReport
    from marketplace.challenges.models.review import ReviewMessage, Waiver
    from marketplace.challenges.models.translation import Translation


class Challenge(Staged, Base):
    """A problem statement with its timetable. Bilingual fields are pairs of columns; at least one is filled."""

    __tablename__ = "challenge"
    __table_args__ = (
        CheckConstraint("title_vi is not null or title_en is not null", name="titled"),
        CheckConstraint("opens_at is null or closes_at is null or opens_at < closes_at", name="opens_before_closing"),
        CheckConstraint("prize_amount is null or prize_amount > 0", name="prize_positive"),
        CheckConstraint("most_entries between 1 and 20", name="most_entries_range"),
        Index("ix_challenge_stage_closes_at", "stage", "closes_at"),
    )
    MOVES = MOVES

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("BT")
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    stage: Mapped[Stage] = mapped_column(choice(Stage), default=Stage.DRAFT)
    agency_id: Mapped[int] = mapped_column(BigInt, ForeignKey("organisation.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    original_language: Mapped[str] = mapped_column(String(2), default="vi")

    title_vi: Mapped[str | None] = mapped_column(String(300))
    title_en: Mapped[str | None] = mapped_column(String(300))
    summary_vi: Mapped[str | None] = mapped_column(Text)
    summary_en: Mapped[str | None] = mapped_column(Text)
    description_vi: Mapped[str | None] = mapped_column(Text)
    description_en: Mapped[str | None] = mapped_column(Text)
    users_vi: Mapped[str | None] = mapped_column(Text)
    users_en: Mapped[str | None] = mapped_column(Text)
    current_cost_vi: Mapped[str | None] = mapped_column(Text)
    current_cost_en: Mapped[str | None] = mapped_column(Text)
    prior_work_vi: Mapped[str | None] = mapped_column(Text)
    prior_work_en: Mapped[str | None] = mapped_column(Text)
    data_vi: Mapped[str | None] = mapped_column(Text)
    data_en: Mapped[str | None] = mapped_column(Text)
    partners_vi: Mapped[str | None] = mapped_column(Text)
    partners_en: Mapped[str | None] = mapped_column(Text)
    adoption_vi: Mapped[str | None] = mapped_column(Text)
    adoption_en: Mapped[str | None] = mapped_column(Text)
    pilot_site_vi: Mapped[str | None] = mapped_column(Text)
    pilot_site_en: Mapped[str | None] = mapped_column(Text)
    adoption_owner_vi: Mapped[str | None] = mapped_column(String(300))
    adoption_owner_en: Mapped[str | None] = mapped_column(String(300))
    judging_vi: Mapped[str | None] = mapped_column(Text)
    judging_en: Mapped[str | None] = mapped_column(Text)
    theme_vi: Mapped[str | None] = mapped_column(String(200))
    theme_en: Mapped[str | None] = mapped_column(String(200))
    # where it stands on the city's list of great problems, in the words of its decision
    list_batch: Mapped[str | None] = mapped_column(String(100))
    list_group: Mapped[str | None] = mapped_column(String(200))
    # lists of texts, each with keys vi and en
    outcomes: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    capabilities: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    essentials: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list, server_default="[]")
    nice_to_haves: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list, server_default="[]")
    policies: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list, server_default="[]")

    field: Mapped[Field] = mapped_column(choice(Field), default=Field.OTHER)
    # words of Field: those of a contest, whose entries are judged and awarded field by field
    contest_fields: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    ip_terms: Mapped[IpTerms | None] = mapped_column(choice(IpTerms))
    # the sum of all prizes where there are rows of them, else what a listing from elsewhere says
    prize_amount: Mapped[int | None] = mapped_column(BigInt)
    prize_currency: Mapped[str] = mapped_column(String(3), default="VND")
    pilot_budget_vnd: Mapped[int | None] = mapped_column(BigInt)
    decision_on: Mapped[date | None] = mapped_column(Date)
    opens_at: Mapped[At | None]
    closes_at: Mapped[At | None]
    # the last later closing that a single entrant was given; nothing is opened before
    extended_until: Mapped[At | None]
    # for everybody but whoever is invited, its agency, operator and judges it does not exist
    invited_only: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    # while the operator keeps it from sight: only those who have a part in it read it
    hidden_at: Mapped[At | None]
    # two people opened it before closing; then this is closes_at too
    opened_early_at: Mapped[At | None]
    # when it publishes itself, and the operator who said so
    publish_at: Mapped[At | None]
    scheduler_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    published_at: Mapped[At | None]
    results_at: Mapped[At | None]
    # every partner of a consortium confirms the exact version before it can be sent
    partners_confirm: Mapped[bool] = mapped_column(Boolean, default=True, server_default=true())
    # complete drafts whose entrants asked for it are received right after closing
    counts_complete_drafts: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    # how many entries of one entrant it takes
    most_entries: Mapped[int] = mapped_column(default=1, server_default="1")
    returned_because: Mapped[str | None] = mapped_column(Text)
    source_url: Mapped[str | None] = mapped_column(String(500), unique=True)
    source_hash: Mapped[str | None] = mapped_column(String(64))
    is_demo: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[At]

    agency: Mapped[Organisation] = relationship()
    author: Mapped[Person | None] = relationship(foreign_keys=author_id)
    scheduler: Mapped[Person | None] = relationship(foreign_keys=scheduler_id)
    cohosts: Mapped[list["Cohost"]] = relationship(
        back_populates="challenge", order_by="Cohost.id", cascade="all, delete-orphan"
    )
    guests: Mapped[list["Guest"]] = relationship(
        back_populates="challenge", order_by="Guest.id", cascade="all, delete-orphan"
    )
    criteria: Mapped[list["Criterion"]] = relationship(
        back_populates="challenge", order_by="Criterion.position", cascade="all, delete-orphan"
    )
    measures: Mapped[list["Measure"]] = relationship(
        back_populates="challenge", order_by="Measure.position", cascade="all, delete-orphan"
    )
    periods: Mapped[list["Period"]] = relationship(
        back_populates="challenge", order_by="Period.position", cascade="all, delete-orphan"
    )
    prizes: Mapped[list["Prize"]] = relationship(
        back_populates="challenge", order_by="Prize.position", cascade="all, delete-orphan"
    )
    eligibility: Mapped[list["EligibilityRule"]] = relationship(
        back_populates="challenge", order_by="EligibilityRule.position", cascade="all, delete-orphan"
    )
    pledge_reports: Mapped[list["PledgeReport"]] = relationship(back_populates="challenge", order_by="PledgeReport.id")
    translations: Mapped[list["Translation"]] = relationship(
        back_populates="challenge", order_by="Translation.id", cascade="all, delete-orphan"
    )
    waivers: Mapped[list["Waiver"]] = relationship(back_populates="challenge", order_by="Waiver.id")
    review_messages: Mapped[list["ReviewMessage"]] = relationship(
        back_populates="challenge", order_by="ReviewMessage.id"
    )
    amendments: Mapped[list["Amendment"]] = relationship(
        primaryjoin="and_(Amendment.challenge_id == Challenge.id, Amendment.number.is_not(None))",
        order_by="Amendment.number",
        viewonly=True,
    )

    @hybrid_property
    def sealed_until(self) -> datetime | None:
        """Before this moment nothing that was received may be opened: the last closing anybody has."""
        if self.closes_at is None or self.extended_until is None:
            return self.closes_at
        return max(self.closes_at, self.extended_until)

    @sealed_until.inplace.expression
    @classmethod
    def _sealed_until(cls) -> ColumnElement[datetime | None]:
        return case((cls.extended_until > cls.closes_at, cls.extended_until), else_=cls.closes_at)

    @property
    def hosts(self) -> list[Organisation]:
        """Who puts it to the public: the agency, and those that accepted to host too."""
        return [self.agency, *(each.organisation for each in self.cohosts if each.accepted_at is not None)]

    @property
    def entry_fields(self) -> list[Field]:
        """The fields of which every entrant chooses one; none where there is nothing to choose."""
        named = [field for field in Field if field.value in self.contest_fields]
        return named if len(named) > 1 else []

    @property
    def is_public(self) -> bool:
        return self.stage not in HIDDEN

    @hybrid_property
    def is_listed(self) -> bool:
        """Whether everybody may know of it: what lists, counts, search and feeds show."""
        return self.is_public and not self.invited_only and self.hidden_at is None

    @is_listed.inplace.expression
    @classmethod
    def _is_listed(cls) -> ColumnElement[bool]:
        return and_(cls.stage.not_in(HIDDEN), cls.invited_only.is_(False), cls.hidden_at.is_(None))

    @property
    def has_results(self) -> bool:
        return self.stage in WITH_RESULTS

    def is_open(self, at: datetime) -> bool:
        """Whether solutions are taken at this moment: from opens_at, until but not at closes_at."""
        if self.stage != Stage.PUBLISHED or self.opens_at is None or self.closes_at is None:
            return False
        return self.opens_at <= at < self.closes_at

    def is_closed(self, at: datetime) -> bool:
        """Whether the time for solutions is over for everybody, so that they may be opened."""
        return self.is_public and self.sealed_until is not None and at >= self.sealed_until

    def owes_decision(self, at: datetime) -> bool:
        """Whether the agency has to say by now, or may, what became of its promise to decide about use."""
        never = (Stage.HISTORY, Stage.CANCELLED)
        return self.decision_on is not None and self.is_closed(at) and self.stage not in never

    def phase(self, at: datetime) -> str:
        """The word for its place in life: the stage, or forecast, open, closed while published."""
        return self.stage.value if self.stage != Stage.PUBLISHED else self.published_phase(at)

    def published_phase(self, at: datetime) -> str:
        """The same as if it were published: forecast, open or closed."""
        if self.opens_at is None or self.closes_at is None:
            return "closed"
        if at < self.opens_at:
            return "forecast"
        return "open" if at < self.closes_at else "closed"

    def __str__(self) -> str:
        return self.title_vi or self.title_en or self.reference


class Criterion(Base):
    """One line of the rubric: its weight in basis points (all lines sum to 10,000) and anchor texts by score."""

    __tablename__ = "criterion"
    __table_args__ = (
        UniqueConstraint("challenge_id", "position"),
        CheckConstraint("weight_bp between 1 and 10000", name="weight_range"),
        CheckConstraint("maximum between 1 and 100", name="maximum_range"),
    )

    id: Mapped[Id]
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    position: Mapped[int]
    name_vi: Mapped[str | None] = mapped_column(String(200))
    name_en: Mapped[str | None] = mapped_column(String(200))
    description_vi: Mapped[str | None] = mapped_column(Text)
    description_en: Mapped[str | None] = mapped_column(Text)
    weight_bp: Mapped[int]
    maximum: Mapped[int] = mapped_column(default=10)
    # by score, as text: what earns it, with keys vi and en
    anchors: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    challenge: Mapped[Challenge] = relationship(back_populates="criteria")

    def __str__(self) -> str:
        return f"{self.name_vi or self.name_en}: {self.weight_bp}"
