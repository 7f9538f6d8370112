"""Received solutions as packages: all of a challenge for its secretary, one for its own entrant."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.audit.services import record_access
from marketplace.db import db
from marketplace.errors import WrongStage
from marketplace.files import StoredFile, content_of, is_openable
from marketplace.files.package import Item, packed
from marketplace.solutions.answers import Reader, files_seen_by, seen_by
from marketplace.solutions.events import SolutionFileOpened, SolutionRead
from marketplace.solutions.models import Solution, SolutionVersion
from marketplace.solutions.proofs import receipt_file
from marketplace.text import canonical_json

Row = tuple[Solution, SolutionVersion]
Readable = Callable[[SolutionVersion, Reader], bytes]
PAGE = "ho-so.html"


def all_entries(rows: Sequence[Row], *, actor: Person, readable: Readable) -> Iterator[bytes]:
    """A folder for each entry by its reference, and a manifest with every hash, as a ZIP in pieces.

    `readable` makes the page that people read; text.json beside it is what was hashed.

    It holds what the agency may read: answers and files of the second envelope only once that is open. Every file goes
    into the access ledger before the first piece. Files that are not clean are left out and named so in the manifest.
    Raises WrongStage before closing.
    """
    now = clock.database_now()
    if any(not solution.challenge.is_closed(now) for solution, _version in rows):
        raise WrongStage("solutions are sealed until the challenge closes")
    stored = _stored(rows)
    record_access(*[event for row in rows for event in _openings(row, stored, actor)])
    items = []
    for solution, version in rows:
        page = Item(f"{solution.reference}/{PAGE}", [readable(version, Reader.AGENCY)], version.received_at)
        items += [page, *_items(version, stored, folder=f"{solution.reference}/", reader=Reader.AGENCY)]
    told = [_told(version, stored, reader=Reader.AGENCY) for _solution, version in rows]
    return packed([*items, _json("manifest.json", told, now)])


def own_entry(version: SolutionVersion, *, readable: Readable) -> Iterator[bytes]:
    """What one entrant sent, with the receipt file, as a ZIP in pieces."""
    stored, made_at = _stored([(version.solution, version)]), version.received_at
    manifest = _json("manifest.json", [_told(version, stored, reader=Reader.ENTRANT)], made_at)
    receipt = receipt_file(version)
    proof = [_json("receipt.json", receipt, made_at)] if receipt else []
    page = Item(PAGE, [readable(version, Reader.ENTRANT)], made_at)
    return packed([page, *_items(version, stored, folder="", reader=Reader.ENTRANT), *proof, manifest])


def _stored(rows: Sequence[Row]) -> dict[int, StoredFile]:
    """The rows of all files listed, by id, in one question."""
    ids = [line["file_id"] for _solution, version in rows for line in version.files]
    return {file.id: file for file in db.session.scalars(StoredFile.with_key().where(StoredFile.id.in_(ids)))}


def _openings(row: Row, stored: dict[int, StoredFile], actor: Person) -> Iterator[SolutionRead | SolutionFileOpened]:
    solution, version = row
    common = {"role": "agency", "in_package": True}
    yield SolutionRead(actor=actor, subject=solution, facts={"version": version.number} | common)
    for _number, file in _files(version, stored, Reader.AGENCY):
        if is_openable(file):
            facts = {"file": file.reference, "name": file.name, "sha256": file.sha256} | common
            yield SolutionFileOpened(actor=actor, subject=solution, facts=facts)


def _items(version: SolutionVersion, stored: dict[int, StoredFile], *, folder: str, reader: Reader) -> Iterator[Item]:
    """The text, as it was hashed where nothing is withheld from this reader, and the files that are clean."""
    yield Item(f"{folder}text.json", [canonical_json(seen_by(reader, version))], version.received_at)
    for number, file in _files(version, stored, reader):
        if is_openable(file):
            yield Item(f"{folder}{_path(number, file)}", content_of(file), file.uploaded_at)


def _files(version: SolutionVersion, stored: dict[int, StoredFile], reader: Reader) -> list[tuple[int, StoredFile]]:
    """The files that this reader may open, with their numbers in the whole list."""
    shown = {line["file_id"] for line in files_seen_by(reader, version)}
    numbered = enumerate((line["file_id"] for line in version.files), start=1)
    return [(number, stored[file_id]) for number, file_id in numbered if file_id in shown]


def _path(number: int, file: StoredFile) -> str:
    return f"{number:02d} {file.name}"


def _told(version: SolutionVersion, stored: dict[int, StoredFile], *, reader: Reader) -> dict[str, Any]:
    solution, files = version.solution, _files(version, stored, reader)
    all_read = seen_by(reader, version) == version.content and len(files) == len(version.files)
    return {
        "reference": solution.reference,
        "organisation": solution.organisation.name_vi or solution.organisation.name_en,
        "version": version.number,
        "receipt": version.reference,
        "received_at": version.received_at.isoformat(),
        "text_sha256": version.content_sha256,
        # the hash is of the whole text, so a reader must know when some of it was kept back
        "complete": all_read,
        "files": [
            {"path": _path(number, file) if is_openable(file) else None, "sha256": file.sha256, "size": file.size}
            | ({} if is_openable(file) else {"left_out": file.scan.value})
            for number, file in files
        ],
    }


def _json(path: str, told: Any, made_at: datetime) -> Item:
    return Item(path, [json.dumps(told, ensure_ascii=False, indent=1).encode()], made_at)
