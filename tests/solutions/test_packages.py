"""Whole entries to take away: all of a challenge for its secretary, one's own for the entrant."""

import json
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from marketplace import clock
from marketplace.audit.models import JournalEntry
from marketplace.challenges.entry_form.stages import Audience, Kind
from marketplace.db import db
from marketplace.files import Scan, StoredFile
from marketplace.solutions.models import Answer
from marketplace.solutions.sheets import inert, workbook
from tests import make
from tests.queries import count_queries
from tests.site import Site
from tests.solutions.entries import CSV, PDF, a_solution, received


@pytest.fixture
def challenge(app):
    return make.a_challenge()


def an_entry(app, challenge, *files, **fields):
    minh = make.a_member(make.an_organisation())
    solution = a_solution(challenge, minh, **fields)
    if files:
        Site(app, minh, language="en").open(f"/solutions/{solution.reference}/edit/attachments").press(
            "Attach", files={"files": list(files)}
        )
    received(solution)
    return solution


def by_secretary(app, challenge, label) -> Site:
    secretary = make.a_member(challenge.agency, name="Nguyễn Thị Thư Ký")
    with clock.at(challenge.closes_at):
        return Site(app, secretary, language="en").open(f"/challenges/{challenge.slug}/solutions").click(label)


def unpacked(site) -> dict[str, bytes]:
    assert site.status == 200
    with ZipFile(BytesIO(site.body)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.feature("99")
def test_the_secretary_downloads_all_entries_by_reference_with_every_hash(app, challenge):
    first, second = an_entry(app, challenge, PDF, CSV), an_entry(app, challenge)

    held = unpacked(by_secretary(app, challenge, "Download all entries (ZIP)"))

    assert sorted(held) == sorted(
        [
            f"{first.reference}/01 Thuyết minh đề án.pdf",
            f"{first.reference}/02 Số liệu đo.csv",
            f"{first.reference}/ho-so.html",
            f"{first.reference}/text.json",
            f"{second.reference}/ho-so.html",
            f"{second.reference}/text.json",
            "manifest.json",
        ]
    )
    read = held[f"{first.reference}/ho-so.html"].decode()
    assert "Ghép dự báo mưa với mực nước đo tại cống." in read
    assert "Thuyết minh đề án.pdf" in read
    for told in json.loads(held["manifest.json"]):
        folder = told["reference"]
        assert sha256(held[f"{folder}/text.json"]).hexdigest() == told["text_sha256"]
        for file in told["files"]:
            assert sha256(held[f"{folder}/{file['path']}"]).hexdigest() == file["sha256"]


@pytest.mark.feature("N13", "99")
def test_every_file_of_the_package_is_in_the_ledger_its_entrant_reads(app, challenge):
    solution = an_entry(app, challenge, PDF)

    by_secretary(app, challenge, "Download all entries (ZIP)")

    with clock.at(challenge.closes_at):
        page = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}/openings").main
    assert page.count("Nguyễn Thị Thư Ký") == 2
    assert "Thuyết minh đề án.pdf in the package of all entries" in page


@pytest.mark.feature("27", "99")
def test_what_is_not_clean_is_left_out_and_named(app, challenge):
    solution = an_entry(app, challenge, PDF)
    db.session.query(StoredFile).one().scan = Scan.REFUSED
    db.session.commit()

    held = unpacked(by_secretary(app, challenge, "Download all entries (ZIP)"))

    assert sorted(held) == [f"{solution.reference}/{name}" for name in ("ho-so.html", "text.json")] + ["manifest.json"]
    assert json.loads(held["manifest.json"])[0]["files"][0]["left_out"] == "refused"
    assert db.session.query(JournalEntry).filter_by(event="SolutionFileOpened").count() == 0


@pytest.mark.feature("99", "T-123")
def test_the_list_is_a_workbook_in_which_nothing_runs(app, challenge):
    question = make.a_question(challenge, "Có bảo hành không?", kind=Kind.YES_NO)
    hidden = make.a_question(challenge, "Giá chào", audience=Audience.SEALED)
    answers = [Answer(question_id=question.id, value="yes"), Answer(question_id=hidden.id, value="9 tỷ")]
    an_entry(app, challenge, PDF, title_vi="=HYPERLINK(1)", cost_vnd=1_650_000_000, answers=answers)

    site = by_secretary(app, challenge, "Download the list (XLSX)")

    sheet = openpyxl.load_workbook(BytesIO(site.body)).active
    headings, row = [[cell.value for cell in line] for line in sheet.iter_rows()]
    told = dict(zip(headings, row, strict=True))
    assert (told["Title"], told["Cost of the pilot in đồng"], told["Files"]) == ("'=HYPERLINK(1)", 1_650_000_000, 1)
    assert (told["Có bảo hành không?"], "Giá chào" in told) == ("Yes", False)
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n", "d"}


@pytest.mark.feature("T-123")
def test_text_that_could_be_a_formula_is_made_inert_and_other_text_stays():
    starters = ["=1", "+1", "-1", "@a", "\t=1", "\r1", "＝1"]

    assert [inert(text) for text in starters] == [f"'{text}" for text in starters]
    assert [inert(text) for text in ("Mưa", "1-2", "")] == ["Mưa", "1-2", ""]
    assert workbook(["a"], [["x" * 40_000]], title="t")


@pytest.mark.feature("32", "99")
def test_before_closing_and_for_others_there_is_no_package(app, challenge):
    solution = an_entry(app, challenge, PDF)
    paths = [f"/challenges/{challenge.slug}/solutions/{name}" for name in ("package.zip", "list.xlsx")]
    own = f"/solutions/{solution.reference}/package.zip"
    secretary, others = make.a_member(challenge.agency), [make.an_operator(), make.an_auditor(), make.a_person()]

    before = [Site(app, secretary).open(path).status for path in paths]
    with clock.at(challenge.closes_at):
        after = {Site(app, each).open(path).status for each in others for path in [*paths, own]}

    assert (before, after) == ([409, 409], {404})
    assert Site(app, secretary).open(own).status == 404


@pytest.mark.feature("99")
def test_entrants_download_what_they_sent_with_its_receipt(app, challenge):
    solution = an_entry(app, challenge, PDF)
    with clock.at(challenge.closes_at):
        site = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}")
        held = unpacked(site.click("Download what was sent (ZIP)"))

    assert held["01 Thuyết minh đề án.pdf"] == PDF[0]
    assert json.loads(held["receipt.json"])["reference"] == solution.last_version.reference


def test_a_package_of_three_asks_as_much_as_one_of_one(app, challenge):
    an_entry(app, challenge, PDF)
    with count_queries() as one:
        by_secretary(app, challenge, "Download the list (XLSX)")
    an_entry(app, challenge, PDF)
    an_entry(app, challenge, PDF)
    with count_queries() as three:
        by_secretary(app, challenge, "Download the list (XLSX)")

    assert len(three) == len(one)
