"""Rows are taken back, a batch at a time, the last first; what was changed or is used since stays and is named."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, delete, select, update
from sqlalchemy.orm import joinedload, selectinload

from marketplace import clock
from marketplace.db import Base, db, hold
from marketplace.events import announce
from marketplace.jobs import enqueue, job
from marketplace.organisations.experts.models import Expert
from marketplace.organisations.importing.events import ImportUndone
from marketplace.organisations.importing.models import ImportRow, ImportRun
from marketplace.organisations.importing.prints import print_of
from marketplace.organisations.importing.queries import counts_of, next_rows
from marketplace.organisations.importing.stages import Outcome, Stage
from marketplace.organisations.models import Organisation, TrackRecord
from marketplace.organisations.naming import thing_of
from marketplace.search import services as search

BATCH = 500


@job("undo_rows")
def undo_rows(run_id: int) -> None:
    """Take the next rows back, and leave the rest for the next job."""
    run = db.session.get_one(ImportRun, run_id)
    hold(run)
    if run.stage != Stage.UNDOING:
        return
    rows = next_rows(run, [Outcome.ADDED], most=BATCH, last_first=True)
    if not rows:
        run.move("finish_undo")
        run.undone_at = clock.now()
        announce(ImportUndone(actor=run.brought_by, subject=run, facts=counts_of(run)))
        return
    without_line = _take_lines_back([row for row in rows if row.line_id])
    _take_back(Organisation, {row.organisation_id: row for row in rows if row.organisation_id})
    _take_back(Expert, {row.expert_id: row for row in rows if row.expert_id})
    _show_without_line(without_line)
    for row in rows:
        if row.outcome == Outcome.ADDED:
            row.outcome = Outcome.TAKEN_BACK
    run.done_count += len(rows)
    db.session.flush()
    enqueue("undo_rows", key=f"{run.reference}:{run.done_count}", run_id=run.id)


def _take_lines_back(rows: Sequence[ImportRow]) -> set[int]:
    """Delete the lines of these rows, but for those that were changed; answers whose they were."""
    lines = {each.id: each for each in _all(TrackRecord, [row.line_id for row in rows])}
    gone = []
    for row in rows:
        line = lines.get(row.line_id or 0)
        if line is not None and print_of(line) != row.line_fingerprint:
            _keep(row, "changed")
        elif line is not None:
            gone.append(line)
    owners = {line.organisation_id for line in gone}
    _delete(TrackRecord, [line.id for line in gone])
    return owners


def _show_without_line(organisation_ids: Collection[int]) -> None:
    """Search shows what those of them that stay say now."""
    whole = (selectinload(Organisation.lines), joinedload(Organisation.place))
    found = select(Organisation).where(Organisation.id.in_(organisation_ids), Organisation.is_listed)
    here = db.session.scalars(found.options(*whole).order_by(Organisation.id).execution_options(populate_existing=True))
    search.put_all([thing_of(each) for each in here])


def _take_back(kind: type[Organisation] | type[Expert], rows: Mapping[int | None, ImportRow]) -> None:
    """Delete what these rows made, by its id, unless it was changed or something refers to it by now."""
    here = {each.id: each for each in _all(kind, rows)}
    used = _used(kind, list(here))
    gone = []
    for key, thing in here.items():
        if key in used or print_of(thing) != rows[key].fingerprint:
            _keep(rows[key], "used" if key in used else "changed")
        else:
            gone.append(thing)
    if kind is Organisation:
        search.drop_all("organisation", [each.slug for each in gone])
    _delete(kind, [each.id for each in gone])


def _keep(row: ImportRow, why: str) -> None:
    row.outcome, row.reason = Outcome.KEPT, why


def _used(kind: type[Base], ids: Sequence[int]) -> set[int]:
    """Those that anything refers to, but for their own parts and what the system made of them."""
    found: set[int] = set()
    for column in _referring(kind):
        if not _goes_along(column):
            found |= set(db.session.scalars(select(column).where(column.in_(ids))))
    return found


def _delete(kind: type[Base], ids: Sequence[int]) -> None:
    for column in _referring(kind):
        if column.table is ImportRow.__table__:
            db.session.execute(update(ImportRow).where(column.in_(ids)).values({column.name: None}))
        elif _goes_along(column):
            db.session.execute(delete(column.table).where(column.in_(ids)))
    table: Any = kind.__table__
    db.session.execute(delete(kind).where(table.c.id.in_(ids)), execution_options={"synchronize_session": "fetch"})


def _referring(kind: type[Base]) -> Iterator[Column[Any]]:
    """Every column of every table that refers to this kind of thing."""
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column.table is kind.__table__ for key in column.foreign_keys):
                yield column


def _goes_along(column: Column[Any]) -> bool:
    """Whether such rows are a part of the thing, or made of it by the system, such as suggestions: no use of it."""
    return bool(column.info.get("goes_along")) or column.table is ImportRow.__table__


def _all(kind: type[Any], ids: Iterable[int | None]) -> Sequence[Any]:
    found = {each for each in ids if each is not None}
    return db.session.scalars(select(kind).where(kind.id.in_(found)).order_by(kind.id)).all()
