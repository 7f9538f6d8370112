"""Files of a draft: their bytes are stored first, then their rows are written."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required
from werkzeug.datastructures import FileStorage

from marketplace import clock
from marketplace.db import db
from marketplace.errors import NotFound, TooLarge, Unhappened, WrongKind, WrongStage
from marketplace.files import KINDS, SecretKey, StoredFile, keep_upload, key_for, whole_content
from marketplace.files.kinds import HoldsMacros, extension_of
from marketplace.files.metadata import without_names
from marketplace.files.scanning import has_scanner
from marketplace.formats import file_size
from marketplace.pages import flash_done, me, page, see_other, url
from marketplace.solutions import services
from marketplace.solutions.forms import FilesForm
from marketplace.solutions.models import Solution
from marketplace.solutions.next_steps import is_editable
from marketplace.solutions.queries.quota import bytes_left
from marketplace.solutions.routes.blueprint import not_open, solutions, writable_solution
from marketplace.text import file_name


@solutions.get("/solutions/<reference>/edit/attachments")
@auth_required("session")
def attachments(reference: str) -> ResponseReturnValue:
    solution = writable_solution(reference)
    if not is_editable(solution, clock.database_now()):
        return see_other(url("solutions.show", reference=reference))
    return _attachments_page(solution, FilesForm(formdata=None))


@solutions.post("/solutions/<reference>/files")
@auth_required("session")
def attach(reference: str) -> ResponseReturnValue:
    solution, form = writable_solution(reference), FilesForm()
    if not is_editable(solution, clock.database_now()):
        return not_open(solution.challenge, solution)
    uploads = [upload for upload in request.files.getlist("files") if upload.filename]
    refusals = [] if uploads else [(422, _("Choose a file."))]
    if len(solution.attachments) + len(uploads) > current_app.config["FILES_PER_SOLUTION"]:
        refusals = [(422, too_many())]
    person_id, key = me().id, key_for(solution.challenge.reference)
    # a new key is kept; storing is slow, and other writers go on meanwhile
    db.session.commit()
    stored = [] if refusals else take_uploads(uploads, refusals, person_id=person_id, key=key)
    solution = writable_solution(reference)
    if refusals:
        return _refused(solution, form, refusals)
    try:
        services.attach_files(solution, actor=me(), files=stored)
    except services.TooManyFiles:
        db.session.rollback()
        return _refused(writable_solution(reference), form, [(422, too_many())])
    except services.NoRoomLeft:
        db.session.rollback()
        solution = writable_solution(reference)
        return _refused(solution, form, [(422, no_room(solution))])
    except WrongStage:
        return not_open(solution.challenge, solution)
    flash_done(_("Attached: %(names)s.", names=", ".join(file.name for file in stored)))
    return see_other(url("solutions.attachments", reference=reference))


def take_uploads(
    uploads: Sequence[FileStorage], refusals: list[tuple[int, str]], *, person_id: int, key: SecretKey
) -> list[StoredFile]:
    """The uploads in the store; what is not taken is named in `refusals` with its status."""
    stored = []
    for upload in uploads:
        name = upload.filename or ""
        try:
            stored.append(keep_upload(upload.stream, name=name, uploaded_by_id=person_id, key=key))  # type: ignore[arg-type]
        except (WrongKind, TooLarge) as refusal:
            refusals.append((refusal.status, why_not_taken(refusal, file_name(name))))
    return stored


def why_not_taken(refusal: Unhappened, name: str) -> str:
    """What is said of a file that the store refused."""
    if isinstance(refusal, TooLarge):
        return _("%(name)s must be smaller than %(limit)s.", name=name, limit=_largest())
    if isinstance(refusal, HoldsMacros):
        return _("%(name)s holds macros. Save it without macros and attach it again.", name=name)
    if str(refusal) == "empty":
        return _("%(name)s is empty.", name=name)
    if name.rsplit(".", 1)[-1].lower() in KINDS:
        return _("The content of %(name)s is not of the kind that its name says.", name=name)
    return _("%(name)s must be of one of these kinds: %(kinds)s.", name=name, kinds=kinds_taken())


def kinds_taken() -> str:
    """The kinds of file that are taken, as people write them."""
    return ", ".join(kind.upper() for kind in KINDS)


def _largest() -> str:
    size = current_app.config["UPLOAD_LIMIT_BYTES"]
    return file_size(size) if size % 1_000_000 else f"{size // 1_000_000} MB"


def too_many() -> str:
    """What is said where a draft has all the files it may have."""
    return _("You can attach at most %(count)d files.", count=current_app.config["FILES_PER_SOLUTION"])


def no_room(solution: Solution) -> str:
    """What is said where the files of an organisation or of a person take all the room they may take."""
    quota = current_app.config["UPLOAD_QUOTA_MB"] * 1_000_000
    left = max(0, bytes_left(solution, me()))
    return _(
        "The files of one organisation, and those of one person, may take %(limit)s together; %(left)s are left. "
        "Take off files that are not needed, or ask us for more room.",
        limit=file_size(quota),
        left=file_size(left),
    )


def _refused(solution: Solution, form: FilesForm, refusals: list[tuple[int, str]]) -> Response:
    form.files.errors = [message for _status, message in refusals]
    return _attachments_page(solution, form, status=refusals[0][0])


def _attachments_page(solution: Solution, form: FilesForm, **context: Any) -> Response:
    limits = {
        "kinds": kinds_taken(),
        "size": _largest(),
        "count": current_app.config["FILES_PER_SOLUTION"],
        "has_scanner": has_scanner(),
    }
    at = clock.database_now()
    return page("solutions/attachments.html", solution=solution, form=form, at=at, limits=limits, **context)


@solutions.post("/solutions/<reference>/files/<file_reference>/nameless-copy")
@auth_required("session")
def strip_file(reference: str, file_reference: str) -> ResponseReturnValue:
    solution, form = writable_solution(reference), FilesForm(formdata=None)
    file = next((each.file for each in solution.attachments if each.file.reference == file_reference), None)
    if file is None:
        raise NotFound(file_reference)
    if not is_editable(solution, clock.database_now()):
        return not_open(solution.challenge, solution)
    copy = without_names(extension_of(file.name), whole_content(file))
    if copy is None:
        why = _("The names in %(name)s cannot be taken out here. Take them out in your own program.", name=file.name)
        return _refused(solution, form, [(422, why)])
    key, name, person_id = key_for(solution.challenge.reference), file.name, me().id
    db.session.commit()
    kept = keep_upload(BytesIO(copy), name=name, uploaded_by_id=person_id, key=key)
    services.replace_attachment(writable_solution(reference), actor=me(), file_reference=file_reference, by=kept)
    flash_done(_("%(name)s was replaced by a copy without names.", name=name))
    return see_other(url("solutions.attachments", reference=reference))


@solutions.post("/solutions/<reference>/files/<file_reference>/removal")
@auth_required("session")
def remove_file(reference: str, file_reference: str) -> ResponseReturnValue:
    solution = writable_solution(reference)
    try:
        services.remove_attachment(solution, actor=me(), file_reference=file_reference)
    except WrongStage:
        return not_open(solution.challenge, solution)
    flash_done(_("The file was removed."))
    return see_other(url("solutions.attachments", reference=reference))
