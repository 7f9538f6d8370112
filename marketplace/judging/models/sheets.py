"""Score sheets: the pair of judge and entry that the assignment made, and what the judge filled in."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Text, UniqueConstraint, and_, false
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.challenges.models import Criterion
from marketplace.challenges.stages import Stage
from marketplace.db import At, Base, BigInt, Id, Staged, choice, reference_column
from marketplace.files import StoredFile
from marketplace.judging.blinding import blind_name
from marketplace.judging.models.entries import Entry
from marketplace.judging.models.panels import Seat
from marketplace.judging.models.redactions import RedactedCopy
from marketplace.judging.stages import SHEET_MOVES, Blind, RoundKind, SheetStage
from marketplace.solutions.models import Solution, SolutionVersion


class Sheet(Staged, Base):
    """One judge's score sheet for one entry: the pair that the assignment made, and what the judge filled in.

    It holds the version that is read, so that a score always belongs to the text it was given for.
    """

    __tablename__ = "sheet"
    __table_args__ = (
        UniqueConstraint("seat_id", "solution_id", "round"),
        CheckConstraint("round between 0 and 3", name="round_range"),
        CheckConstraint("affinity_bp between 0 and 10000", name="affinity_range"),
        CheckConstraint("stage <> 'final' or finalised_at is not null", name="finalised"),
        CheckConstraint("stage <> 'ended' or ended_because is not null", name="ended"),
    )
    MOVES = SHEET_MOVES

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("PC")
    seat_id: Mapped[int] = mapped_column(BigInt, ForeignKey("seat.id"), index=True)
    solution_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution.id"), index=True)
    version_id: Mapped[int] = mapped_column(BigInt, ForeignKey("solution_version.id"))
    # 0: read by all judges to agree on what points mean, never counted
    round: Mapped[int] = mapped_column(default=1, server_default="1")
    stage: Mapped[SheetStage] = mapped_column(choice(SheetStage), default=SheetStage.ASSIGNED)
    # how near the judge's expertise is to the entry, 10,000 for the nearest judge, and the phrases that say so
    affinity_bp: Mapped[int] = mapped_column(default=0)
    why: Mapped[list[str]] = mapped_column(JSON, default=list)
    # counts saves, so that two windows of one judge notice each other
    edition: Mapped[int] = mapped_column(default=0)
    # for the panel only, so it stays out of the journal
    note: Mapped[str | None] = mapped_column(Text, info={"secret": True})
    assigned_at: Mapped[At]
    saved_at: Mapped[At | None]
    finalised_at: Mapped[At | None]
    ended_at: Mapped[At | None]
    ended_because: Mapped[str | None] = mapped_column(Text)
    # the chair asked the judge to look again; the points stay as they are until the judge changes them
    returned_at: Mapped[At | None]
    returned_because: Mapped[str | None] = mapped_column(Text)
    # when the entry is defended, in an oral round; before that its sheet is closed
    opens_at: Mapped[At | None]

    seat: Mapped[Seat] = relationship()
    solution: Mapped[Solution] = relationship()
    version: Mapped[SolutionVersion] = relationship()
    scores: Mapped[list["Score"]] = relationship(back_populates="sheet", order_by="Score.criterion_id")
    paper: Mapped["PaperSheet | None"] = relationship(back_populates="sheet")
    versions: Mapped[list["SheetVersion"]] = relationship(back_populates="sheet", order_by="SheetVersion.edition")

    # in blind rounds judges get these instead of the files they stand for
    copies: Mapped[list[RedactedCopy]] = relationship(
        primaryjoin=lambda: and_(
            foreign(RedactedCopy.solution_id) == Sheet.solution_id, RedactedCopy.ended_at.is_(None)
        ),
        viewonly=True,
    )

    @property
    def files(self) -> list[dict[str, Any]]:
        """What was attached and may be opened, in order; in a blind round copies in which the entrant is covered."""
        if not self.is_blind:
            return self.entry.files
        copies = {copy.of_file: copy.file for copy in self.copies}
        return [
            {**line, **_line_of(copies[line["reference"]], number)} if line.get("reference") in copies else line
            for number, line in enumerate(self.entry.files, 1)
        ]

    @property
    def entry(self) -> "Entry":
        return Entry(self.solution, self.version, blind=self.is_blind)

    @property
    def is_blind(self) -> bool:
        """Whether its judge must not know who entered."""
        return self.seat.panel.rules.blind(self.round) != Blind.OPEN

    @property
    def values(self) -> dict[int, int]:
        """The points given so far, by criterion."""
        return {score.criterion_id: score.value for score in self.scores if score.value is not None}

    @property
    def not_applicable(self) -> set[int]:
        """The criteria that do not apply, by their ids."""
        return {score.criterion_id for score in self.scores if score.not_applicable}

    @property
    def is_oral(self) -> bool:
        """Whether the entry is defended before its judges."""
        return self.seat.panel.rules.kind(self.round) == RoundKind.ORAL

    def is_heard(self, at: datetime) -> bool:
        """Whether the defence has begun."""
        return self.opens_at is not None and self.opens_at <= at

    @property
    def compares(self) -> bool:
        """Whether its round compares entries, so that it takes no points."""
        return self.seat.panel.rules.kind(self.round).compares

    @property
    def is_open(self) -> bool:
        """Whether its judge may fill it in: while judges score, and after it where the chair returned it."""
        stage = self.seat.panel.challenge.stage
        unfinished = self.stage in {SheetStage.ASSIGNED, SheetStage.DRAFT}
        if self.round not in {0, self.seat.panel.round} or (self.round and self.seat.must_calibrate):
            return False
        if self.is_oral and not self.is_heard(clock.now()):
            return False
        return unfinished and (stage == Stage.JUDGING or (stage == Stage.DELIBERATION and self.returned_at is not None))


def _line_of(file: StoredFile, number: int) -> dict[str, Any]:
    return {"file_id": file.id, "size": file.size, "sha256": file.sha256, "name": blind_name(number, file.name)}


class Score(Base):
    """A judge's points and comment for one criterion; points may be missing while the sheet is a draft."""

    __tablename__ = "score"
    __table_args__ = (
        UniqueConstraint("sheet_id", "criterion_id"),
        CheckConstraint("value is null or value between 0 and 100", name="value_range"),
        CheckConstraint("not not_applicable or value is null", name="no_points_where_not_applicable"),
    )

    id: Mapped[Id]
    sheet_id: Mapped[int] = mapped_column(BigInt, ForeignKey("sheet.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(BigInt, ForeignKey("criterion.id"))
    value: Mapped[int | None]
    not_applicable: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    comment: Mapped[str | None] = mapped_column(Text)

    sheet: Mapped[Sheet] = relationship(back_populates="scores")
    criterion: Mapped[Criterion] = relationship()


class SheetVersion(Base):
    """What a sheet said after one save, never changed: the trail of its points."""

    __tablename__ = "sheet_version"
    __table_args__ = (UniqueConstraint("sheet_id", "edition"),)

    id: Mapped[Id]
    sheet_id: Mapped[int] = mapped_column(BigInt, ForeignKey("sheet.id"))
    edition: Mapped[int]
    # by criterion id, as text: {"value": points, null without; "na": whether it does not apply; "comment"}
    marks: Mapped[dict[str, Any]] = mapped_column(JSON, info={"secret": True})
    note: Mapped[str | None] = mapped_column(Text, info={"secret": True})
    saved_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    saved_at: Mapped[At]

    sheet: Mapped[Sheet] = relationship(back_populates="versions")
    saved_by: Mapped[Person] = relationship()


class PaperSheet(Base):
    """What a judge wrote on paper, typed by one person; it becomes the sheet when another confirms it."""

    __tablename__ = "paper_sheet"
    __table_args__ = (
        CheckConstraint("confirmed_by_id is null or confirmed_by_id <> typed_by_id", name="two_people"),
        CheckConstraint("(confirmed_at is null) = (confirmed_by_id is null)", name="confirmer_known"),
    )

    id: Mapped[Id]
    sheet_id: Mapped[int] = mapped_column(BigInt, ForeignKey("sheet.id"), unique=True)
    # by criterion id, as text: [points, whether it does not apply, comment]
    marks: Mapped[dict[str, Any]] = mapped_column(JSON, info={"secret": True})
    note: Mapped[str | None] = mapped_column(Text, info={"secret": True})
    typed_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    typed_at: Mapped[At]
    confirmed_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    confirmed_at: Mapped[At | None]

    sheet: Mapped[Sheet] = relationship(back_populates="paper")
    typed_by: Mapped[Person] = relationship(foreign_keys=typed_by_id)
    confirmed_by: Mapped[Person | None] = relationship(foreign_keys=confirmed_by_id)
