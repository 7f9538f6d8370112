"""What changed between two versions, and the draft, word by word."""

import pytest

from marketplace.db import db
from marketplace.solutions import services
from marketplace.solutions.changes import State, file_changes
from tests import make
from tests.site import Site
from tests.solutions.entries import PDF, a_received_solution, received


@pytest.fixture
def solution(app):
    """Two versions and a changed draft."""
    solution = a_received_solution(make.a_challenge(), team="Chín kỹ sư thủy lực.")
    services.save_solution(solution, actor=solution.author, team="Chín kỹ sư <b>phần mềm</b>.")
    received(solution)
    services.save_solution(solution, actor=solution.author, impact=None)
    db.session.commit()
    return solution


def pieces(site, tag):
    return [each.get_text(" ", strip=True) for each in site.page.find(id="main").find_all(tag)]


@pytest.mark.feature("28")
def test_the_draft_is_compared_with_the_last_version_word_by_word(app, solution):
    site = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}")

    site.click("See what changed, word by word")

    assert pieces(site, "del") == ["Removed: Sáu mươi nghìn lượt xe tránh được đoạn ngập sâu."]
    assert pieces(site, "ins") == []
    assert "Impact" in site.main


@pytest.mark.feature("28")
def test_any_two_versions_are_compared(app, solution):
    site = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}/differences")

    site.press("Compare", before="v1", after="v2")

    assert (pieces(site, "del"), pieces(site, "ins")) == (["Removed: thủy lực"], ["Added: <b>phần mềm</b>"])
    assert "Nothing differs" in site.press("Compare", before="v2", after="v2").main
    assert site.open(f"/solutions/{solution.reference}/differences?before=v9").status == 404


def test_files_are_told_by_name(app, solution):
    site = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}/edit/attachments")
    site.press("Attach", files={"files": PDF})

    assert f"Added: {PDF[1]}" in site.open(f"/solutions/{solution.reference}/differences").main


def test_a_file_with_the_same_name_and_another_content_was_replaced():
    before = State("v1", {}, [{"name": "a.pdf", "sha256": "1"}, {"name": "b.pdf", "sha256": "2"}], [])
    after = State("draft", {}, [{"name": "a.pdf", "sha256": "3"}, {"name": "c.pdf", "sha256": "4"}], [])

    assert [(each.kind, each.name) for each in file_changes(before, after)] == [
        ("replaced", "a.pdf"),
        ("removed", "b.pdf"),
        ("added", "c.pdf"),
    ]


@pytest.mark.feature("32", "T-069")
def test_nobody_but_the_entrant_sees_what_changed(app, solution):
    lan, stranger = make.a_member(solution.challenge.agency), make.a_member(make.an_organisation())
    address = f"/solutions/{solution.reference}/differences"

    assert [Site(app, person).open(address).status for person in (lan, stranger, None)][:2] == [404, 404]


@pytest.mark.feature("37")
def test_a_withdrawn_solution_is_sent_again_as_the_next_version(app, solution):
    site = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}/withdrawal")
    site.press("Withdraw")
    services.save_solution(solution, actor=solution.author, impact="Vẫn vậy.")
    db.session.commit()

    site.open(f"/solutions/{solution.reference}/check").press("Submit")

    db.session.refresh(solution)
    assert ([version.number for version in solution.versions], solution.stage) == ([1, 2, 3], "submitted")
