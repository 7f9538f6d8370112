"""CPU time and queries of a judge's queue of 60 sheets, of one sheet, and of the secretary's panel.

Usage: python -m benchmarks.judge_queue
"""

import json
import statistics
import tempfile
import time
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event

from marketplace.app import ROOT, create_app
from marketplace.db import db
from marketplace.judging.services import assigning
from marketplace.settings import Settings
from tests.judging.judging_make import Round, a_round, an_entry, declare
from tests.site import Site

ENTRIES, REPEATS = 60, 20


def main() -> None:
    """Print one line of JSON."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(instance=folder, database_url=f"sqlite:///{Path(folder) / 'bench.sqlite3'}"))
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            db.session.remove()
            made = _made()
            judge, sheet = made.judges[0], made.sheets()[0]
            pages = {
                "queue": (judge, "/judging"),
                "sheet": (judge, f"/judging/sheets/{sheet.reference}"),
                "panel": (made.secretary, f"{made.path}/panel"),
            }
            print(json.dumps({"benchmark": "judge_queue", **{name: _cost(app, *each) for name, each in pages.items()}}))


def _made() -> Round:
    """One judge with 60 assigned entries, half of them scored."""
    made = a_round(0, judges=1, reviews=1, max_load=ENTRIES)
    made.entries += [an_entry(made.challenge, title=f"Giải pháp {number}") for number in range(ENTRIES)]
    declare(made, made.judges[0])
    assigning.assign_judges(made.panel, actor=made.secretary)
    db.session.commit()
    for entry in made.entries[::2]:
        made.score(made.judges[0], entry, 7, 8)
    return made


def _cost(app: Flask, person: object, path: str) -> dict[str, float]:
    site = Site(app, person)
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _k, statement, *_rest: statements.append(statement))
    assert site.open(path).status == 200
    count = len(statements)
    times = []
    for _ in range(REPEATS):
        begun = time.process_time()
        site.open(path)
        times.append(time.process_time() - begun)
    return {"cpu_ms": round(statistics.median(times) * 1000, 1), "queries": count, "kb": len(site.body) // 1000}


if __name__ == "__main__":
    main()
