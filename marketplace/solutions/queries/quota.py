"""How much room is left for files: of the drafts of one organisation, and of what one person uploads."""

from collections.abc import Sequence

from flask import current_app
from sqlalchemy import func, select

from marketplace.accounts.models import Person
from marketplace.db import db
from marketplace.files import StoredFile
from marketplace.solutions.models import Attachment, Solution


def bytes_left(solution: Solution, actor: Person, *, beside: Sequence[StoredFile] = ()) -> int:
    """How many bytes may still be attached, `beside` not counted: they are about to be.

    Drafts of an organisation count by what is attached now, so that several people cannot fill the disk in its name; a
    person by all that is kept of them, so that nobody fills it by sending, taking off and sending again.
    """
    quota = int(current_app.config["UPLOAD_QUOTA_MB"]) * 1_000_000
    db.session.flush()
    known = [each.id for each in beside if each.id is not None]
    size = select(func.coalesce(func.sum(StoredFile.size), 0)).where(StoredFile.id.not_in(known))
    attached = select(Attachment.file_id).join(Attachment.solution)
    of_organisation = attached.where(Solution.organisation_id == solution.organisation_id)
    drafts = db.session.scalar(size.where(StoredFile.id.in_(of_organisation))) or 0
    own = db.session.scalar(size.where(StoredFile.uploaded_by_id == actor.id)) or 0
    return quota - max(drafts, own)
