"""Several rounds with cut-offs; in a blind round a judge reads everything but who entered."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.audit.models import JournalEntry
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import NotReady, Refused, WrongStage
from marketplace.files import StoredFile, keep_upload, whole_content
from marketplace.files.metadata import names_in
from marketplace.judging.blinding import MASK, blind_content, blind_name, masked
from marketplace.judging.models import RedactedCopy
from marketplace.judging.services import assigning, rounds, scoring
from tests import make
from tests.files.office import a_named_docx
from tests.judging.judging_make import a_round, a_scoring_round, an_entry, declare, rules_of
from tests.judging.test_confidentiality import looked_at
from tests.site import Site

TWO = {"rounds": [{"blind": "open", "best": 1}, {"blind": "open", "best": None}]}
BLIND = {"rounds": [{"blind": "blind", "best": None}]}


@pytest.mark.feature("65")
def test_the_best_go_on_to_the_next_round_and_only_they_are_assigned_again(app):
    made = a_scoring_round(2, judges=1, reviews=1, rules=TWO)
    made.score(made.judges[0], made.entries[0], 5, 5)
    made.score(made.judges[0], made.entries[1], 8, 8)
    site = Site(app, made.secretary, language="en").open(f"{made.path}/deliberation")
    assert "Round 1 of 2 · The best entry goes on, and its equals." in site.main

    site.press("End this round")

    assert "1 entry goes on to the next round." in site.text
    assert "80.00" not in site.text
    site.open(f"{made.path}/panel").press("Fill empty places")
    assert [(sheet.round, sheet.solution_id) for sheet in made.sheets()] == [(2, made.entries[1].id)]
    judge = Site(app, made.judges[0], language="en").open("/judging")
    assert "1 of 3 left to finalise" in judge.main


@pytest.mark.feature("65")
def test_the_last_round_decides_and_those_who_did_not_go_on_are_not_ranked(app):
    made = a_scoring_round(2, judges=1, reviews=1, rules=TWO)
    made.score(made.judges[0], made.entries[0], 9, 9)
    made.score(made.judges[0], made.entries[1], 5, 5)
    rounds.end_round(made.panel, actor=made.secretary)
    assigning.fill_vacancies(made.panel, actor=made.secretary)
    made.score(made.judges[0], made.entries[0], 6, 6)
    made.deliberate()

    site = Site(app, made.secretary, language="en").open(f"{made.path}/deliberation")

    rows = [row.get_text(" ", strip=True) for row in site.page.select("tbody tr")]
    assert [row[:1] for row in rows] == ["1", "–"]
    assert "60.00" in rows[0]
    assert "Did not go on to the last round" in rows[1]
    made.publish()
    other = made.entries[1]
    read = Site(app, other.author, language="en").open(f"/solutions/{other.reference}/feedback").main
    assert "Mean 5.00 of 10" in read


@pytest.mark.feature("65")
def test_equals_of_the_last_who_goes_on_go_on_too(app):
    made = a_scoring_round(3, judges=1, reviews=1, rules=TWO)
    for entry, value in zip(made.entries, (7, 7, 5), strict=True):
        made.score(made.judges[0], entry, value, value)

    going = rounds.end_round(made.panel, actor=made.secretary)

    assert [each.solution_id for each in going] == [entry.id for entry in made.entries[:2]]


def test_a_round_ends_by_those_who_deliberate_and_only_where_another_follows(app):
    made = a_scoring_round(1, judges=1, reviews=1, rules=TWO)
    sheet = made.score(made.judges[0], made.entries[0], 6, 6, final=False)
    with pytest.raises(Refused):
        rounds.end_round(made.panel, actor=made.entries[0].author)
    with pytest.raises(NotReady):
        rounds.end_round(made.panel, actor=made.secretary)
    with pytest.raises(NotReady):
        rounds.end_round(made.panel, actor=made.secretary, despite_open=True)
    with pytest.raises(WrongStage):
        scoring.begin_deliberation(made.panel, actor=made.secretary, despite_open=True)
    db.session.rollback()
    scoring.finalise_sheet(sheet, actor=made.judges[0], edition=sheet.edition)
    rounds.end_round(made.panel, actor=made.secretary)

    with pytest.raises(WrongStage):
        rounds.end_round(made.panel, actor=made.secretary, despite_open=True)
    assert made.challenge.stage == Stage.JUDGING


def a_betraying_round(app):
    """A blind round whose entry names its entrant wherever it can."""
    made = a_round(0, judges=1, reviews=1, rules=BLIND)
    entrant = make.an_organisation("Công ty Cổ phần Sông Xanh", website="https://songxanh.vn", tax_code="0100109106")
    file = StoredFile(
        name="Sông Xanh - đề án.txt", media_type="text/plain", size=8, sha256="cd" * 32,
        uploaded_by_id=made.secretary.id, uploaded_at=made.challenge.created_at,
    )  # fmt: skip
    db.session.add(file)
    db.session.flush()
    file.path.parent.mkdir(parents=True, exist_ok=True)
    file.path.write_bytes(b"noi dung")
    entry = an_entry(
        made.challenge,
        entrant,
        title="Trạm đo của Sông Xanh",
        files=[{"file_id": file.id, "name": file.name, "size": 8, "sha256": file.sha256}],
        summary="CONG TY CO PHAN SONG XANH làm từ 2019, hỏi Vũ Minh Tác.",
        approach="Xem https://songxanh.vn/tram, viết cho lan@songxanh.vn, gọi 0912 345 678, MST 0100109106.",
        team="Giám đốc Vũ Minh Tác.",
    )
    made.entries.append(entry)
    declare(made, made.judges[0])
    assigning.assign_judges(made.panel, actor=made.secretary)
    db.session.commit()
    return made


def paths_of(made):
    sheet = made.sheet(made.judges[0], made.entries[0])
    return ["/", "/work", "/judging", *(f"/judging/sheets/{sheet.reference}{tail}" for tail in ("", "/check"))]


@pytest.mark.feature("66")
def test_in_a_blind_round_nothing_on_a_judges_pages_tells_who_entered(app):
    made = a_betraying_round(app)
    judge = Site(app, made.judges[0], language="en")

    pages = " ".join(judge.open(path).html for path in paths_of(made))

    assert f"Trạm đo của {MASK}" in pages
    for name in ("Xanh", "XANH", "songxanh", "Vũ Minh Tác", "0912", "0100109106", "Giám đốc"):
        assert name not in pages
    assert "Not shown in this round." in judge.main or "Not shown in this round." in pages
    sheet = made.sheet(made.judges[0], made.entries[0])
    opened = judge.open(f"/judging/sheets/{sheet.reference}/files/1")
    assert (opened.body, "1.txt" in opened.headers["Content-Disposition"]) == (b"noi dung", True)
    assert "Xanh" not in opened.headers["Content-Disposition"]


@pytest.mark.feature("66", "67")
def test_in_a_blind_round_a_file_is_opened_without_the_names_of_its_authors(app):
    made = a_betraying_round(app)
    version = made.entries[0].last_version
    named = keep_upload(BytesIO(a_named_docx()), name="Sông Xanh.docx", uploaded_by_id=made.secretary.id)
    db.session.add(named)
    db.session.flush()
    line = {"file_id": named.id, "reference": named.reference, "name": named.name, "size": 9, "sha256": named.sha256}
    version.files = [line]
    db.session.commit()
    assert names_in("docx", whole_content(named))
    sheet = made.sheet(made.judges[0], made.entries[0])

    opened = Site(app, made.judges[0]).open(f"/judging/sheets/{sheet.reference}/files/1")

    assert (opened.status, names_in("docx", opened.body)) == (200, [])
    assert "1.docx" in opened.headers["Content-Disposition"]


def test_the_same_round_without_the_blindfold_tells_all_of_it(app):
    made = a_betraying_round(app)
    rules_of(made.challenge, rounds=[{"blind": "open", "best": None}])
    judge = Site(app, made.judges[0], language="en")

    pages = " ".join(judge.open(path).html for path in paths_of(made))

    assert all(name in pages for name in ("Sông Xanh", "SONG XANH", "songxanh", "Giám đốc", "0912 345 678"))


@pytest.mark.feature("66")
def test_two_worlds_that_differ_in_who_entered_look_the_same_to_a_blind_judge(app):
    made = a_betraying_round(app)
    one = looked_at(app, [made.judges[0]], paths_of(made))
    organisation = made.entries[0].organisation

    organisation.name_vi, organisation.website = "Viện Thủy văn Hà Nội", "https://thuyvan.vn"
    version = made.entries[0].last_version
    version.content = {
        **version.content,
        "title_vi": "Trạm đo của Viện Thủy văn Hà Nội",
        "summary": "Viện Thủy văn Hà Nội làm từ 2019, hỏi Vũ Minh Tác.",
        "approach": "Xem https://thuyvan.vn/tram, viết cho a@thuyvan.vn, gọi 0988 111 222, MST 0100109106.",
        "team": "Hai tiến sĩ.",
    }
    version.files = [{**version.files[0], "name": "Viện Thủy văn.txt"}]
    db.session.commit()

    assert one.changes() == []


@pytest.mark.feature("56", "66")
def test_in_a_blind_round_judges_declare_by_entrant_without_learning_which_entry_is_whose(app):
    made = a_round(0, judges=1, reviews=1, rules=BLIND)
    made.entries += [an_entry(made.challenge, title=title) for title in ("Trạm bơm", "Bản đồ ngập")]
    site = Site(app, made.judges[0], language="en").open(f"/judging/{made.panel.reference}/conflicts")

    assert all(entry.organisation.name_vi in site.main for entry in made.entries)
    assert not any(text in site.html for entry in made.entries for text in (entry.title_vi, entry.reference))
    site.press("Send declaration", **{f"answer_{each.organisation.reference}": "none" for each in made.entries})
    assert "Your declaration is complete." in site.text


@given(st.text(), st.lists(st.text(max_size=12), max_size=3))
def test_masking_never_fails_and_leaves_no_name(text, names):
    shown = masked(text, names)

    assert masked(text, []).count(MASK) <= shown.count(MASK) + text.count(MASK)


@pytest.mark.parametrize(
    ("text", "names", "shown"),
    [
        ("Sông Xanh và SÔNG XANH và song xanh", ["Sông Xanh"], f"{MASK} và {MASK} và {MASK}"),
        ("Đường Sôngxanh", ["Sông Xanh"], "Đường Sôngxanh"),
        ("gửi a.b@c.vn ngay", [], f"gửi {MASK} ngay"),
        ("gọi +84 912 345 678.", [], f"gọi {MASK}."),
        ("giá 1.500.000.000 đồng, năm 2026", [], "giá 1.500.000.000 đồng, năm 2026"),
        ("Sở", ["Sở"], "Sở"),
    ],
)
def test_names_and_addresses_are_masked(text, names, shown):
    assert masked(text, names) == shown


def test_answers_that_tell_the_entrant_and_the_team_are_left_out():
    content = {
        "team": "Ai đó",
        "terms": {"accepted_by": "NG-1"},
        "cost_vnd": 5,
        "answers": [{"label": "Hỏi", "value": "Sông Xanh"}, {"label": "Ai", "tells_entrant": True}],
    }

    assert blind_content(content, ["Sông Xanh"]) == {"cost_vnd": 5, "answers": [{"label": "Hỏi", "value": MASK}]}


@pytest.mark.parametrize(("name", "shown"), [("Sông Xanh.PDF", "3.pdf"), ("Sông Xanh", "3"), ("a.tên-rất-dài", "3")])
def test_files_are_named_by_their_number(name, shown):
    assert blind_name(3, name) == shown


@pytest.mark.feature("67")
def test_the_secretary_gives_judges_a_copy_in_which_the_entrant_is_covered(app):
    made = a_betraying_round(app)
    named = keep_upload(BytesIO(b"Nhom Song Xanh"), name="Sông Xanh.txt", uploaded_by_id=made.secretary.id)
    db.session.add(named)
    db.session.flush()
    line = {"file_id": named.id, "reference": named.reference, "name": named.name, "size": 14, "sha256": named.sha256}
    made.entries[0].last_version.files = [line]
    db.session.commit()
    own = f"/solutions/{made.entries[0].reference}"
    secretary = Site(app, made.secretary, language="en").open(own).click("Make a copy for judges")
    secretary.press("Give judges this copy", reason="")
    assert (secretary.status, secretary.errors[0]) == (422, "Choose a file.")

    secretary.press(
        "Give judges this copy", reason="Che tên nhóm ở dòng đầu.", files={"copy": (b"Nhom ---", "che.txt")}
    )

    assert "Judges get a copy" in secretary.main
    opened = Site(app, made.judges[0]).open(f"/judging/sheets/{made.sheets()[0].reference}/files/1")
    assert (opened.body, "1.txt" in opened.headers["Content-Disposition"]) == (b"Nhom ---", True)
    assert secretary.open(f"{own}/files/{named.reference}").body == b"Nhom Song Xanh"
    [told] = [line.facts for line in db.session.query(JournalEntry).filter_by(event="FileRedacted")]
    assert told["sha256"] == named.sha256 != told["copy_sha256"]
    path = f"{own}/files/{named.reference}/copy"
    for person in (made.judges[0], made.entries[0].author, make.a_person()):
        assert Site(app, person).open(path).status == 404
    secretary.open(path).press(
        "Give judges this copy", reason="Che kỹ hơn một lần nữa.", files={"copy": (b"---", "che.txt")}
    )
    again = Site(app, made.judges[0]).open(f"/judging/sheets/{made.sheets()[0].reference}/files/1")
    assert (again.body, db.session.query(RedactedCopy).count()) == (b"---", 2)
    rules_of(made.challenge, rounds=[{"blind": "open", "best": None}])
    assert secretary.open(path).status == 404
