"""Whether the time of an answer tells if an address has an account: sign-in, sign-up, reset, known against unknown.

    python -m benchmarks.address_timings [--times 300]

Real hashing, a database of its own on the disk, 2,000 other accounts; known and unknown addresses interleaved in random
order. Mann-Whitney's p, two-sided: above .01 the two are not told apart. JSON out.
"""

import argparse
import json
import random
import tempfile
import time
from statistics import median
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from flask_security import hash_password
from scipy.stats import mannwhitneyu
from sqlalchemy import delete

from marketplace import clock
from marketplace.accounts.models import LetterRequest, Person
from marketplace.app import ROOT, create_app
from marketplace.db import db, token
from marketplace.jobs import OutboxJob
from marketplace.limits import LimitedTry
from marketplace.settings import Settings

FORMS = {
    "sign-in": {"password": "khong-phai-mat-khau"},
    "sign-up": {"password": "ca-chep-hoa-rong", "full_name": "Nguyễn Thị Lan", "terms": "y", "privacy": "y"},
    "reset-password": {},
    "confirm-address": {},
}


def main() -> None:
    """Measure all four forms, print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    random.seed(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(instance=folder, base_url="http://localhost"))
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            _fill(2000)
        told = {name: _compared(app, name, options.times) for name in FORMS}
    print(json.dumps({"benchmark": "address timings", "times": options.times, **told}, indent=1))


def _fill(count: int) -> None:
    known = hash_password("mat-khau-that-cua-ho")
    for number in range(count):
        email = f"nguoi{number:04}@example.vn"
        person = Person(email=email, full_name="Nguyễn Thị Lan", password=known, fs_uniquifier=token())
        person.confirmed_at = clock.now()
        db.session.add(person)
    db.session.commit()


def _compared(app: Flask, form: str, times: int) -> dict[str, Any]:
    """Medians in ms and p for `times` answers of each kind, after a few that warm up."""
    client = app.test_client()
    for number in range(10):
        _seconds(app, client, form, f"thu{number}@example.vn")
    order = ["known", "unknown"] * times
    random.shuffle(order)
    found: dict[str, list[float]] = {"known": [], "unknown": []}
    for kind in order:
        name = "nguoi" if kind == "known" else "khong"
        found[kind].append(_seconds(app, client, form, f"{name}{random.randrange(2000):04}@example.vn"))
    p = mannwhitneyu(found["known"], found["unknown"]).pvalue
    return {**{f"{kind} ms": round(1000 * median(each), 3) for kind, each in found.items()}, "p": round(float(p), 4)}


def _seconds(app: Flask, client: FlaskClient, form: str, email: str) -> float:
    """How long one answer took; what it left is cleared away, so that no limit is met and no table grows."""
    begun = time.perf_counter()
    client.post(f"/{form}", data={"email": email, **FORMS[form]})
    took = time.perf_counter() - begun
    with app.app_context():
        for table in (LimitedTry, LetterRequest, OutboxJob):
            db.session.execute(delete(table))
        db.session.commit()
    return took


if __name__ == "__main__":
    main()
