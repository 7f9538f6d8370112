"""CPU time of the site's search with facets, and with its first passages, beside a plain FTS5 query ordered by bm25().

One process and one database file; entries are public, as every entry is: rights are kept by absence.
Usage: python -m benchmarks.site_search (LARGE=1: 120,000 entries instead of 12,000)
"""

import json
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import event, insert, text

from benchmarks.city import City
from marketplace.app import ROOT, create_app
from marketplace.challenges.stages import Field
from marketplace.db import db
from marketplace.organisations.stages import Helix
from marketplace.search.models import SearchEntry
from marketplace.search.queries import results, search
from marketplace.search.services import Thing, columns
from marketplace.settings import Settings
from marketplace.text import fold

ENTRIES = 120_000 if os.environ.get("LARGE") else 12_000
QUERIES, SHOWN = 240, 20
_KINDS = ("challenge", "organisation", "organisation", "organisation", "result")


def main() -> None:
    """Print one line of JSON: milliseconds of this process for each query, and its megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(instance=folder, database_url=f"sqlite:///{Path(folder) / 'bench.sqlite3'}"))
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            begin = time.process_time()
            questions = _fill()
            built = time.process_time() - begin
            told = _measure(questions)
            db.session.remove()
        client = app.test_client()
        told["page"] = _times(lambda words, _facts: client.get("/search", query_string={"q": words}), questions)
        told["page"]["queries"] = _queries(app, lambda: client.get("/search", query_string={"q": questions[0][0]}))
    head = {"benchmark": "site_search", "entries": ENTRIES, "build_s": round(built, 1), "load": os.getloadavg()[0]}
    print(json.dumps(head | told | {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))


def _measure(questions: list[tuple[str, dict[str, str]]]) -> dict[str, Any]:
    def shown(words: str, facts: dict[str, str]) -> object:
        return results(search(words, facts), words, begin=0, end=SHOWN, language="vi")

    def plain(words: str, _facts: dict[str, str]) -> object:
        asked = " ".join(f'"{word}"' for word in fold(words).split())
        return db.session.execute(_PLAIN, {"asked": asked}).all()

    return {
        "ours": _times(search, questions),
        "with_passages": _times(shown, questions),
        "plain fts5": _times(plain, questions),
    }


_PLAIN = text("select rowid from plain where plain match :asked order by bm25(plain, 3, 1) limit 20")


def _fill() -> list[tuple[str, dict[str, str]]]:
    """Write the entries and a plain index of the same texts; answers what will be asked."""
    draw, questions = random.Random(20), []
    db.session.execute(text("create virtual table plain using fts5(title, body)"))
    entries = _entries(draw)
    while rows := list(islice(entries, 2_000)):
        db.session.execute(insert(SearchEntry), rows)
        db.session.execute(
            text("insert into plain (rowid, title, body) values (:id, :title, :body)"),
            [{"id": row["id"], "title": fold(row["title_vi"]), "body": fold(row["text_vi"])} for row in rows],
        )
        questions += [_question(draw, row) for row in draw.sample(rows, -(-QUERIES * len(rows) // ENTRIES))]
    db.session.commit()
    # As the worker does: what lies in the log of changes takes longer to find.
    with db.engine.connect() as connection:
        connection.connection.driver_connection.execute("pragma wal_checkpoint(truncate)")
    return questions[:QUERIES]


def _entries(draw: random.Random) -> Iterator[dict[str, Any]]:
    city = City(20)
    for number in range(1, ENTRIES + 1):
        title, body = city.passage(8, 1), city.passage(60, 4)
        facts = {"field": draw.choice(list(Field)).value, "house": draw.choice(list(Helix)).value}
        thing = Thing(draw.choice(_KINDS), f"thing-{number}", title_vi=title, text_vi=body, **facts)
        yield {"id": number, "kind": thing.kind, "slug": thing.slug} | columns(thing)


def _question(draw: random.Random, row: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """Two to four words that stand together in a text, all of which an entry holds; every fourth narrowed down."""
    words = (row["title_vi"] if draw.random() < 0.5 else row["text_vi"]).split()
    size = draw.choice((2, 2, 3, 4))
    at = draw.randrange(max(1, len(words) - size))
    return " ".join(words[at : at + size]), {"kind": row["kind"]} if draw.random() < 0.25 else {}


def _times(ask: Callable[[str, dict[str, str]], object], questions: list[tuple[str, dict[str, str]]]) -> dict[str, Any]:
    spent = []
    ask(*questions[0])
    for words, facts in questions:
        begin = time.process_time()
        ask(words, facts)
        spent.append((time.process_time() - begin) * 1000)
    spent.sort()
    return {
        "ms_median": round(spent[len(spent) // 2], 2),
        "ms_p95": round(spent[int(0.95 * len(spent)) - 1], 2),
        "ms_most": round(spent[-1], 2),
    }


def _queries(app: Any, ask: Callable[[], object]) -> int:
    statements: list[str] = []
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda _c, _u, statement, *_r: statements.append(statement))
    ask()
    return sum(not statement.startswith(("BEGIN", "PRAGMA")) for statement in statements)


if __name__ == "__main__":
    main()
