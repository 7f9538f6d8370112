"""Old editions from a table: every row is judged before anything is kept, and the same table twice changes nothing."""

from io import BytesIO

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Stage
from marketplace.db import db
from tests import make
from tests.site import Site

ROWS = [
    ["Tên bài toán", "Cơ quan", "Hạn nộp", "url", "Ngôn ngữ", "Giải thưởng"],
    ["Cảnh báo ngập 2023", "Sở Thoát nước cũ", "31/12/2023", "https://hoithi.example.vn/1", "vi", "40.000.000 đồng"],
    ["Không có địa chỉ", "Sở Thoát nước cũ", "", "", "vi", ""],
    ["Phân loại rác 2023", "Sở Thoát nước cũ", "2023-11-30", "https://hoithi.example.vn/2", "vi", ""],
]


def as_csv():
    return "\r\n".join(";".join(row) for row in ROWS).encode("utf-8-sig")


def as_xlsx():
    book, sink = Workbook(), BytesIO()
    for row in ROWS:
        book.active.append(row)
    book.save(sink)
    return sink.getvalue()


@pytest.mark.feature("18")
@pytest.mark.parametrize(("name", "content"), [("cu.csv", as_csv()), ("cu.xlsx", as_xlsx())])
def test_an_operator_looks_at_every_row_and_then_keeps_the_good_ones(app, name, content):
    site = Site(app, make.an_operator(), language="en").open("/work").click("Import old editions")
    site.press("Look at it first", files={"table": (content, name)})

    rows = [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["td", "th"])] for row in site.page.select("tbody tr")
    ]
    assert rows == [
        ["2", "Cảnh báo ngập 2023", "New"],
        ["3", "–", "Refused The column “url” is empty."],
        ["4", "Phân loại rác 2023", "New"],
    ]
    assert db.session.scalars(select(Challenge)).all() == []
    site.press("Import them")

    assert "Imported: 2 added, 0 changed." in site.text
    assert "There is nothing new in it." in site.main
    kept = db.session.scalars(select(Challenge).order_by(Challenge.id)).all()
    assert [(each.title_vi, each.stage, each.prize_amount) for each in kept] == [
        ("Cảnh báo ngập 2023", Stage.HISTORY, 40_000_000),
        ("Phân loại rác 2023", Stage.HISTORY, None),
    ]
    assert "Cảnh báo ngập 2023" in Site(app).open("/challenges?q=canh+bao").main
    site.send(site.address.removeprefix("/en"))
    assert len(db.session.scalars(select(Challenge)).all()) == 2


def test_what_is_no_table_is_refused_and_only_operators_import(app):
    site = Site(app, make.an_operator(), language="en")
    told = []
    for name, content in (("a.csv", b"a,b\n1,2\n"), ("a.xlsx", b"PK\x03\x04nonsense"), ("a.csv", b"\xff\xfe,\n")):
        told += site.open("/imports").press("Look at it first", files={"table": (content, name)}).errors
    assert (site.status, told) == (
        422,
        [
            "The first row must name at least the columns title, agency and url.",
            "This is neither an XLSX workbook nor a CSV file.",
            "The first row must name at least the columns title, agency and url.",
        ],
    )
    assert site.open("/imports").press("Look at it first").errors == ["Choose a file."]
    site.press("Look at it first", files={"table": (as_csv(), "cu.csv")})
    place = site.address.removeprefix("/en")
    for person in (make.a_person(), make.an_auditor(), make.an_operator("Người Khác")):
        other = Site(app, person)
        assert [other.open(place).status, other.send(place).status] == [404, 404]
