"""Deeds on imports: look at a table, let its rows come in, take them back. The worker does each in batches."""

from sqlalchemy import insert

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.events import announce
from marketplace.files import StoredFile, whole_content
from marketplace.files.tables import NoTable, rows_of
from marketplace.jobs import enqueue, job
from marketplace.organisations.importing.columns import EXPERT_HEADINGS, ORGANISATION_HEADINGS
from marketplace.organisations.importing.events import ImportChecked, ImportStarted
from marketplace.organisations.importing.models import ImportRow, ImportRun
from marketplace.organisations.importing.policy import can_import_registers
from marketplace.organisations.importing.queries import counts_of, row_count
from marketplace.organisations.importing.stages import ACTED_UPON, Outcome, Stage, What
from marketplace.organisations.importing.verdicts import JUDGED, Verdict

MOST_ROWS = 50_000
HEADINGS = {What.ORGANISATIONS: ORGANISATION_HEADINGS, What.EXPERTS: EXPERT_HEADINGS}
NEEDED = {What.ORGANISATIONS: ("name_vi", "kind"), What.EXPERTS: ("full_name",)}


def bring_table(file: StoredFile, *, what: What, actor: Person) -> ImportRun:
    """Let the worker look at a stored table; nothing of it comes in yet. Raises Refused."""
    require(can_import_registers, actor, None)
    run = ImportRun(what=what, file=file, brought_by=actor, brought_at=clock.now())
    run.stage = Stage.CHECKING
    db.session.add(run)
    db.session.flush()
    _work_on(run, "check_import")
    return run


def start_import(run: ImportRun, *, actor: Person) -> None:
    """Let every row that was not refused come in. Raises Refused, WrongStage unless the table was looked at."""
    require(can_import_registers, actor, run)
    run.move("start")
    run.row_count, run.done_count = row_count(run, ACTED_UPON), 0
    announce(ImportStarted(actor=actor, subject=run, facts={"sha256": run.file.sha256}))
    _work_on(run, "import_rows")


def undo_import(run: ImportRun, *, actor: Person) -> None:
    """Take back whatever nobody changed or used since. Raises Refused, WrongStage unless it is imported."""
    require(can_import_registers, actor, run)
    run.move("undo")
    run.row_count, run.done_count = row_count(run, [Outcome.ADDED]), 0
    _work_on(run, "undo_rows")


@job("check_import")
def check_import(run_id: int) -> None:
    """Judge every row of the table; whatever was judged before is judged anew."""
    run = db.session.get_one(ImportRun, run_id)
    if run.stage != Stage.CHECKING:
        return
    content = whole_content(run.file)
    try:
        rows = rows_of(content, headings=HEADINGS[run.what], needed=NEEDED[run.what], most_rows=MOST_ROWS)
    except NoTable:
        run.move("give_up")
        return
    told = [_stored(run, verdict) for verdict in JUDGED[run.what](rows)]
    hold(run)
    if told:
        db.session.execute(insert(ImportRow), told)
    run.row_count = run.done_count = len(told)
    run.move("finish_check")
    announce(ImportChecked(actor=run.brought_by, subject=run, facts=counts_of(run)))


def _stored(run: ImportRun, verdict: Verdict) -> dict[str, object]:
    return {"run_id": run.id, **{name: getattr(verdict, name) for name in Verdict.__dataclass_fields__}}


def _work_on(run: ImportRun, kind: str) -> None:
    enqueue(kind, key=f"{run.reference}:{run.done_count}", run_id=run.id)
