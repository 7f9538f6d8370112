"""Questions about imports: operators see all of them."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, select

from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.organisations.importing.models import ImportRow, ImportRun
from marketplace.organisations.importing.stages import Outcome


def runs() -> Select[ImportRun]:
    """The newest first."""
    return select(ImportRun).order_by(ImportRun.id.desc())


def get_run(reference: str) -> ImportRun:
    """The import with this reference; raises NotFound."""
    found = db.session.scalar(select(ImportRun).where(ImportRun.reference == reference))
    if found is None:
        raise NotFound(reference)
    return found


def counts_of(run: ImportRun) -> dict[str, int]:
    """How many rows have each outcome."""
    counted = select(ImportRow.outcome, func.count()).where(ImportRow.run_id == run.id).group_by(ImportRow.outcome)
    return {outcome.value: number for outcome, number in db.session.execute(counted)}


def rows_of(run: ImportRun, outcome: str = "") -> Select[ImportRow]:
    """Its rows in the order of the table, all or those with one outcome."""
    found = select(ImportRow).where(ImportRow.run_id == run.id).order_by(ImportRow.number)
    return found.where(ImportRow.outcome == outcome) if outcome in set(Outcome) else found


def next_rows(
    run: ImportRun, outcomes: Collection[Outcome], *, most: int, last_first: bool = False
) -> Sequence[ImportRow]:
    """The next rows to work on: those with these outcomes."""
    order = ImportRow.number.desc() if last_first else ImportRow.number
    waiting = select(ImportRow).where(ImportRow.run_id == run.id, ImportRow.outcome.in_(outcomes))
    return db.session.scalars(waiting.order_by(order).limit(most)).all()


def row_count(run: ImportRun, outcomes: Collection[Outcome]) -> int:
    """How many rows have one of these outcomes."""
    counted = select(func.count()).where(ImportRow.run_id == run.id, ImportRow.outcome.in_(outcomes))
    return db.session.scalar(counted) or 0
