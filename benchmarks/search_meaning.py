"""What finding by meaning costs a process: CPU time and memory at ENTRIES entries, two invented vectors each.

    python -m benchmarks.search_meaning            (LARGE=1: 120,000 entries)

Needs no extra: the vector of a question is not part of it (relevance/vectors.py says what that takes).
"""

import json
import os
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import numpy as np
from flask_migrate import upgrade
from sqlalchemy import insert

from marketplace import clock
from marketplace.app import ROOT, create_app
from marketplace.db import db
from marketplace.meaning.models import TextVector
from marketplace.search.meanings import meanings_now, near_entries
from marketplace.search.models import EntryMeaning, SearchEntry
from marketplace.search.services import Thing, columns
from marketplace.settings import Settings

ENTRIES, SIZE, AT_ONCE = 120_000 if os.environ.get("LARGE") else 12_000, 384, 4_000


def main() -> None:
    """Print one line of JSON: milliseconds and megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(instance=folder, database_url=f"sqlite:///{Path(folder) / 'bench.sqlite3'}"))
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            draw = np.random.default_rng(20)
            for begin in range(1, ENTRIES + 1, AT_ONCE):
                _write(range(begin, min(begin + AT_ONCE, ENTRIES + 1)), draw)
            db.session.commit()
            told = _measure(draw)
            db.session.remove()
    print(json.dumps({"benchmark": "search_meaning", "entries": ENTRIES, "load": os.getloadavg()[0]} | told))


def _write(numbers: range, draw: np.random.Generator) -> None:
    at, same = clock.now(), columns(Thing("organisation", "any", title_vi="Một", text_vi="hai", text_en="two"))
    codes = draw.integers(-100, 100, size=(len(numbers), 2, SIZE), dtype=np.int8)
    entries = [same | {"id": n, "kind": "organisation", "slug": str(n), "changed_at": at} for n in numbers]
    vectors = [
        {"id": 2 * n + which, "digest": str(2 * n + which), "codes": codes[place, which].tobytes()}
        for place, n in enumerate(numbers)
        for which in (0, 1)
    ]
    meanings = [{"id": n, "entry_id": n, "changed_at": at, "vi_id": 2 * n, "en_id": 2 * n + 1} for n in numbers]
    for table, rows in ((SearchEntry, entries), (TextVector, vectors), (EntryMeaning, meanings)):
        db.session.execute(insert(table), rows)


def _measure(draw: np.random.Generator) -> dict[str, object]:
    before, begin, steps = _megabytes(), time.process_time(), 1
    while len(meanings_now(SIZE).rows) < ENTRIES:
        steps += 1
    read, grown = time.process_time() - begin, _megabytes() - before
    asked = draw.standard_normal(SIZE).astype(np.float32)
    held, asked, numbers = meanings_now(SIZE), asked / np.linalg.norm(asked), count(1)

    def after_a_change() -> None:
        row = db.session.get_one(EntryMeaning, next(numbers))
        said = {name: getattr(row, name) for name in ("entry_id", "changed_at", "vi_id", "en_id")}
        db.session.delete(row)
        db.session.flush()
        db.session.add(EntryMeaning(**said))
        db.session.commit()

    return {
        "first_read_s": round(read, 2),
        "questions_that_read": steps,
        "memory_mb": grown,
        "looks_for_changes": _times(lambda: meanings_now(SIZE)),
        "nearness_of_all": _times(lambda: near_entries(held.nearness(asked), set())),
        "after_a_change": _times(lambda: meanings_now(SIZE), before=after_a_change),
    }


def _times(ask: Callable[[], object], before: Callable[[], None] = lambda: None) -> dict[str, float]:
    spent = []
    for _ in range(20):
        before()
        begin = time.process_time()
        ask()
        spent.append((time.process_time() - begin) * 1000)
    spent.sort()
    return {"ms_median": round(spent[10], 1), "ms_p95": round(spent[18], 1)}


def _megabytes() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000


if __name__ == "__main__":
    main()
