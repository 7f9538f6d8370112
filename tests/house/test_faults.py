"""When the database does not answer, a page says so, and nothing is half done."""

import sqlite3

import pytest
from sqlalchemy import func, select

from marketplace.challenges.models import Challenge
from marketplace.db import db, is_sqlite
from tests import make
from tests.queries import waiting_for_the_lock
from tests.site import Site


@pytest.mark.feature("F-12")
def test_a_locked_database_is_told_with_a_page_and_the_next_try_works(app, settings):
    if not is_sqlite():
        pytest.skip("only on SQLite")
    agency = make.an_agency()
    site = Site(app, make.a_member(agency), language="en").open("/challenges/new")
    typed = {"agency": agency.slug, "title_vi": "Ngập ở phố tôi"}
    token = site.csrf_token()
    db.session.commit()
    holder = sqlite3.connect(settings.folder / "marketplace.sqlite3", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    with waiting_for_the_lock(100):
        busy = site.send("/challenges/new", csrf_token=token, **typed)

    assert (busy.status, busy.headers["Retry-After"]) == (503, "5")
    assert "What you just sent was not kept" in busy.main
    holder.execute("ROLLBACK")
    holder.close()
    assert site.send("/challenges/new", csrf_token=token, **typed).status == 200
    assert db.session.scalar(select(func.count()).select_from(Challenge)) == 1
