"""Old editions come in from a table: looked at row by row first, then kept; for operators."""

from collections import Counter
from io import BytesIO

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required
from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.challenges import policy
from marketplace.challenges.forms import TableForm
from marketplace.challenges.history import Outcome, import_table
from marketplace.challenges.routes.blueprint import challenges
from marketplace.challenges.tables import HEADINGS, NoTable, rows_of
from marketplace.challenges.words import told_refusal
from marketplace.db import db
from marketplace.errors import NotFound, TooLarge, WrongKind
from marketplace.files import StoredFile, keep_upload, whole_content
from marketplace.files.download import as_download
from marketplace.files.tables import in_utf8
from marketplace.pages import fills, flash_done, me, page, see_other, url
from marketplace.text import file_name


def _operator() -> Person:
    if not policy.can_import_challenges(me()):
        raise NotFound("imports")
    return me()


@challenges.get("/imports")
@auth_required("session")
def imports() -> ResponseReturnValue:
    _operator()
    return page("challenges/imports.html", form=TableForm(formdata=None))


@challenges.get("/imports/table.csv")
@auth_required("session")
def empty_table() -> ResponseReturnValue:
    _operator()
    line = ",".join(HEADINGS) + "\r\n"
    return as_download(b"\xef\xbb\xbf" + line.encode(), name="table.csv", media_type="text/csv; charset=utf-8")


@challenges.post("/imports")
@auth_required("session")
def look_at_table() -> ResponseReturnValue:
    person, form = _operator(), TableForm()
    upload = request.files.get("table")
    if not form.validate() or upload is None or not upload.filename:
        return _refused(form, _("Choose a file."))
    name = file_name(upload.filename)
    if not name.lower().endswith((".csv", ".xlsx")):
        return _refused(form, _("Choose a CSV or XLSX file."))
    try:
        content = in_utf8(upload.read())
        rows_of(content)
        file = keep_upload(BytesIO(content), name=name, uploaded_by_id=person.id)
    except NoTable as refusal:
        return _refused(form, told_refusal(refusal))
    except WrongKind:
        return _refused(form, _("This is no table: its content is not what its name says."))
    except TooLarge:
        return _refused(form, _("This table is too large. Split it."))
    db.session.add(file)
    db.session.flush()
    return see_other(url("challenges.table", reference=file.reference))


def _refused(form: TableForm, why: str) -> Response:
    form.table.errors = [why]
    return page("challenges/imports.html", form=form, status=422)


@challenges.get("/imports/<reference>")
@auth_required("session")
def table(reference: str) -> ResponseReturnValue:
    file = _table(reference)
    reports = import_table(rows_of(whole_content(file)), is_trial=True)
    counts = Counter(report.outcome for report in reports)
    return page(
        "challenges/import.html",
        file=file,
        reports=reports,
        counts=counts,
        outcomes=list(Outcome),
        told_refusal=told_refusal,
    )


def _table(reference: str) -> StoredFile:
    """A table that this operator brought; NotFound for every other file."""
    found = db.session.scalar(
        select(StoredFile).where(StoredFile.reference == reference, StoredFile.uploaded_by_id == _operator().id)
    )
    if found is None or not found.name.lower().endswith((".csv", ".xlsx")) or found.key_id is not None:
        raise NotFound(reference)
    return found


@challenges.post("/imports/<reference>")
@auth_required("session")
def import_rows(reference: str) -> ResponseReturnValue:
    file = _table(reference)
    rows = rows_of(whole_content(file))
    counts = Counter(report.outcome for report in import_table(rows, is_trial=False))
    added, updated = counts[Outcome.ADDED], counts[Outcome.UPDATED]
    flash_done(_("Imported: %(added)d added, %(updated)d changed.", added=added, updated=updated))
    return see_other(url("challenges.table", reference=reference))


@fills("work.more")
def imports_link(person: Person, _at: object) -> str | None:
    """The operator's way to old editions."""
    return render_template("challenges/_imports_link.html") if policy.can_import_challenges(person) else None
