"""Organisations, track records and experts from tables: looked at first, each broken row alone refused, taken back."""

import csv
import io
import unicodedata
from datetime import date

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from marketplace.db import db
from marketplace.files.tables import NoTable, rows_of
from marketplace.jobs import run_waiting
from marketplace.organisations.experts.models import Expert
from marketplace.organisations.importing.models import ImportRow, ImportRun
from marketplace.organisations.models import Organisation, Place, TrackRecord
from marketplace.organisations.services import add_track_record
from marketplace.organisations.stages import Claim, EvidenceKind, Kind, Role
from marketplace.search.models import SearchEntry
from tests import make
from tests.site import Site

HEADINGS = ["Tên tổ chức", "Loại hình", "Mã số thuế", "Lĩnh vực", "Thành tích", "Năm", "Nguồn"]
GOOD = [
    "Công ty Sông Xanh",
    "Startup",
    "0100233488",
    "Giáo dục và đào tạo",
    "Trạm quan trắc",
    "06/2024",
    "123/QĐ-SKHCN",
]


def in_csv(*rows, delimiter=",", encoding="utf-8-sig"):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([HEADINGS, *rows])
    return text.getvalue().encode(encoding)


def in_windows_1258(text):
    """As old Vietnamese spreadsheets were saved: tones as marks behind their letters."""
    found = b""
    for letter in text:
        plain = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in plain if mark in "\u0300\u0301\u0303\u0309\u0323"), "")
        found += (unicodedata.normalize("NFC", plain.replace(tone, "", 1)) + tone).encode("cp1258")
    return found


def in_xlsx(*rows):
    book, content = Workbook(), io.BytesIO()
    for row in [HEADINGS, *rows]:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def bring(app, content, *, name="to-chuc.csv", what="organisations", language="en"):
    site = Site(app, make.an_operator(), language=language).open("/operator/registers")
    label = "Look at it first" if language == "en" else site.buttons()[-1]
    site.press(label, what=what, files={"table": (content, name)})
    run_waiting()
    return site.open(site.address.removeprefix("/en"))


def told(site):
    rows = site.page.select("table tbody tr")
    return [" ".join(cell.get_text(" ", strip=True) for cell in row.select("td, th")) for row in rows]


def the_import(site, *buttons):
    for button in buttons:
        typed = {"typed": site.address.rsplit("/", 1)[1]} if button == "Take the import back" else {}
        site.press(button, **typed)
        run_waiting()
        site.open(site.address.removeprefix("/en"))
    return site


def organisations():
    db.session.expire_all()
    return db.session.scalars(select(Organisation).order_by(Organisation.id)).all()


@pytest.mark.feature("39")
def test_rows_are_looked_at_first_then_come_in_and_are_found_and_taken_back(app):
    second = ["Công ty Sông Xanh", "", "0100233488", "", "Phao đo nước", "2023", ""]
    site = bring(app, in_csv(GOOD, second, ["Viện Sen Hồ", "institute", "", "", "", "", ""]))
    looked_at = told(site), len(organisations())

    the_import(site, "Import them")
    company, institute = organisations()
    page = Site(app, language="en").open(f"/organisations/{company.slug}").main
    entries = {each.slug for each in db.session.scalars(select(SearchEntry))}
    report = site.open(f"{site.address.removeprefix('/en')}/report.csv").body.decode("utf-8-sig").splitlines()
    site.open(site.address.removeprefix("/en").removesuffix("/report.csv"))
    the_import(site, "Take the import back")

    assert looked_at == (
        ["2 Công ty Sông Xanh New", "3 Công ty Sông Xanh A line for one that is known", "4 Viện Sen Hồ New"],
        0,
    )
    assert (company.kind, company.tax_code, company.claim) == (Kind.STARTUP, "0100233488", Claim.UNCLAIMED)
    assert (institute.kind, institute.helix.value) == (Kind.INSTITUTE, "academia")
    for text in ("06/2024", "123/QĐ-SKHCN", "Phao đo nước", "Education and training"):
        assert text in page
    assert entries == {company.slug, institute.slug}
    assert report[1:] == ["2,Công ty Sông Xanh,Imported,", "3,Công ty Sông Xanh,Imported,", "4,Viện Sen Hồ,Imported,"]
    assert "Taken back on" in site.main
    assert organisations() == []
    assert db.session.scalars(select(SearchEntry)).all() == []


def test_a_broken_row_refuses_only_itself_and_says_why_in_the_readers_language(app):
    known = make.an_organisation("Công ty Đã Có", tax_code="0101248141")
    make.an_organisation("Công ty Không Mã")
    rows = [
        GOOD,
        ["", "startup", "", "", "", "", ""],
        ["Công ty Sai Mã", "startup", "0100233480", "", "", "", ""],
        ["Công ty Mất Số", "startup", "1,00233E+08", "", "", "", ""],
        ['=HYPERLINK("http://x")', "startup", "", "", "", "", ""],
        ["<script>alert(1)</script>", "startup", "", "", "", "", ""],
        ["Công ty Lạ", "tập đoàn ma", "", "", "", "", ""],
        ["Công ty Sông Xanh", "startup", "0100 233 488", "", "", "", ""],
        [str(known), "startup", "0101248141", "", "", "", ""],
        [str(known), "startup", "0101248141", "", "Trạm bơm", "2020", ""],
        ["công ty không mã", "startup", "0100109106", "", "", "", ""],
        ["Công ty Ngày Lạ", "startup", "", "", "Trạm bơm", "hôm qua", ""],
        ["Công ty Lĩnh Vực", "startup", "", "thiên văn", "", "", ""],
        ["x" * 301, "startup", "", "", "", "", ""],
    ]

    english = told(bring(app, in_csv(*rows)))
    vietnamese = bring(app, in_csv(*rows), language="vi").page.select_one("#main").decode_contents()

    whys = [
        "New",
        "The name is missing.",
        "This is no tax code (10 or 13 digits with a right check digit): 0100233480",
        "The spreadsheet program shortened the tax code, type it as text: 1,00233E+08",
        'The text begins like a formula: =HYPERLINK("http://x")',
        "The text holds markup of a web page: <script>alert(1)</script>",
        "The kind of organisation is missing or unknown",
        "It is the same as row 2.",
        "It is here already: Công ty Đã Có",
        "Somebody speaks for it here and keeps its track record: Công ty Đã Có",
        "look whether it is the same: Công ty Không Mã",
        "Write a year or month and year, such as 06/2024, not: hôm qua",
        "There is no field of this name: thiên văn",
        "The text is too long in the column: name_vi",
    ]
    assert len(english) == len(whys)
    for row, why in zip(english, whys, strict=True):
        assert why in row
    assert "<script>" not in vietnamese
    assert db.session.scalars(select(ImportRow.outcome).where(ImportRow.outcome == "new")).all() == ["new", "new"]


def test_what_was_changed_or_is_used_since_stays_and_is_named(app):
    names = ["Công ty Một", "Công ty Hai", "Công ty Ba", "Công ty Bốn"]
    site = bring(app, in_csv(*([name, "startup", "", "", "Trạm bơm", "2020", ""] for name in names)))
    the_import(site, "Import them")
    one, two, three, four = organisations()
    one.summary_vi = "Do người khác viết."
    make.a_member(two, Role.OWNER)
    add_track_record(three, actor=None, kind=EvidenceKind.PAPER, title_vi="Bài báo mới", year=2025)
    db.session.commit()

    the_import(site, "Take the import back")

    assert told(site) == [
        "2 Công ty Một Stays It was changed since, so it stays.",
        "3 Công ty Hai Stays It is in use since, so it stays.",
        "4 Công ty Ba Stays It is in use since, so it stays.",
        "5 Công ty Bốn Taken back",
    ]
    assert four.slug not in {each.slug for each in organisations()}
    assert len(organisations()) == 3
    assert [each.title_vi for each in db.session.scalars(select(TrackRecord))] == ["Bài báo mới"]


def test_a_line_for_a_body_that_was_here_is_added_and_only_the_line_is_taken_back(app):
    body = make.an_organisation("Sở Thoát nước", kind=Kind.AGENCY)
    body.claim = Claim.UNCLAIMED
    db.session.commit()
    site = bring(app, in_csv(["Sở Thoát nước", "", "", "", "Bản đồ ngập", "2021", ""]))

    the_import(site, "Import them")
    mistyped = site.press("Take the import back", typed="NK-KHAC").status
    site.open(site.address.removeprefix("/en").removesuffix("/undo"))
    with_line = [line.title_vi for line in organisations()[0].lines]
    the_import(site, "Take the import back")

    assert (mistyped, with_line) == (422, ["Bản đồ ngập"])
    assert [(each.name_vi, each.lines) for each in organisations()] == [("Sở Thoát nước", [])]


@pytest.mark.parametrize(
    "content",
    [
        in_csv(GOOD, delimiter=";"),
        in_csv(GOOD, encoding="utf-16"),
        in_csv([*GOOD[:2], '="0100233488"', *GOOD[3:]], delimiter="\t"),
        in_xlsx([*GOOD[:2], 100233488, GOOD[3], GOOD[4], date(2024, 6, 15), GOOD[6]]),
        in_xlsx([*GOOD[:2], 100233488.0, *GOOD[3:]]),
    ],
)
def test_what_spreadsheet_programs_do_to_a_table_changes_nothing(app, content):
    site = bring(app, content, name="bang.xlsx" if content.startswith(b"PK") else "bang.csv")
    the_import(site, "Import them")

    (company,) = organisations()
    assert (company.name_vi, company.tax_code) == ("Công ty Sông Xanh", "0100233488")
    assert [(line.year, line.month) for line in company.lines] == [(2024, 6)]


def test_a_table_in_windows_1258_is_read_and_what_is_no_table_is_not(app):
    rows = rows_of(
        in_windows_1258("Tên tổ chức,Loại hình\r\nCông ty Sông Xanh ở Hà Nội,startup\r\n"),
        headings={"name": ("ten to chuc",)},
        needed=["name"],
        most_rows=5,
    )
    operator = Site(app, make.an_operator(), language="en").open("/operator/registers")
    operator.press("Look at it first", files={"table": (b"PK\x03\x04 no archive", "a.xlsx")})
    broken = operator.errors
    operator.press("Look at it first", files={"table": (b"a,b\n1,2\n", "a.csv")})

    assert unicodedata.normalize("NFC", rows[0][1]["name"]) == "Công ty Sông Xanh ở Hà Nội"
    assert broken == ["This is neither an XLSX workbook nor a CSV file."]
    assert operator.errors == ["The first row must name at least these columns: name_vi, kind."]
    with pytest.raises(NoTable):
        rows_of(b"name\n" * 20, headings={"name": ("name",)}, needed=["name"], most_rows=5)


@pytest.mark.feature("39")
def test_experts_come_in_with_evidence_and_affiliation_and_are_taken_back_unless_they_are_somebody_now(app):
    make.an_organisation("Viện Thủy văn", kind=Kind.INSTITUTE)
    headings = "Họ và tên,Thư điện tử,Lĩnh vực,Nơi công tác,Từ năm,Đến năm,Thành tích,Năm,Nguồn,"
    headings += "Người hướng dẫn,Thư điện tử người hướng dẫn,Hướng dẫn từ năm,Hướng dẫn đến năm\r\n"
    rows = [
        "Nguyễn Văn An,an@vien.example,ict,Viện Thủy văn,2015,2020,Dự báo ngập,2022,doi:10/abc",
        "Nguyễn Văn An,an@vien.example,,Đại học Xây dựng,2021,,,,,Lê Thầy,Thay@Truong.example,2012,2016",
        "Trần Thị Bình,binh@vien.example,medicine,,,,Chụp phổi,2020,",
        "Lê Cường,không phải thư,ict,,,,,,",
        "Phạm Dung,,ict,Viện X,2020,2010,,,",
    ]
    site = bring(app, (headings + "\r\n".join(rows)).encode(), what="experts")
    looked_at = told(site)
    the_import(site, "Import them")
    an, binh = db.session.scalars(select(Expert).order_by(Expert.id))
    supervisors = [(each.name, each.email, each.supervised.value, each.to_year) for each in an.supervisions]
    affiliations = [(each.name, each.organisation is not None, each.to_year) for each in an.affiliations]
    lan = make.a_person("Trần Thị Bình", email="binh@vien.example", language="en")
    own = Site(app, lan, language="en").open("/account/expert").press("Save")

    the_import(site, "Take the import back")

    assert "This is no e-mail address" in looked_at[3]
    assert "the first not after the last: 2020 – 2010" in looked_at[4]
    assert supervisors == [("Lê Thầy", "thay@truong.example", "me", 2016)]
    assert affiliations == [("Đại học Xây dựng", False, None), ("Viện Thủy văn", True, 2020)]
    assert "an@vien.example" not in Site(app, make.an_operator(), language="en").open("/experts").html
    assert "Chụp phổi" in own.open("/account/expert").main
    assert [each.full_name for each in db.session.scalars(select(Expert))] == ["Trần Thị Bình"]
    assert binh.person_id == lan.id


def test_only_operators_import(app):
    run = bring(app, in_csv(GOOD)).address.removeprefix("/en")
    manager = Site(app, make.a_member(make.an_agency(), Role.OWNER), language="en").open("/")

    assert [manager.open(path).status for path in ("/operator/registers", run, f"{run}/report.csv")] == [404] * 3
    assert [manager.send(f"{run}/{deed}").status for deed in ("start", "undo")] == [404] * 2
    assert (
        Site(app, make.an_operator("Khác"), language="en")
        .open("/")
        .send(f"{run}/undo", typed=run.rsplit("/", 1)[1])
        .status
        == 409
    )
    assert db.session.scalars(select(ImportRun)).one().stage == "checked"


def test_wards_are_known_by_their_names(app):
    place = Place(code="00004", name_vi="Phường Ba Đình", name_en="Ba Dinh Ward", former_district="", former_units="")
    db.session.add(place)
    db.session.commit()
    wards = ("ba đình", "Phường Ba Đình", "Sài Gòn")
    table = "name_vi,kind,place\n" + "".join(f"Công ty {ward},startup,{ward}\n" for ward in wards)

    site = bring(app, table.encode())
    the_import(site, "Import them")

    assert [each.place_code for each in organisations()] == ["00004", "00004"]
    assert "There is no commune or ward of this name: Sài Gòn" in site.main
