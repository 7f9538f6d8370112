"""Sending a version and its receipt."""

import threading
from hashlib import sha256

import pytest
from sqlalchemy import func, select

from marketplace import clock
from marketplace.audit.models import JournalEntry
from marketplace.db import db
from marketplace.errors import NotReady, Refused, WrongStage
from marketplace.organisations.stages import Role
from marketplace.solutions import services
from marketplace.solutions.models import Solution, SolutionVersion
from marketplace.solutions.snapshot import content_hash
from marketplace.text import canonical_json
from tests import make
from tests.site import Site
from tests.solutions.entries import PDF, a_solution, an_empty_solution, received

KEY = "mot-khoa-ngau-nhien-dai"


@pytest.fixture
def solution(app) -> Solution:
    return a_solution(make.a_challenge(), make.a_member(make.an_organisation("Công ty Mưa Phố")))


def check_page(app, solution) -> Site:
    return Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}/check")


def versions() -> list[SolutionVersion]:
    db.session.rollback()
    return list(db.session.scalars(select(SolutionVersion).order_by(SolutionVersion.id)))


@pytest.mark.feature("33", "30", "N12", "35")
def test_one_press_sends_the_solution_and_answers_with_a_receipt(app, solution):
    Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}/edit/attachments").press(
        "Attach", files={"files": PDF}
    )

    before = clock.now()
    site = check_page(app, solution).press("Submit")

    [version] = versions()
    assert site.address == f"/en/receipts/{version.reference}"
    assert (version.number, version.solution.stage, version.submitted_by) == (1, "submitted", solution.author)
    assert before <= version.received_at <= clock.now()
    assert version.content["approach"] == "Ghép dự báo mưa với mực nước đo tại cống."
    assert version.content["terms"]["ip_terms"] == "keep"
    assert [(line["name"], line["sha256"]) for line in version.files] == [(PDF[1], sha256(PDF[0]).hexdigest())]
    shown = [code.get_text() for code in site.page.find_all("code")][:2]
    assert shown == [version.content_sha256, sha256(PDF[0]).hexdigest()]
    assert version.reference in site.main


def test_the_hash_on_the_receipt_is_that_of_the_text_as_anybody_can_download_and_compute_it(app, solution):
    version = received(solution)
    site = Site(app, solution.author, language="en").open(f"/receipts/{version.reference}/content.json")

    assert sha256(site.body).hexdigest() == version.content_sha256
    assert site.body == canonical_json(version.content)
    stranger = Site(app, make.a_member(make.an_organisation()), language="en")
    assert stranger.open(f"/receipts/{version.reference}/content.json").status == 404


def test_the_same_content_has_the_same_hash_whatever_the_order_of_its_keys():
    assert content_hash({"b": "đ", "a": 1}) == content_hash({"a": 1, "b": "đ"})
    assert canonical_json({"b": "đ", "a": None}) == '{"a":null,"b":"đ"}'.encode()


@pytest.mark.feature("T-073", "N12")
def test_a_solution_that_misses_something_is_not_sent_and_each_gap_is_a_link(app):
    draft = an_empty_solution(make.a_challenge(), make.a_member(make.an_organisation()), summary="Tóm tắt")
    site = check_page(app, draft)

    site.send(f"/solutions/{draft.reference}/versions", idempotency_key=KEY)

    assert site.status == 422
    assert "It was not sent: something is missing" in site.main
    assert [link for link in site.links() if link.startswith("Missing")][:2] == [
        "Missing: the approach",
        "Missing: the impact",
    ]
    assert versions() == []
    with pytest.raises(NotReady):
        services.submit_solution(draft, actor=draft.author, idempotency_key=KEY)


@pytest.mark.feature("T-073")
def test_a_solution_whose_terms_nobody_accepted_is_not_sent(app):
    minh = make.a_member(make.an_organisation())
    draft = a_solution(make.a_challenge(), minh, terms_accepted_at=None, terms_accepted_by=None)

    with pytest.raises(NotReady) as refusal:
        services.submit_solution(draft, actor=minh, idempotency_key=KEY)

    assert [gap.name for gap in refusal.value.gaps] == ["terms"]


def test_a_button_without_its_key_sends_nothing(app, solution):
    site = check_page(app, solution)

    statuses = [site.send(f"/solutions/{solution.reference}/versions", idempotency_key=key).status for key in ("", "x")]

    assert (statuses, versions()) == ([422, 422], [])


@pytest.mark.feature("T-071")
def test_pressing_twice_and_pressing_in_two_tabs_makes_one_version_and_one_receipt(app, solution):
    first, second = check_page(app, solution), check_page(app, solution)
    key = first.value("idempotency_key")
    assert key != second.value("idempotency_key")

    addresses = {
        first.press("Submit").address,
        first.send(f"/solutions/{solution.reference}/versions", idempotency_key=key).address,
        second.press("Submit").address,
    }

    [version] = versions()
    assert addresses == {f"/en/receipts/{version.reference}"}
    sent = select(func.count()).where(JournalEntry.event == "SolutionSubmitted")
    assert db.session.scalar(sent) == 1


@pytest.mark.feature("T-071")
@pytest.mark.each_database
def test_twenty_presses_at_once_make_one_version_and_one_receipt(app, solution):
    sites = [check_page(app, solution) for _ in range(20)]
    addresses: list[str] = []
    barrier = threading.Barrier(len(sites))
    address = f"/solutions/{solution.reference}/versions"

    def press(site: Site) -> None:
        with app.app_context():
            barrier.wait()
            addresses.append(site.send(address, idempotency_key=KEY).address)
            db.session.remove()

    db.session.commit()  # the test itself must not hold the write lock
    threads = [threading.Thread(target=press, args=[site]) for site in sites]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    [version] = versions()
    assert addresses == [f"/en/receipts/{version.reference}"] * 20


@pytest.mark.feature("28", "T-081")
def test_what_was_received_does_not_change_with_the_draft_and_sending_again_makes_the_next_version(app, solution):
    site = check_page(app, solution).press("Submit")
    site.open(f"/solutions/{solution.reference}/edit/team").press("Save", team="Nhóm mười người")

    assert "Your later changes are not sent yet" in site.main
    assert "Version 1 of" in site.main
    first = versions()[0]
    assert first.content["team"] == "Chín kỹ sư thủy lực và lập trình."

    site.open(f"/solutions/{solution.reference}/check").press("Submit")

    assert [(each.number, each.content["team"]) for each in versions()] == [
        (1, "Chín kỹ sư thủy lực và lập trình."),
        (2, "Nhóm mười người"),
    ]
    assert site.address == f"/en/receipts/{versions()[1].reference}"
    site.open(f"/receipts/{first.reference}")
    assert "A later version was received. That one counts." in site.main


def test_when_nothing_is_new_there_is_no_button(app, solution):
    received(solution)

    site = check_page(app, solution)

    assert "There is nothing new to send." in site.main
    assert "Submit" not in site.buttons()


@pytest.mark.feature("T-070")
def test_strangers_viewers_and_officials_do_not_send(app, solution):
    viewer = make.a_member(solution.organisation, Role.VIEWER)
    people = [make.a_member(make.an_organisation()), make.a_member(solution.challenge.agency), make.an_operator()]
    address = f"/solutions/{solution.reference}/versions"

    statuses = [Site(app, each, language="en").send(address, idempotency_key=KEY).status for each in [viewer, *people]]

    assert (statuses, versions()) == ([403, 404, 404, 404], [])
    for person in [viewer, *people]:
        with pytest.raises(Refused):
            services.submit_solution(solution, actor=person, idempotency_key=KEY)


@pytest.mark.feature("37")
def test_a_withdrawn_solution_is_not_received_any_more_and_can_be_sent_again(app, solution):
    site = check_page(app, solution).press("Submit")

    site.open(f"/solutions/{solution.reference}/withdrawal").press("Withdraw")
    withdrawn = site.main
    db.session.refresh(solution)
    stage_between = solution.stage
    site.open(f"/solutions/{solution.reference}/check").press("Submit")

    assert "Nothing of it counts or will be opened" in withdrawn
    assert stage_between == "withdrawn"
    db.session.refresh(solution)
    assert (solution.stage, [each.number for each in versions()]) == ("submitted", [1, 2])


def test_only_what_was_sent_is_withdrawn_and_only_by_those_who_may_send(app, solution):
    viewer = make.a_member(solution.organisation, Role.VIEWER)
    stranger = make.a_member(make.an_organisation())

    with pytest.raises(WrongStage):
        services.withdraw_solution(solution, actor=solution.author)
    received(solution)
    address = f"/solutions/{solution.reference}/withdrawal"
    statuses = [Site(app, person, language="en").send(address).status for person in (viewer, stranger)]

    db.session.refresh(solution)
    assert (statuses, solution.stage) == ([403, 404], "submitted")
