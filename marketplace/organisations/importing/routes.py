"""Addresses of imports, for operators: bring a table, look at each row, let it come in, take it back."""

import csv
import io
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.accounts.doors import ROWS, for_operators
from marketplace.accounts.models import Person
from marketplace.accounts.proof import proof_asked
from marketplace.db import db
from marketplace.errors import TooLarge, WrongKind
from marketplace.files import StoredFile, keep_upload
from marketplace.files.download import as_download
from marketplace.files.tables import NoTable, in_utf8, rows_of
from marketplace.organisations.importing import queries, services
from marketplace.organisations.importing import words as own_words
from marketplace.organisations.importing.forms import TableForm, UndoForm
from marketplace.organisations.importing.models import ImportRow, ImportRun
from marketplace.organisations.importing.services import HEADINGS, MOST_ROWS, NEEDED
from marketplace.organisations.importing.stages import AT_WORK, What
from marketplace.pages import fills, flash_done, listed, me, page, see_other, url
from marketplace.text import file_name

importing = for_operators(Blueprint("importing", __name__, url_prefix="/operator/registers"))
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@importing.app_context_processor
def words() -> dict[str, object]:
    return {name: table for name, table in vars(own_words).items() if name.isupper()}


@importing.get("")
def index() -> ResponseReturnValue:
    return _index(TableForm(formdata=None))


def _index(form: TableForm, status: int = 200) -> Response:
    listing = listed(queries.runs(), size=ROWS)
    return page("importing/index.html", form=form, listing=listing, status=status)


@importing.get("/<any(organisations,experts):what>.csv")
def example(what: str) -> ResponseReturnValue:
    line = ",".join(HEADINGS[What(what)]) + "\r\n"
    return as_download(b"\xef\xbb\xbf" + line.encode(), name=f"{what}.csv", media_type="text/csv; charset=utf-8")


@importing.post("")
def bring() -> ResponseReturnValue:
    form = TableForm()
    if not form.validate():
        return _index(form, status=422)
    file = _stored(form)
    if file is None:
        return _index(form, status=422)
    db.session.add(file)
    run = services.bring_table(file, what=What(form.what.data), actor=me())
    return see_other(url("importing.show", reference=run.reference))


def _stored(form: TableForm) -> StoredFile | None:
    """The table in the store, in UTF-8; None where it cannot be read, and the form says why."""
    upload, what = form.table.data, What(form.what.data)
    name = file_name(upload.filename or "")
    try:
        content = in_utf8(upload.read())
        rows_of(content, headings=HEADINGS[what], needed=NEEDED[what], most_rows=MOST_ROWS, only_first=True)
        return keep_upload(BytesIO(content), name=name, uploaded_by_id=me().id)
    except NoTable as refusal:
        form.table.errors = [_why(str(refusal), what)]
    except (WrongKind, TooLarge):
        form.table.errors = [_why("kind", what)]
    return None


def _why(reason: str, what: What) -> str:
    if reason == "columns":
        return _("The first row must name at least these columns: %(names)s.", names=", ".join(NEEDED[what]))
    if reason == "size":
        return _("The table is too long: at most 50,000 rows.")
    return _("This is neither an XLSX workbook nor a CSV file.")


@importing.get("/<reference>")
def show(reference: str) -> ResponseReturnValue:
    run = queries.get_run(reference)
    return _run_page(run, UndoForm(run, formdata=None))


def _run_page(run: ImportRun, form: UndoForm, status: int = 200) -> Response:
    outcome = request.args.get("outcome", "")
    context: dict[str, Any] = {
        "run": run,
        "form": form,
        "counts": queries.counts_of(run),
        "listing": listed(queries.rows_of(run, outcome), size=ROWS),
        "outcome": outcome,
        "at_work": run.stage in AT_WORK,
    }
    return page("importing/show.html", parts=("progress",), why=why_of, status=status, **context)


def why_of(row: ImportRow) -> str:
    """Why the row was refused or stays, in the reader's language."""
    sentence = own_words.REASONS.get(row.reason or "", "")
    return str(sentence) % {"detail": row.detail or ""}


@importing.get("/<reference>/report.csv")
def report(reference: str) -> ResponseReturnValue:
    run = queries.get_run(reference)
    return as_download(list(_report(run)), name=f"{run.reference}.csv", media_type="text/csv; charset=utf-8")


def _report(run: ImportRun) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf" + _csv_line([_("Row"), _("Name"), _("What becomes of it"), _("Why")])
    for row in db.session.scalars(queries.rows_of(run).execution_options(yield_per=1000)):
        outcome = str(own_words.IMPORT_OUTCOMES[row.outcome][0])
        yield _csv_line([str(row.number), row.title, outcome, why_of(row)])


def _csv_line(cells: list[str]) -> bytes:
    """One line; what a spreadsheet program would take for a formula gets an apostrophe."""
    line = io.StringIO()
    csv.writer(line).writerow([f"'{cell}" if cell.startswith(_DANGEROUS) else cell for cell in cells])
    return line.getvalue().encode()


@importing.post("/<reference>/start")
@proof_asked
def start(reference: str) -> ResponseReturnValue:
    services.start_import(queries.get_run(reference), actor=me())
    flash_done(_("The import runs. You can leave this page and come back."))
    return see_other(url("importing.show", reference=reference))


@importing.post("/<reference>/undo")
@proof_asked
def undo(reference: str) -> ResponseReturnValue:
    run = queries.get_run(reference)
    form = UndoForm(run)
    if not form.validate():
        return _run_page(run, form, status=422)
    services.undo_import(run, actor=me())
    flash_done(_("The rows are being taken back. What was changed or used since stays and is named below."))
    return see_other(url("importing.show", reference=reference))


@fills("operator.links")
def links(_person: Person) -> str:
    return render_template("importing/_links.html")
