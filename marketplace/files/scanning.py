"""Which files may be opened by others than their owners, and the scan that decides it."""

import logging

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace import clock
from marketplace.db import db
from marketplace.files.clamd import ScannerSilent, malware_in
from marketplace.files.models import Scan, StoredFile
from marketplace.files.reading import content_of
from marketplace.files.sealing import Damaged

log = logging.getLogger(__name__)


def has_scanner() -> bool:
    """Whether the site scans for malware at all."""
    return bool(current_app.config["SCANNER"])


def first_state() -> Scan:
    """What is known of a file that just arrived."""
    return Scan.WAITING if has_scanner() else Scan.UNSCANNED


def is_openable(file: StoredFile) -> bool:
    """Whether others than its owner may open it: found clean, or never scanned where nothing scans."""
    return file.scan == Scan.CLEAN or (file.scan == Scan.UNSCANNED and not has_scanner())


def scan_waiting(limit: int = 20) -> list[StoredFile]:
    """Scan up to `limit` files that nobody looked at yet, the oldest first; answers those that were refused.

    Where the scanner is silent the rest waits for the next time. Files from before there was a scanner are scanned too.
    """
    if not has_scanner():
        return []
    waiting = db.session.scalars(
        select(StoredFile)
        .where(StoredFile.scan.in_([Scan.WAITING, Scan.UNSCANNED]))
        .options(joinedload(StoredFile.key))
        .order_by(StoredFile.id)
        .limit(limit)
    ).all()
    try:
        return [file for file in waiting if _scan(file) == Scan.REFUSED]
    except ScannerSilent as error:
        log.warning("the malware scanner is silent: %s", error)
        return [file for file in waiting if file.scan == Scan.REFUSED]


def _scan(file: StoredFile) -> Scan:
    try:
        found = malware_in(content_of(file), address=current_app.config["SCANNER"])
    except (Damaged, FileNotFoundError):
        log.exception("file %s cannot be read", file.reference)
        found = "unreadable"
    file.finding, file.scanned_at = found, clock.now()
    file.scan = Scan.REFUSED if found else Scan.CLEAN
    return file.scan
