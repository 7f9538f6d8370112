"""Files of a draft. Their bytes are stored before; here are only rows."""

from collections.abc import Sequence

from flask import current_app

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db
from marketplace.errors import NotFound, Unhappened
from marketplace.events import announce
from marketplace.files import StoredFile
from marketplace.solutions.events import AttachmentAdded, AttachmentRemoved
from marketplace.solutions.models import Attachment, Solution
from marketplace.solutions.policy import can_edit_solution, is_at_the_counter
from marketplace.solutions.queries.quota import bytes_left
from marketplace.solutions.services.drafting import sealed
from marketplace.solutions.services.erasing import forget_file
from marketplace.solutions.services.locking import hold_solution, must_be_editable


class TooManyFiles(Unhappened):
    """The solution would have more files than the setting files_per_solution allows."""

    status = 422


class NoRoomLeft(Unhappened):
    """Files of its organisation, or of whoever attaches them, would take more than the setting upload_quota_mb."""

    status = 422


def attach_files(solution: Solution, *, actor: Person, files: Sequence[StoredFile]) -> None:
    """Attach stored uploads; one that is already there (same name, same content) is not attached twice.

    Raises Refused, WrongStage unless the draft may still be changed, TooManyFiles, NoRoomLeft; the counter, which types
    in for everybody, has no quota.
    """
    require(can_edit_solution, actor, solution)
    must_be_editable(solution, hold_solution(solution))
    known = {_identity(each.file) for each in solution.attachments}
    new = {_identity(file): file for file in files if _identity(file) not in known}.values()
    if len(known) + len(new) > current_app.config["FILES_PER_SOLUTION"]:
        raise TooManyFiles(solution.reference)
    must_have_room_for(solution, sum(file.size for file in new), actor=actor, beside=list(new))
    for file in new:
        solution.attachments.append(Attachment(file=file))
        db.session.flush()
        announce(AttachmentAdded(actor=actor, subject=solution, facts=_told(file) | sealed(solution)))
    solution.saved_at = clock.now()


def must_have_room_for(solution: Solution, size: int, *, actor: Person, beside: Sequence[StoredFile] = ()) -> None:
    """Raise NoRoomLeft if so many bytes more are not taken; `beside` are files that these bytes are."""
    if not is_at_the_counter(solution) and size > bytes_left(solution, actor, beside=beside):
        raise NoRoomLeft(solution.reference)


def remove_attachment(solution: Solution, *, actor: Person, file_reference: str) -> None:
    """Take a file off the draft; versions that were received keep it. Raises NotFound if it is not attached."""
    require(can_edit_solution, actor, solution)
    must_be_editable(solution, hold_solution(solution))
    found = next((each for each in solution.attachments if each.file.reference == file_reference), None)
    if found is None:
        raise NotFound(file_reference)
    solution.attachments.remove(found)
    solution.saved_at = clock.now()
    announce(AttachmentRemoved(actor=actor, subject=solution, facts=_told(found.file) | sealed(solution)))
    forget_file(found.file, solution)


def replace_attachment(solution: Solution, *, actor: Person, file_reference: str, by: StoredFile) -> None:
    """Put another file into the place of an attached one. Raises what removing and attaching raise."""
    remove_attachment(solution, actor=actor, file_reference=file_reference)
    attach_files(solution, actor=actor, files=[by])


def _identity(file: StoredFile) -> tuple[str, str]:
    return file.name, file.sha256


def _told(file: StoredFile) -> dict[str, object]:
    return {"file": file.reference, "size": file.size, "sha256": file.sha256}
