"""Erasing a draft that was never received, and files that nothing received names."""

from sqlalchemy import delete, select

from marketplace.db import db
from marketplace.files import StoredFile
from marketplace.organisations.models import Membership, Organisation
from marketplace.solutions.models import Comment, Partner, Solution, Writing


def erase_draft(solution: Solution) -> None:
    """Delete a draft with everything that hangs on it, and its entrant if it was made for this alone.

    Called by deeds that hold its row and asked whether it may be; nothing of it was ever received.
    """
    entrant, files = solution.organisation, [each.file for each in solution.attachments]
    db.session.execute(delete(Writing).where(Writing.solution_id == solution.id))
    for which in (Comment.answers_id.is_not(None), Comment.answers_id.is_(None)):
        db.session.execute(delete(Comment).where(Comment.solution_id == solution.id, which))
    db.session.delete(solution)
    db.session.flush()
    for file in files:
        db.session.delete(file)
    if _is_nobodys(entrant):
        db.session.delete(entrant)


def forget_file(file: StoredFile, solution: Solution) -> None:
    """Delete the row of a file that was taken off a draft, unless a version that was received names it.

    Its bytes go when the store is swept.
    """
    db.session.flush()
    if not any(line["file_id"] == file.id for version in solution.versions for line in version.files):
        db.session.delete(file)


def _is_nobodys(entrant: Organisation) -> bool:
    if entrant.is_listed or entrant.person_id is not None:
        return False
    named = [select(kind.id).where(kind.organisation_id == entrant.id) for kind in (Membership, Partner, Solution)]
    return not any(db.session.scalar(found.limit(1)) for found in named)
