"""A judge's addresses while scoring: the sheet, its files, the last check, recusal."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.db import db, only_read_on
from marketplace.errors import Conflict, NotFound, NotReady, WrongStage
from marketplace.files import StoredFile, download, not_clean, whole_content
from marketplace.files.download import as_download
from marketplace.files.kinds import extension_of
from marketplace.files.metadata import names_in, without_names
from marketplace.judging.forms import RecusalForm, sheet_form
from marketplace.judging.forms.sheets import NOT_APPLICABLE
from marketplace.judging.models import Score, Sheet
from marketplace.judging.queries.sheets import get_sheet, queue_of, sheet_in, total_of
from marketplace.judging.routes.blueprint import judging
from marketplace.judging.services import conflicts, scoring
from marketplace.judging.services.scoring import Mark, gaps_of
from marketplace.pages import error_page, flash_done, me, page, see_other, status_of, url
from marketplace.solutions.services.opening import NotClean, note_reading
from marketplace.solutions.services.opening import open_file as open_file_of


@judging.get("/judging/sheets/<reference>")
@auth_required("session")
def sheet(reference: str) -> ResponseReturnValue:
    found = sheet_in(queue_of(me()), reference)
    if request.method == "GET":  # asking for the head sends nothing that could be read
        note_reading(found.solution, actor=me(), role="judge", version=found.version.number)
    return _show(found, _form(found), recusal=RecusalForm(formdata=None))


def _form(found: Sheet, **options):
    """The sheet's form with what is kept in it."""
    panel = found.seat.panel
    scores = {score.criterion_id: score for score in found.scores}
    kept = {"edition": str(found.edition), "note": found.note or ""}
    for criterion in panel.challenge.criteria:
        score = scores.get(criterion.id)
        if score is not None:
            kept[f"value_{criterion.position}"] = _typed(score)
            kept[f"comment_{criterion.position}"] = score.comment or ""
    return sheet_form(panel.challenge.criteria, may_not_apply=panel.rules.not_applicable)(data=kept, **options)


def _typed(score: Score) -> str:
    if score.not_applicable:
        return NOT_APPLICABLE
    return "" if score.value is None else str(score.value)


def _show(found: Sheet, form, **context) -> ResponseReturnValue:
    criteria = found.seat.panel.challenge.criteria
    others = [each for each in queue_of(me()) if each.id != found.id and each.is_open]
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
        _save(found, form)
    except (Conflict, WrongStage):
        only_read_on()
        # what was typed stays in the form, beside what is kept; saving again then means it
        form.edition.raw_data, form.edition.data = None, str(found.edition)
        return _show(found, form, recusal=blank, overtaken=True, has_errors=True, status=409)
    if request.form.get("then") == "check":
        return see_other(url("judging.check", reference=reference))
    flash_done(_("The draft was saved. It is not final yet."))
    return see_other(url("judging.sheet", reference=reference))


def _save(found: Sheet, form) -> None:
    scoring.save_scores(
        found, actor=me(), edition=int(form.edition.data), marks=marks_of(found, form), note=form.note.data
    )


@judging.post("/judging/sheets/<reference>/draft")
@auth_required("session")
def keep_draft(reference: str) -> ResponseReturnValue:
    """What the script sends while somebody fills the sheet in; answers when it was kept, or why not."""
    found = get_sheet(reference, me())
    form = _form(found)
    if not form.validate():
        wrong = [text for each in form.errors.values() for text in each]
        return page("judging/_kept.html", sheet=found, edition=form.edition.data, errors=wrong, status=422)
    try:
        _save(found, form)
    except (Conflict, WrongStage):
        db.session.rollback()
        return page("judging/_kept.html", sheet=get_sheet(reference, me()), seen=form.edition.data, status=422)
    return page("judging/_kept.html", sheet=found)


def marks_of(found: Sheet, form) -> dict[int, Mark]:
    """What a valid form of this sheet says, by criterion id."""
    marks = {}
    for criterion in found.seat.panel.challenge.criteria:
        value, comment = form[f"value_{criterion.position}"].data, form[f"comment_{criterion.position}"].data
        applies = value != NOT_APPLICABLE
        marks[criterion.id] = Mark(int(value) if value and applies else None, comment, not applies)
    return marks


@judging.get("/judging/sheets/<reference>/versions")
@auth_required("session")
def versions(reference: str) -> ResponseReturnValue:
    found = get_sheet(reference, me())
    return page("judging/versions.html", sheet=found, criteria=found.seat.panel.challenge.criteria)


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
    typed = request.form.get("edition", "")
    edition = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1
    try:
        scoring.finalise_sheet(found, actor=me(), edition=edition)
    except NotReady:
        return _check(found, has_errors=True, status=422)
    except (Conflict, WrongStage):
        only_read_on()
        seen = next((version for version in found.versions if version.edition == edition), None)
        return _check(found, overtaken=True, seen=seen, has_errors=True, status=409)
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
    files = found.files
    if not 1 <= number <= len(files):
        raise NotFound("file")
    file = db.session.get_one(StoredFile, files[number - 1]["file_id"])
    try:
        open_file_of(file, solution=found.solution, actor=me(), role="judge")
    except NotClean:
        return not_clean(file)
    name = files[number - 1]["name"]
    return _nameless(file, name) if found.is_blind else download(file, name=name)


def _nameless(file: StoredFile, name: str) -> ResponseReturnValue:
    """The file without the names that it tells beside its content; none where we cannot take them out."""
    extension, content = extension_of(file.name), whole_content(file)
    copy = without_names(extension, content) if names_in(extension, content) else content
    if copy is None:
        return error_page(
            409,
            _("This file names who entered"),
            _("In a blind round it stays closed, because the names cannot be taken out. Ask the secretary for a copy."),
        )
    return as_download(copy, name=name, media_type=file.media_type)
