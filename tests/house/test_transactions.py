"""One request is one transaction; writers never lose each other's work."""

from contextvars import Context
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select, text

from marketplace.accounts.models import Person
from marketplace.audit.models import JournalEntry
from marketplace.db import db, is_sqlite, record_apart
from marketplace.jobs import checkpoint
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Role
from tests import make
from tests.site import Site

pytestmark = pytest.mark.each_database


def test_sqlite_connections_are_safe_and_leave_checkpoints_to_the_worker(app):
    if not is_sqlite():
        pytest.skip("only on SQLite")

    pragmas = ("journal_mode", "synchronous", "foreign_keys", "wal_autocheckpoint")
    values = [db.session.execute(text(f"PRAGMA {name}")).scalar() for name in pragmas]

    assert values == ["wal", 2, 1, 0]


def test_concurrent_writers_lose_nothing(app):
    organisation = make.an_organisation(trl_from=1)
    organisation_id = organisation.id
    organisation.symbol = "0"
    db.session.commit()
    start = Barrier(8)

    def add_one():
        with app.app_context():
            start.wait()
            for _round in range(5):
                found = db.session.get(Organisation, organisation_id, with_for_update=True)
                found.symbol = str(int(found.symbol) + 1)
                db.session.commit()

    threads = [Thread(target=lambda: Context().run(add_one)) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    db.session.refresh(organisation)
    assert organisation.symbol == "40"


def test_a_refused_request_leaves_no_row_and_no_journal_line(app):
    agency = make.an_agency()
    manager = make.a_member(agency, Role.MANAGER)
    challenge = make.a_draft_challenge(agency, complete=False)
    site = Site(app, manager)
    lines = db.session.scalar(select(func.count()).select_from(JournalEntry))

    refused = site.send(f"/challenges/{challenge.slug}/review")

    assert refused.status == 422
    db.session.refresh(challenge)
    assert challenge.stage == "draft"
    assert db.session.scalar(select(func.count()).select_from(JournalEntry)) == lines


def test_what_is_recorded_apart_outlives_a_rollback(app):
    with record_apart() as session:
        session.add(Person(full_name="Ghi riêng", email="rieng@example.vn", fs_uniquifier="x"))
    db.session.rollback()

    assert db.session.scalar(select(Person.full_name).where(Person.email == "rieng@example.vn")) == "Ghi riêng"


def test_the_checkpoint_moves_the_log_into_the_database(app, settings):
    if not is_sqlite():
        pytest.skip("only on SQLite")
    make.a_person()
    db.session.commit()
    db.session.remove()

    checkpoint()

    with db.engine.connect() as connection:
        raw = connection.connection.driver_connection
        busy, in_log, moved = raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    assert busy == 0
    assert in_log == moved
