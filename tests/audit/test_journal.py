"""The journal: what it hears, and who may read it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from marketplace.audit.lines import PARTS, leaf_of_line
from marketplace.audit.merkle import leaf_hash
from marketplace.audit.models import JournalEntry
from marketplace.db import db
from marketplace.events import Event, announce
from marketplace.organisations.services import edit_organisation
from marketplace.organisations.stages import Role
from tests import make
from tests.queries import count_queries
from tests.site import Site


def edited(name="Công ty Cũ", after="Công ty Mới"):
    """An organisation whose name was changed by its manager."""
    organisation = make.an_organisation(name)
    manager = make.a_member(organisation, Role.MANAGER, "Phạm Văn Minh")
    db.session.commit()
    edit_organisation(organisation, actor=manager, name_vi=after)
    db.session.commit()
    return organisation


def titles(site):
    return [each.get_text() for each in site.page.select("#entries .rows strong")]


@pytest.mark.feature("106")
def test_the_auditor_reads_who_changed_what_from_what_to_what(app):
    organisation = edited()

    site = Site(app, make.an_auditor(), language="en").open(f"/journal?object={organisation.reference}")

    rows = {
        row.th.get_text(strip=True): [cell.get_text(strip=True) for cell in row.find_all("td")]
        for row in site.page.select("#entries tbody tr")
    }
    assert titles(site) == ["The organisation's profile was changed"]
    assert "Phạm Văn Minh" in site.main
    assert rows["name_vi"] == ["Công ty Cũ", "Công ty Mới"]


@pytest.mark.parametrize("who", ["visitor", "person"])
def test_for_everybody_else_there_is_no_journal(app, who):
    person = make.a_person() if who == "person" else None

    assert Site(app, person).open("/journal").status == 404


def test_operators_and_auditors_read_the_journal(app):
    assert Site(app, make.an_operator()).open("/journal").status == 200
    assert Site(app, make.an_auditor()).open("/journal").status == 200


def test_an_event_narrows_the_journal(app):
    edited()
    site = Site(app, make.an_operator(), language="en").open("/journal")

    site.press("Show", event="OrganisationChanged", object="")

    assert titles(site) == ["The organisation's profile was changed"]
    assert site.value("event") == "OrganisationChanged"


def test_newest_stands_first_and_a_page_holds_fifty(app):
    organisation = make.an_organisation()
    manager = make.a_member(organisation, Role.MANAGER)
    for number in range(51):
        edit_organisation(organisation, actor=manager, name_vi=f"Tên {number}")
    site = Site(app, make.an_operator(), language="en").open("/journal?event=OrganisationChanged")

    def names():
        rows = [row for row in site.page.select("#entries tbody tr") if row.th.get_text(strip=True) == "name_vi"]
        return [row.find_all("td")[1].get_text(strip=True) for row in rows]

    first = names()
    site.open("/journal?event=OrganisationChanged&page=2")

    assert first == [f"Tên {number}" for number in range(50, 0, -1)]
    assert names() == ["Tên 0"]


def test_an_unknown_reference_finds_nothing_and_offers_a_way_out(app):
    site = Site(app, make.an_operator(), language="en").open("/journal?object=%25x&event=khong-co")

    assert (site.status, titles(site)) == (200, [])
    assert "All entries" in site.links()


def test_secrets_stay_out_of_the_journal(app):
    lan = make.a_person("Nguyễn Thị Lan", email="lan@example.vn")
    site = Site(app, lan, language="en").open("/change-password")
    site.press("Save the password", password=make.PASSWORD, new_password="hoa-sua-thang-muoi")

    changed = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "PasswordChanged")).one()

    assert site.address == "/en/account"
    assert changed.changes == {}


def test_what_did_not_happen_is_not_in_the_journal(app):
    organisation = make.an_organisation()

    announce(Event(actor=None, subject=organisation))
    db.session.rollback()

    assert db.session.scalars(select(JournalEntry)).all() == []


def test_the_journal_asks_as_much_for_three_entries_as_for_one(app):
    site = Site(app, make.an_operator())
    edited()
    with count_queries() as one:
        site.open("/journal")
    edited()
    edited()
    with count_queries() as three:
        site.open("/journal")

    assert len(three) == len(one)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.lists(st.none() | st.text(), min_size=6, max_size=6), st.dictionaries(st.text(), _JSON, max_size=4))
def test_a_line_put_together_quickly_is_the_canonical_json_that_anybody_computes(texts, facts):
    line = dict(zip(PARTS, [*texts, {}, facts], strict=True))

    slowly = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    assert leaf_of_line(line) == leaf_hash(slowly.encode())
