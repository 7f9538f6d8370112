"""Imports and their rows: what each said, what became of it, and what it made."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id, Staged, choice, reference_column
from marketplace.files import StoredFile
from marketplace.organisations.importing.stages import MOVES, Outcome, Stage, What


class ImportRun(Staged, Base):
    """One table that an operator brought."""

    __tablename__ = "import_run"
    MOVES = MOVES

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("NK")
    what: Mapped[What] = mapped_column(choice(What))
    stage: Mapped[Stage] = mapped_column(choice(Stage), default=Stage.CHECKING)
    file_id: Mapped[int] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    brought_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    brought_at: Mapped[At]
    # how many rows the work at hand has, and how many of them are done
    row_count: Mapped[int] = mapped_column(default=0)
    done_count: Mapped[int] = mapped_column(default=0)
    imported_at: Mapped[At | None]
    undone_at: Mapped[At | None]

    file: Mapped[StoredFile] = relationship()
    brought_by: Mapped[Person] = relationship()

    def __str__(self) -> str:
        return self.file.name


class ImportRow(Base):
    """A row of the table, by the number that a spreadsheet shows for it."""

    __tablename__ = "import_row"
    __table_args__ = (
        UniqueConstraint("run_id", "number"),
        Index("ix_import_row_waiting", "run_id", "outcome", "number"),
    )

    id: Mapped[Id]
    run_id: Mapped[int] = mapped_column(BigInt, ForeignKey("import_run.id"))
    number: Mapped[int]
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome))
    title: Mapped[str] = mapped_column(String(300))
    # why it was refused or kept: a key of importing.words.REASONS, and what its sentence names
    reason: Mapped[str | None] = mapped_column(String(30))
    detail: Mapped[str | None] = mapped_column(String(300))
    # the columns to write; with "of", the number of the row that brings the organisation of a line
    content: Mapped[dict[str, Any]] = mapped_column(JSON, info={"secret": True})
    # the organisation that was here before, to which a line goes
    target_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("organisation.id"), index=True)
    # what it made
    organisation_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("organisation.id"), index=True)
    line_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("track_record.id"), index=True)
    expert_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("expert.id"), index=True)
    # SHA-256 of the organisation or expert, and of the line, to see later whether somebody changed them
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    line_fingerprint: Mapped[str | None] = mapped_column(String(64))
