"""How long `flask audit verify` takes for a journal of 100,000 lines on SQLite, beside hashing as many bytes.

Usage: python -m benchmarks.journal (LINES=10000 for a quick look)

Lines as they are written here: a third with columns before and after, facts with hashes and moments, a checkpoint after
every thousand. CPU time of the process in milliseconds, the median of three.
"""

import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import insert

from marketplace.app import ROOT, create_app
from marketplace.audit import merkle, notes
from marketplace.audit.checkpoints import origin, signer
from marketplace.audit.lines import leaf_of
from marketplace.audit.models import Checkpoint, JournalEntry
from marketplace.audit.verification import first_fault
from marketplace.db import db
from marketplace.settings import Settings
from tests import make

LINES, EACH, TIMES = int(os.environ.get("LINES", "100000")), 1000, 3
BEGIN = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


def main() -> None:
    """Print one line of JSON."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(instance=folder))
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            size = _write_journal()
            spent = _median(_verify)
            bare = _median(lambda: [sha256(b"\x00" * (size // LINES)).digest() for _line in range(LINES)])
    told = {"benchmark": "journal", "lines": LINES, "verify_cpu_ms": spent, "bare_hash_cpu_ms": bare}
    print(json.dumps(told))


def _median(work: Callable[[], object]) -> float:
    found = []
    for _time in range(TIMES):
        begin = time.process_time()
        work()
        found.append((time.process_time() - begin) * 1000)
    return round(statistics.median(found), 1)


def _verify() -> None:
    assert first_fault() is None
    db.session.rollback()


def _write_journal() -> int:
    """Answers how many bytes of JSON its lines are."""
    person, tree, size = make.a_person(), merkle.Frontier(), 0
    for begin in range(0, LINES, EACH):
        rows = list(_rows(begin, person))
        for row in rows:
            tree.append(bytes.fromhex(row["leaf_hash"]))
            size += len(json.dumps([row["changes"], row["facts"]]))
        db.session.execute(insert(JournalEntry), rows)
        note = signer().sign(notes.checkpoint_text(origin(), size=tree.size, root=tree.root()))
        db.session.add(Checkpoint(size=tree.size, root=tree.root().hex(), made_at=rows[-1]["at"], note=note))
        db.session.commit()
    return size


def _rows(begin: int, person: Any) -> Iterator[dict[str, Any]]:
    for number in range(begin, begin + EACH):
        line = {
            "at": BEGIN + timedelta(seconds=37 * number, microseconds=number),
            "actor_id": person.id,
            "event": ("SolutionSaved", "SolutionSubmitted", "ChallengeEdited")[number % 3],
            "object_type": "Solution",
            "object_reference": f"GP-{number:08d}",
            "object_name": f"GP-{number:08d}",
            "changes": _changes(number) if number % 3 == 2 else {},
            "facts": _facts(number),
        }
        leaf = leaf_of(JournalEntry(**line), actor=person.reference).hex()
        yield line | {"leaf_hash": leaf, "leaf_index": number}


def _changes(number: int) -> dict[str, Any]:
    return {"title_vi": [f"Cảnh báo ngập {number}", f"Cảnh báo ngập sâu {number}"], "stage": ["draft", "submitted"]}


def _facts(number: int) -> dict[str, Any]:
    seal = {"sealed_until": "2026-11-21T10:00:00+00:00", "sealed_by": f"BT-{number % 40:08d}"}
    if number % 3 == 0:
        return {"fields": ["approach", "impact"]} | seal
    content = sha256(str(number).encode()).hexdigest()
    return {"version": 1, "receipt": f"BN-{number:08d}", "content_sha256": content, "files": [content, content]} | seal


if __name__ == "__main__":
    main()
