"""How long 50 entrants who write at once wait for a save and for their receipt, on PostgreSQL, beside a bare insert.

Usage: python -m benchmarks.entrants (ENTRANTS=10 for a quick look; left out where there is no PostgreSQL server)

Two gunicorn processes of eight threads serve. People who type are no closed loop: static/drafting.js saves four seconds
after the last key, so each entrant saves ten times about every four seconds, at times of its own, and then sends the
solution. Those two are "autosave" and "submit"; the first save of each entrant is told apart ("first_autosave": the
processes have just started, and compile their statements and templates then). The worst minute is told too: all fifty
change one more word and press the button at the same instant ("all_at_once", where the last waits for the forty-nine
before). Milliseconds of wall time, as a browser on this machine sees them. "autosave_cpu_ms" is what one save costs the
serving processes in user and system time, of one entrant alone, and "clients_cpu" what the fifty browsers took of the
machine (1 is one core).
"""

import http.client
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier, Thread
from urllib.parse import urlencode

import psycopg
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.engine import make_url

from marketplace.app import ROOT, create_app
from marketplace.db import db
from marketplace.settings import Settings
from tests import make
from tests.parsed import values_of
from tests.site import Site
from tests.solutions.entries import a_solution
from tools.postgres import NoServer, cluster

ENTRANTS, SAVES, PAUSE = int(os.environ.get("ENTRANTS", "50")), 10, 4.0
TEXT = "Ghép dự báo mưa với mực nước đo tại cống, báo cho từng đoạn phố. " * 12


def main() -> None:
    """Print one line of JSON."""
    try:
        with cluster() as address, tempfile.TemporaryDirectory() as folder:
            print(json.dumps({"benchmark": "entrants", "entrants": ENTRANTS, **_measured(address, folder)}))
    except NoServer as missing:
        print(f"entrants: left out, {missing}", file=sys.stderr)


def _measured(address: str, folder: str) -> dict[str, object]:
    app = create_app(Settings(instance=folder, database_url=address))
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        challenge = make.a_challenge()
        drafts = [a_solution(challenge, make.a_member(make.an_organisation())) for _ in range(ENTRANTS)]
        writers = [Writer(app, draft.author, draft.reference) for draft in drafts]
        db.session.remove()
        db.engine.dispose()
        with _served(address, folder) as server:
            together = Barrier(ENTRANTS)
            threads = [Thread(target=writer.write, args=(server.port, together)) for writer in writers]
            for thread in threads:
                thread.start()
            begun, own = time.monotonic(), time.process_time()
            bare = _bare_inserts(address)
            for thread in threads:
                thread.join()
            clients = (time.process_time() - own) / (time.monotonic() - begun)
            alone = writers[0].cost_of_a_save(server)
    first = [writer.saves[0] for writer in writers]
    saves = [spent for writer in writers for spent in writer.saves[1:]]
    sends = [spent for writer in writers for spent in writer.sends]
    rush = [writer.last_send for writer in writers]
    told = {
        "first_autosave_ms": first,
        "autosave_ms": saves,
        "submit_ms": sends,
        "all_at_once_ms": rush,
        "bare_insert_ms": bare,
    }
    figures: dict[str, object] = {name: _told(spent) for name, spent in told.items()}
    return figures | {"autosave_cpu_ms": round(alone, 1), "clients_cpu": round(clients, 3)}


@dataclass
class Server:
    """Where it listens, and the process that began the serving ones."""

    port: int
    process: int

    def cpu_ms(self) -> float:
        """User and system time of the serving processes so far, as Linux counts it."""
        ticks = 0
        for process in Path(f"/proc/{self.process}/task/{self.process}/children").read_text().split():
            ticks += sum(
                int(count) for count in Path(f"/proc/{process}/stat").read_text().rsplit(")")[1].split()[11:13]
            )
        return ticks * 1000 / os.sysconf("SC_CLK_TCK")


class Writer:
    """One entrant at one browser: what its pages hold is read before the clock runs."""

    def __init__(self, app: Flask, person: object, reference: str):
        site = Site(app, person).open(f"/solutions/{reference}/edit/approach")
        section = site.tree.get_element_by_id("section")
        self.fields, self.autosave = values_of(section), section.attrib["data-autosave"]
        form = site.open(f"/solutions/{reference}/check").page.find("input", attrs={"name": "idempotency_key"})
        self.versions, self.key = f"/solutions/{reference}/versions", form["value"]
        self.cookie = f"session={site.client.get_cookie('session').value}"
        self.saves: list[float] = []
        self.sends: list[float] = []
        self.last_send = 0.0

    def write(self, port: int, together: Barrier) -> None:
        """Save, pause, save, and send; then once more at the same instant as everybody else."""
        draw = random.Random(self.key)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for turn in range(1, SAVES + 1):
            time.sleep(draw.uniform(0.5, 1.5) * PAUSE)
            self.saves.append(self._save(connection, turn))
        self.sends.append(self._send(connection, self.key))
        self._save(connection, SAVES + 1)
        together.wait(timeout=300)
        self.last_send = self._send(connection, f"{self.key[:20]}-again")

    def cost_of_a_save(self, server: Server) -> float:
        """Milliseconds of the server's CPU for one of a hundred saves, one after the other."""
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        turns = range(SAVES + 2, SAVES + 102)
        before = server.cpu_ms()
        for turn in turns:
            self._save(connection, turn)
        return (server.cpu_ms() - before) / len(turns)

    def _save(self, connection: http.client.HTTPConnection, turn: int) -> float:
        return self._post(connection, self.autosave, self.fields | {"approach": f"{TEXT} {turn}", "turn": str(turn)})

    def _send(self, connection: http.client.HTTPConnection, key: str) -> float:
        fields = {"csrf_token": self.fields["csrf_token"], "idempotency_key": key}
        return self._post(connection, self.versions, fields)

    def _post(self, connection: http.client.HTTPConnection, path: str, fields: dict[str, str]) -> float:
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        begin = time.perf_counter()
        connection.request("POST", path, urlencode(fields), headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{path} answered {answer.status}")
        return (time.perf_counter() - begin) * 1000


@contextmanager
def _served(address: str, folder: str) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--workers", "2", "--threads", "8"]
    command += ["--keep-alive", "60", "--log-level", "warning", "--bind", f"127.0.0.1:{port}", "wsgi:app"]
    environment = os.environ | {"DATABASE_URL": address, "INSTANCE": folder, "DEMO": ""}
    server = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        for _warm in range(40):  # both processes have loaded and answered before the clock runs
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
            with suppress(OSError, http.client.HTTPException):
                connection.request("GET", "/challenges")
                connection.getresponse().read()
            connection.close()
            time.sleep(0.25)
        yield Server(port, server.pid)
    finally:
        server.terminate()
        server.wait()


def _bare_inserts(address: str) -> list[float]:
    """One row and its commit, over and over, in the same database while the entrants write."""
    place, spent = make_url(address), []
    with psycopg.connect(host=place.query["host"], user=place.username, dbname=place.database) as connection:
        connection.execute("create table bare (id bigserial primary key, text text)")
        connection.commit()
        until = time.monotonic() + SAVES * PAUSE
        while time.monotonic() < until:
            begin = time.perf_counter()
            connection.execute("insert into bare (text) values (%s)", (TEXT,))
            connection.commit()
            spent.append((time.perf_counter() - begin) * 1000)
            time.sleep(0.1)
    return spent


def _told(spent: list[float]) -> dict[str, float]:
    ordered = sorted(spent)
    p95 = ordered[max(0, int(0.95 * len(ordered)) - 1)]
    return {"count": len(ordered), "median": round(statistics.median(ordered), 1), "p95": round(p95, 1)}


if __name__ == "__main__":
    main()
