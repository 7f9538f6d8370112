"""A judge's addresses while scoring: the sheet, its files, the last check, recusal."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.audit.services import record_access
from marketplace.db import db
from marketplace.errors import Conflict, NotFound, NotReady, WrongStage
from marketplace.files import StoredFile, download
from marketplace.judging.forms import RecusalForm, sheet_form
from marketplace.judging.models import Sheet
from marketplace.judging.queries.sheets import get_sheet, queue_of, total_of
from marketplace.judging.routes.blueprint import judging
from marketplace.judging.services import conflicts, scoring
from marketplace.judging.services.scoring import Mark, gaps_of
from marketplace.judging.stages import SheetStage
from marketplace.pages import flash_done, me, page, see_other, status_of, url
from marketplace.solutions.events import SolutionFileOpened

OPEN = (SheetStage.ASSIGNED, SheetStage.DRAFT)


@judging.get("/judging/sheets/<reference>")
@auth_required("session")
def sheet(reference: str) -> ResponseReturnValue:
    found = get_sheet(reference, me())
    return _show(found, _form(found), recusal=RecusalForm(formdata=None))


def _form(found: Sheet, **options):
    """The sheet's form with what is kept in it."""
    criteria = found.seat.panel.challenge.criteria
    scores = {score.criterion_id: score for score in found.scores}
    kept = {"edition": str(found.edition), "note": found.note or ""}
    for criterion in criteria:
        score = scores.get(criterion.id)
        if score is not None:
            kept[f"value_{criterion.position}"] = "" if score.value is None else str(score.value)
            kept[f"comment_{criterion.position}"] = score.comment or ""
    return sheet_form(criteria)(data=kept, **options)


def _show(found: Sheet, form, **context) -> ResponseReturnValue:
    criteria = found.seat.panel.challenge.criteria
    others = [each for each in queue_of(me()) if each.id != found.id and each.stage in OPEN]
    return page(
        "judging/sheet.html",
        sheet=found,
        entry=found.entry,
        challenge=found.seat.panel.challenge,
        criteria=criteria,
        scores={score.criterion_id: score for score in found.scores},
        total=total_of(found, criteria),
        following=next((each for each in others if each.seat_id == found.seat_id), None),
        form=form,
        **context,
    )


@judging.post("/judging/sheets/<reference>")
@auth_required("session")
def save_scores(reference: str) -> ResponseReturnValue:
    found = get_sheet(reference, me())
    form = _form(found)
    blank = RecusalForm(formdata=None)
    if not form.validate():
        return _show(found, form, recusal=blank, status=status_of(form))
    try:
        scoring.save_scores(
            found, actor=me(), edition=int(form.edition.data), marks=_marks(found, form), note=form.note.data
        )
    except (Conflict, WrongStage):
        # what was typed stays in the form, beside what is kept; saving again then means it
        form.edition.raw_data, form.edition.data = None, str(found.edition)
        return _show(found, form, recusal=blank, overtaken=True, has_errors=True, status=409)
    if request.form.get("then") == "check":
        return see_other(url("judging.check", reference=reference))
    flash_done(_("The draft was saved. It is not final yet."))
    return see_other(url("judging.sheet", reference=reference))


def _marks(found: Sheet, form) -> dict[int, Mark]:
    marks = {}
    for criterion in found.seat.panel.challenge.criteria:
        value = form[f"value_{criterion.position}"].data
        marks[criterion.id] = Mark(int(value) if value else None, form[f"comment_{criterion.position}"].data)
    return marks


@judging.get("/judging/sheets/<reference>/check")
@auth_required("session")
def check(reference: str) -> ResponseReturnValue:
    return _check(get_sheet(reference, me()))


def _check(found: Sheet, **context) -> ResponseReturnValue:
    criteria = found.seat.panel.challenge.criteria
    return page(
        "judging/check.html",
        sheet=found,
        entry=found.entry,
        criteria=criteria,
        scores={score.criterion_id: score for score in found.scores},
        gaps=gaps_of(found),
        total=total_of(found, criteria),
        **context,
    )


@judging.post("/judging/sheets/<reference>/finalisation")
@auth_required("session")
def finalise_sheet(reference: str) -> ResponseReturnValue:
    found = get_sheet(reference, me())
    edition = request.form.get("edition", "")
    try:
        scoring.finalise_sheet(
            found, actor=me(), edition=int(edition) if edition.isascii() and edition.isdigit() else -1
        )
    except NotReady:
        return _check(found, has_errors=True, status=422)
    except Conflict:
        return _check(found, overtaken=True, has_errors=True, status=409)
    flash_done(_("The sheet for %(entry)s is final.", entry=found.entry.title_vi or found.entry.title_en))
    return see_other(url("judging.queue"))


@judging.post("/judging/sheets/<reference>/recusal")
@auth_required("session")
def recuse_judge(reference: str) -> ResponseReturnValue:
    found, form = get_sheet(reference, me()), RecusalForm()
    if not form.validate():
        return _show(found, _form(found, formdata=None), recusal=form, has_errors=True, status=status_of(form))
    conflicts.recuse_judge(found, actor=me(), reason=form.reason.data)
    flash_done(_("You gave the entry back. Your scores for it count for nothing; the secretary is told."))
    return see_other(url("judging.queue"))


@judging.get("/judging/sheets/<reference>/files/<int:number>")
@auth_required("session")
def open_file(reference: str, number: int) -> ResponseReturnValue:
    found = get_sheet(reference, me())
    files = found.version.files
    if not 1 <= number <= len(files):
        raise NotFound("file")
    file = db.session.get_one(StoredFile, files[number - 1]["file_id"])
    facts = {"file": files[number - 1]["name"], "sha256": files[number - 1]["sha256"], "role": "judge"}
    record_access(SolutionFileOpened(actor=me(), subject=found.solution, facts=facts))
    return download(file)
