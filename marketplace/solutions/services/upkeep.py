"""What the worker does about files: scanning them, telling whose was refused, sweeping what a crash left."""

from datetime import timedelta

from sqlalchemy import select

from marketplace import clock
from marketplace.db import db
from marketplace.events import announce
from marketplace.files import StoredFile, scan_waiting, sweep_blobs, sweep_incoming
from marketplace.jobs import periodic
from marketplace.solutions.events import FileRefused
from marketplace.solutions.models import Attachment, Solution
from marketplace.solutions.services.drafting import sealed


@periodic("scan_files", timedelta(seconds=5))
def scan_files() -> None:
    """Scan what was uploaded, and put down for the entrant what was refused."""
    for file in scan_waiting():
        for solution in _holding(file):
            facts = {"file": file.reference, "sha256": file.sha256, "finding": file.finding}
            facts |= sealed(solution)
            announce(FileRefused(actor=None, subject=solution, facts=facts, unsaid={"file": file}))


def _holding(file: StoredFile) -> list[Solution]:
    found = select(Solution).join(Attachment).where(Attachment.file_id == file.id).order_by(Solution.id)
    return list(db.session.scalars(found))


@periodic("sweep_incoming", timedelta(hours=1))
def sweep_files() -> None:
    """Remove what uploads that were cut off left a day ago."""
    sweep_incoming(clock.now() - timedelta(days=1))


@periodic("sweep_store", timedelta(days=1))
def sweep_store() -> None:
    """Remove the bytes of files that were taken off drafts; whatever was received keeps its row, and so its bytes."""
    sweep_blobs(clock.now() - timedelta(days=1))
