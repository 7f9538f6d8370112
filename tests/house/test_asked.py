"""What is asked once: within a page that only reads, never within a deed."""

from flask import g

from marketplace.asked import asked_once, know_what_is_empty
from marketplace.db import db, is_sqlite
from tests import make
from tests.queries import count_queries
from tests.site import Site


def test_the_parts_of_one_page_ask_once_and_a_deed_asks_each_time(app):
    asked = []

    @asked_once
    def question(thing: str) -> int:
        asked.append(thing)
        return len(asked)

    def answers(*, reads_only: bool) -> list[int]:
        with app.test_request_context("/"):
            g.reads_only = reads_only
            found = [question("a"), question("b"), question("a")]
            g.pop("reads_only")
        return found

    assert answers(reads_only=True) == [1, 2, 1]
    assert answers(reads_only=True) == [3, 4, 3]
    assert answers(reads_only=False) == [5, 6, 7]
    assert question("a") == 8


def test_one_statement_tells_which_parts_have_no_row(app):
    challenge = make.a_challenge()
    db.session.commit()
    criteria = challenge.criteria
    db.session.expire_all()

    with count_queries() as counted:
        know_what_is_empty(challenge, "prizes", "waivers", "agency.memberships", "criteria")
        seen = (challenge.prizes, challenge.waivers)

    assert (seen, len([each for each in counted if "EXISTS" in each])) == (([], []), 1)
    assert challenge.criteria == criteria != []


def test_my_work_asks_nothing_about_bodies_that_somebody_has_not(app):
    site = Site(app, make.a_person()).open("/work")

    with count_queries() as counted:
        site.open("/work")

    # PostgreSQL is asked for the time as well
    assert len(counted) <= (10 if is_sqlite() else 11)
