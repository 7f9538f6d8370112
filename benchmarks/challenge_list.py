"""CPU time and queries of the challenge list with 5,000 challenges, beside a bare query of the same twenty rows.

Usage: python -m benchmarks.challenge_list
"""

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import event, text

from marketplace.app import ROOT, create_app
from marketplace.challenges.listeners import index_challenge
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.organisations.services import add_organisation
from marketplace.organisations.stages import Helix, Kind
from marketplace.settings import Settings

CHALLENGES, REPEATS = 5_000, 30
PAGES = {"first": "/challenges", "tenth": "/challenges?page=10", "words": "/challenges?q=canh+bao+ngap"}


def main() -> None:
    """Print one line of JSON."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(instance=folder, database_url=f"sqlite:///{Path(folder) / 'bench.sqlite3'}"))
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            _fill()
            bare = _cpu(
                lambda: db.session.execute(text("select * from challenge order by closes_at desc limit 20")).all()
            )
            db.session.remove()
        client = app.test_client()
        told = {name: _page(app, lambda address=address: client.get(address)) for name, address in PAGES.items()}
    print(json.dumps({"benchmark": "challenge_list", "challenges": CHALLENGES, "bare_query_ms": bare, "pages": told}))


def _fill() -> None:
    agency = add_organisation(Kind.AGENCY, helix=Helix.STATE, name_vi="Sở Đo tốc độ")
    now = datetime.now(UTC)
    for number in range(CHALLENGES):
        challenge = Challenge(
            agency=agency,
            slug=f"bai-toan-{number}",
            stage=Stage.PUBLISHED,
            title_vi=f"{'Cảnh báo ngập' if number % 50 == 0 else 'Phân loại rác'} số {number}",
            summary_vi="Thành phố cần một giải pháp cho việc này. " * 3,
            description_vi="Mỗi năm có hàng nghìn trường hợp như vậy trên địa bàn. " * 40,
            opens_at=now - timedelta(days=number % 300 + 250),
            closes_at=now + timedelta(days=number % 400 - 200, hours=1),
            created_at=now,
        )
        db.session.add(challenge)
        index_challenge(challenge)
    db.session.commit()


def _page(app: object, ask: Callable[[], object]) -> dict[str, float]:
    statements: list[str] = []
    with app.app_context():  # type: ignore[attr-defined]
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda _c, _u, statement, *_r: statements.append(statement))
    ask()
    queries = sum(not statement.startswith(("BEGIN", "PRAGMA")) for statement in statements)
    return {"cpu_ms_median": _cpu(ask), "queries": queries}


def _cpu(ask: Callable[[], object]) -> float:
    times = []
    for _repeat in range(REPEATS):
        start = time.process_time()
        ask()
        times.append((time.process_time() - start) * 1000)
    return round(statistics.median(times), 2)


if __name__ == "__main__":
    main()
