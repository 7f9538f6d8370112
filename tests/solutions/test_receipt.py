"""What a receipt tells, and to whom."""

import re

import pytest

from marketplace.db import db
from marketplace.organisations.stages import Role
from marketplace.solutions.moments import in_utc, time_of_day, to_the_second
from marketplace.solutions.proofs import receipt_file
from marketplace.solutions.receipt_paper import told_by
from tests import make
from tests.site import Site
from tests.solutions.entries import PDF, a_solution, received


@pytest.fixture
def version(app):
    minh = make.a_member(make.an_organisation("Công ty Mưa Phố"))
    solution = a_solution(make.a_challenge(), minh, title_vi="BÍ MẬT TRONG TÊN")
    Site(app, minh, language="en").open(f"/solutions/{solution.reference}/edit/attachments").press(
        "Attach", files={"files": PDF}
    )
    return received(solution)


@pytest.mark.feature("33")
def test_the_entrant_sees_the_receipt_in_full(app, version):
    viewer = make.a_member(version.solution.organisation, Role.VIEWER)

    site = Site(app, viewer, language="en").open(f"/receipts/{version.reference}")

    assert hashes(site)[:2] == [version.content_sha256, version.files[0]["sha256"]]
    for fact in (
        version.reference,
        f"Received at {to_the_second(version.received_at, 'en')}",
        in_utc(version.received_at),
        "Thuyết minh đề án.pdf",
        "BÍ MẬT TRONG TÊN",
        "Công ty Mưa Phố",
        "What happens next",
    ):
        assert fact in site.main


def hashes(site) -> list[str]:
    return [code.get_text() for code in site.page.find_all("code")]


@pytest.mark.feature("33")
def test_the_receipt_is_a_pdf_that_never_changes_for_the_entrant_and_for_nobody_else(app, version):
    page, vietnamese = f"/receipts/{version.reference}", Site(app, version.submitted_by)
    told = told_by(version)

    site = Site(app, version.submitted_by, language="en").open(page).click("Receipt as PDF")
    again, other = site.body, vietnamese.open(f"{page}/receipt.pdf").body

    assert (site.status, site.headers["Content-Type"]) == (200, "application/pdf")
    assert site.headers["Content-Disposition"].endswith(f"''{version.reference}.pdf")
    assert [body[:5] for body in (again, other)] == [b"%PDF-"] * 2
    assert (site.open(f"{page}/receipt.pdf").body == again, other == again) == (True, False)
    assert len(again) < 100_000
    assert [row[1] for row in told["hashes"]["rows"]] == [version.content_sha256, version.files[0]["sha256"]]
    assert told["signature"]["note"].split("\n")[1] == receipt_file(version)["promise"].split("\n")[1]
    assert told["check"]["address"] == f"http://localhost{page}"
    others = [make.a_member(version.solution.challenge.agency), make.an_operator(), make.an_auditor(), make.a_person()]
    assert {Site(app, person).open(f"{page}/receipt.pdf").status for person in others} == {404}


@pytest.mark.feature("33", "32")
def test_everybody_else_learns_when_something_was_received_and_its_hashes_only(app, version):
    official = make.a_member(version.solution.challenge.agency)
    people = [None, official, make.an_operator(), make.an_auditor(), make.a_member(make.an_organisation())]

    for person in people:
        site = Site(app, person, language="en").open(f"/receipts/{version.reference}")
        assert hashes(site) == [version.content_sha256, version.files[0]["sha256"]]
        for fact in (
            to_the_second(version.received_at, "en"),
            in_utc(version.received_at),
            "Street-level flood warning",
        ):
            assert fact in site.main
        for secret in ("BÍ MẬT", "Mưa Phố", "Thuyết minh", version.solution.reference):
            assert secret not in site.html


def test_the_time_on_a_receipt_is_to_the_second_in_hanoi_and_in_utc(app, version):
    said = Site(app, version.submitted_by, language="en").open(f"/receipts/{version.reference}").main

    assert re.search(r"Received at \d\d:\d\d:\d\d on \d+ \w+ \d{4} \(Hanoi time\)", said)
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", said)
    assert to_the_second(version.received_at, "vi").startswith(time_of_day(version.received_at) + " ngày ")


@pytest.mark.feature("33")
def test_a_reference_read_from_paper_finds_its_receipt(app, version):
    prefix, tail = version.reference.split("-")
    as_read = f" {prefix.lower()}-{tail.lower().replace('0', 'o').replace('1', 'l')} "

    found = Site(app, language="en").open("/receipts").press("Check", reference=as_read)

    assert found.address == f"/en/receipts/{version.reference}"


@pytest.mark.parametrize("asked", ["BN-00000000", "<script>", "đ" * 200, "'; drop table", "BN", "-", "%00"])
def test_an_unknown_reference_is_said_to_be_unknown(app, asked):
    site = Site(app, language="en").open("/receipts").press("Check", reference=asked)

    assert site.status == 404
    assert "Nothing was received with the reference" in site.main
    assert "<script>" not in site.html.replace("&lt;script&gt;", "")


def test_a_receipt_that_does_not_exist_is_not_found(app, visitor):
    assert visitor.open("/receipts/BN-00000000").status == 404


def test_the_receipt_of_a_withdrawn_solution_says_so_to_its_entrant(app, version):
    solution = version.solution
    solution.move("withdraw")
    db.session.commit()

    said = Site(app, version.submitted_by, language="en").open(f"/receipts/{version.reference}").main

    assert "You withdrew this solution later. It does not count." in said
