"""Judges are invited in bulk from a spreadsheet: looked at row by row first, those without an account among them."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from marketplace.accounts.events import PersonConfirmed
from marketplace.challenges.stages import Field
from marketplace.db import db
from marketplace.events import announce
from marketplace.judging.inviting.models import ExpectedJudge
from marketplace.judging.inviting.spreadsheet import Unreadable, read_rows
from marketplace.judging.stages import SeatRole, SeatStage
from marketplace.notifications.models import Letter
from marketplace.organisations.stages import Helix
from tests import make
from tests.judging.judging_make import a_contest, a_scoring_round
from tests.site import Site


def a_workbook(*rows):
    book, sink = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(sink)
    return sink.getvalue()


def fates(site):
    return [row.select("td")[-1].get_text(strip=True) for row in site.page.select("tbody tr")]


@pytest.mark.feature("52")
def test_a_list_is_looked_at_row_by_row_and_then_taken(app):
    made = a_contest()
    new, seated = make.a_person("Trần Thị Mới", email="moi@example.vn"), made.judges[0]
    rows = [
        ("Thư điện tử", "Họ và tên", "Vai trò", "Khối", "Lĩnh vực"),
        (
            "MOI@example.vn",
            "",
            "Giám khảo",
            "Nhà trường",
            "medicine; Information technology, electronics, telecommunications",
        ),
        ("chua-co@example.vn", "Lê Chưa Có", "Alternate", "State", ""),
        (seated.email, "", "", "", ""),
        (made.secretary.email, "", "", "", ""),
        ("moi@example.vn", "", "", "", ""),
        ("không phải", "", "", "", ""),
        ("a@example.vn", "", "Vua", "", ""),
        ("b@example.vn", "", "", "Mặt trăng", ""),
        ("c@example.vn", "", "", "", "materials"),
        ("d@example.vn", "", "Chair", "", ""),
    ]
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel").click("Invite judges from a list")

    site.press("Look at the list", files={"file": (a_workbook(*rows), "giam-khao.xlsx")})

    assert fates(site) == [
        "Will be invited",
        "Has no account: a letter asks to make one",
        "Has a seat already",
        "You cannot invite yourself",
        "Named above already",
        "This is no e-mail address",
        "Unknown role",
        "Unknown house",
        "Not a field of this contest",
        "There is a chair already",
    ]
    assert "8 rows are left out." in site.main
    assert len(made.panel.seats) == 3
    site.press("Invite 2 judges")
    assert "chua-co@example.vn" in site.main
    seat = made.seat(new)
    assert (seat.stage, seat.role, seat.side) == (SeatStage.INVITED, SeatRole.JUDGE, Helix.ACADEMIA)
    assert seat.fields == [Field.ICT, Field.MEDICINE]
    told = {letter.kind: letter.to_email for letter in db.session.query(Letter).order_by(Letter.id)}
    assert told == {"judge_invited": "moi@example.vn", "judge_expected": "chua-co@example.vn"}


@pytest.mark.feature("52")
def test_whoever_makes_the_account_that_was_asked_for_is_invited_then(app):
    made = a_contest()
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel/list")
    content = "email;role\nmoi@example.vn;trainee\n".encode("utf-16")
    site.press("Look at the list", files={"file": (content, "danh-sach.csv")}).press("Invite 1 judge")

    person = make.a_person("Trần Thị Mới", email="moi@example.vn")
    announce(PersonConfirmed(actor=person, subject=person))
    announce(PersonConfirmed(actor=person, subject=person))
    db.session.commit()

    assert (made.seat(person).role, made.seat(person).stage) == (SeatRole.TRAINEE, SeatStage.INVITED)
    assert db.session.query(ExpectedJudge).one().seat_id == made.seat(person).id
    assert "You are invited to judge." in Site(app, person, language="en").open("/judging").main
    assert "moi@example.vn" not in site.open(f"{made.path}/panel/list").main


def test_what_is_no_list_is_refused_in_words_and_only_the_secretary_takes_lists(app):
    made = a_scoring_round(2)
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel/list")
    files = {b"": "names no column", b"\x89PNG\0\0": "neither an XLSX", b"PK\x03\x04oh": "neither an XLSX"}
    files |= {b"name\nA\n": "names no column", b"email\n" + b"a@b.vn\n" * 501: "at most 500 rows"}

    for content, words in files.items():
        site.open(f"{made.path}/panel/list").press("Look at the list", files={"file": (content, "x.csv")})
        assert (site.status, words in site.text) == (422, True), content
    assert site.send(f"{made.path}/panel/list", rows="{}").status == 422
    for person in (made.judges[0], made.entries[0].author):
        assert Site(app, person).open(f"{made.path}/panel/list").status == 404
    made.score_everything(8, 8)
    made.deliberate()
    assert site.open(f"{made.path}/panel/list").send(f"{made.path}/panel/list", rows="[]").status == 409


@given(st.binary(max_size=300))
def test_whatever_a_file_holds_it_is_read_or_refused(content):
    try:
        rows = read_rows(content)
    except Unreadable:
        return
    assert all(isinstance(row.email, str) for row in rows)
