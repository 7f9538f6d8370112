"""A judge scores: drafts, the last check, final sheets, and windows that overtake each other."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from marketplace.audit.models import JournalEntry
from marketplace.challenges.models import Criterion
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import Conflict, NotReady, Refused, WrongStage
from marketplace.files import StoredFile
from marketplace.judging.models import Score
from marketplace.judging.services import scoring
from marketplace.judging.services.scoring import Mark
from marketplace.judging.stages import SheetStage
from tests import make
from tests.judging.judging_make import a_scoring_round
from tests.queries import count_queries
from tests.site import Site


@pytest.fixture
def made(app):
    return a_scoring_round(2, judges=1, reviews=1)


@pytest.fixture
def lan(made):
    return made.judges[0]


def sheet_page(app, made, judge, entry=0):
    sheet = made.sheet(judge, made.entries[entry])
    return sheet, Site(app, judge, language="en").open(f"/judging/sheets/{sheet.reference}")


@pytest.mark.feature("60", "61")
def test_a_judge_reads_the_entry_beside_the_weighted_rubric_with_its_anchors(app, made, lan):
    _, site = sheet_page(app, made, lan)

    assert "Cách làm của Cảm biến sông Tô Lịch" in site.main
    assert "Novelty weight 40%" in site.main
    assert "Applicability weight 60%" in site.main
    assert "0 Does not meet it 5 Meets it in part 10 Exceeds it" in site.main


def test_a_draft_may_be_incomplete_and_is_kept(app, made, lan):
    sheet, site = sheet_page(app, made, lan)

    site.press("Save draft", value_1="7", comment_2="Còn phải đọc lại.", note="Hỏi thêm về dữ liệu.")

    assert "The draft was saved. It is not final yet." in site.text
    assert "Draft, not final" in site.main
    assert (site.value("value_1"), site.value("comment_2")) == ("7", "Còn phải đọc lại.")
    db.session.refresh(sheet)
    assert (sheet.stage, sheet.edition, sheet.note) == (SheetStage.DRAFT, 1, "Hỏi thêm về dữ liệu.")


@pytest.mark.feature("60")
def test_the_weighted_total_is_exact_and_shown_after_saving(app, made, lan):
    _, site = sheet_page(app, made, lan)

    site.press("Save draft", value_1="7", value_2="8")

    assert "My total: 76.00 of 100" in site.main


def test_criteria_with_different_scales_weigh_what_they_say(app, made, lan):
    first, second = made.challenge.criteria
    first.maximum, second.maximum = 3, 40
    db.session.commit()
    _, site = sheet_page(app, made, lan)

    site.press("Save draft", value_1="2", value_2="30")

    # 40 % of 2/3 and 60 % of 30/40
    assert "My total: 71.67 of 100" in site.main


@pytest.mark.feature("63")
def test_the_check_names_missing_points_and_comments_and_keeps_the_draft(app, made, lan):
    sheet, site = sheet_page(app, made, lan)

    site.press("Check and finalise", value_2="10")

    assert site.errors == ["Novelty: points are missing", "Applicability: explain the points with a comment"]
    assert "Finalise" not in site.buttons()
    refused = site.send(f"/judging/sheets/{sheet.reference}/finalisation", edition="1")
    assert refused.status == 422
    db.session.refresh(sheet)
    assert (sheet.stage, sheet.values) == (SheetStage.DRAFT, {made.challenge.criteria[1].id: 10})


@pytest.mark.parametrize(
    ("value", "needed"), [(0, True), (2, True), (3, False), (8, False), (9, True), (10, True), (None, False)]
)
def test_only_the_lowest_and_the_highest_points_need_a_comment(value, needed):
    assert scoring.needs_comment(Criterion(maximum=10), value) is needed


def test_a_complete_sheet_is_checked_and_made_final(app, made, lan):
    sheet, site = sheet_page(app, made, lan)
    site.press("Check and finalise", value_1="9", comment_1="Mới hoàn toàn.", value_2="6")
    assert "72.00 of 100" in site.main

    site.press("Finalise")

    assert site.address == "/en/judging"
    assert "1 of 2 left to finalise" in site.main
    assert "My total 72.00 / 100" in site.main
    db.session.refresh(sheet)
    assert sheet.stage == SheetStage.FINAL
    assert "Save draft" not in site.open(f"/judging/sheets/{sheet.reference}").buttons()
    assert "Mới hoàn toàn." in site.main


def test_a_final_sheet_never_changes(app, made, lan):
    sheet = made.score(lan, made.entries[0], 7, 7)
    site = Site(app, lan, language="en").open("/judging")

    refused = site.send(f"/judging/sheets/{sheet.reference}", edition="1", value_1="10", comment_1="Muộn.")

    assert refused.status == 409
    assert "This sheet takes no scores any more" in refused.main
    assert "Muộn." in refused.html
    for deed in (
        lambda: scoring.save_scores(sheet, actor=lan, edition=sheet.edition, marks={}),
        lambda: scoring.finalise_sheet(sheet, actor=lan, edition=sheet.edition),
    ):
        with pytest.raises(WrongStage):
            deed()
    db.session.expire_all()
    assert list(sheet.values.values()) == [7, 7]


def test_a_second_window_is_told_and_loses_nothing(app, made, lan):
    sheet, first = sheet_page(app, made, lan)
    second = Site(app, lan, language="en").open(f"/judging/sheets/{sheet.reference}")
    first.press("Save draft", value_1="4", comment_1="Từ cửa sổ một.")

    second.press("Save draft", value_1="6", comment_1="Từ cửa sổ hai.")

    assert second.status == 409
    assert "Kept: 4 Từ cửa sổ một." in second.main
    assert (second.value("value_1"), second.value("comment_1")) == ("6", "Từ cửa sổ hai.")
    second.press("Save draft")
    assert second.status == 200
    db.session.refresh(sheet)
    assert (sheet.edition, list(sheet.values.values())) == (2, [6])


def test_what_was_not_seen_cannot_be_made_final(app, made, lan):
    sheet, first = sheet_page(app, made, lan)
    first.press("Check and finalise", value_1="5", value_2="5")
    scoring.save_scores(sheet, actor=lan, edition=1, marks={made.challenge.criteria[0].id: Mark(8, "")})

    first.press("Finalise")

    assert first.status == 409
    assert "It is not final. Below is what is kept now, beside what you saw here; check it again." in first.main
    assert "Seen here: version 1" in first.main
    db.session.refresh(sheet)
    assert sheet.stage == SheetStage.DRAFT


@pytest.mark.parametrize("value", ["-1", "11", "5.0000001", "NaN", "1e3", "0x5", "５", "٥", "many"])
def test_points_outside_the_scale_are_refused_and_nothing_is_kept(app, made, lan, value):
    _, site = sheet_page(app, made, lan)

    site.press("Save draft", value_1=value, comment_1="Giữ lại chữ này.")

    assert (site.status, site.errors) == (422, ["Novelty: choose a whole number from 0 to 10."])
    assert site.value("comment_1") == "Giữ lại chữ này."
    assert db.session.scalar(select(func.count()).select_from(Score)) == 0


@pytest.mark.parametrize("value", ["41", "-1", "3.5", "４", "abc"])
def test_a_long_scale_is_typed_and_checked_the_same(app, made, lan, value):
    made.challenge.criteria[0].maximum = 40
    db.session.commit()
    _, site = sheet_page(app, made, lan)

    site.press("Save draft", value_1=value)

    assert (site.status, site.errors) == (422, ["Novelty: choose a whole number from 0 to 40."])
    assert site.value("value_1") == value


def test_the_deed_and_the_database_refuse_points_outside_the_scale_too(app, made, lan):
    sheet, criterion = made.sheet(lan, made.entries[0]), made.challenge.criteria[0]

    with pytest.raises(NotReady):
        scoring.save_scores(sheet, actor=lan, edition=0, marks={criterion.id: Mark(11)})
    db.session.rollback()
    db.session.add(Score(sheet=sheet, criterion=criterion, value=101))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_one_criterion_has_one_score_on_a_sheet(app, made, lan):
    sheet, criterion = made.sheet(lan, made.entries[0]), made.challenge.criteria[0]
    db.session.add_all(
        [Score(sheet=sheet, criterion=criterion, value=5), Score(sheet=sheet, criterion=criterion, value=6)]
    )

    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_a_sheet_exists_only_for_its_judge(app):
    made = a_scoring_round(1, judges=2)
    lan, minh = made.judges
    path = f"/judging/sheets/{made.sheet(lan, made.entries[0]).reference}"
    others = [minh, made.secretary, made.manager, made.entries[0].author, make.an_operator(), make.an_auditor()]

    opened = [Site(app, person).open(path + tail).status for person in others for tail in ("", "/check", "/files/1")]
    sent = [
        Site(app, person).open("/account").send(path + tail, edition="0", value_1="1", reason="x").status
        for person in others
        for tail in ("", "/finalisation", "/recusal")
    ]

    assert set(opened + sent) == {404}
    with pytest.raises(Refused):
        scoring.save_scores(made.sheet(lan, made.entries[0]), actor=minh, edition=0, marks={})


def test_nothing_is_scored_once_scoring_is_over(app, made, lan):
    sheet = made.sheet(lan, made.entries[0])
    made.challenge.stage = Stage.DELIBERATION

    with pytest.raises(WrongStage):
        scoring.save_scores(sheet, actor=lan, edition=0, marks={})
    with pytest.raises(WrongStage):
        scoring.finalise_sheet(sheet, actor=lan, edition=0)


def test_an_old_edition_is_a_conflict(app, made, lan):
    sheet = made.sheet(lan, made.entries[0])
    scoring.save_scores(sheet, actor=lan, edition=0, marks={})

    with pytest.raises(Conflict):
        scoring.save_scores(sheet, actor=lan, edition=0, marks={})


def test_a_judge_opens_a_file_and_the_opening_is_recorded(app, made, lan):
    entry = made.entries[0]
    file = StoredFile(
        name="Đề án.txt", media_type="text/plain", size=8, sha256="ab" * 32, uploaded_by_id=entry.author_id,
        uploaded_at=entry.created_at,
    )  # fmt: skip
    db.session.add(file)
    db.session.flush()
    entry.last_version.files = [{"file_id": file.id, "name": file.name, "size": 8, "sha256": file.sha256}]
    file.path.parent.mkdir(parents=True, exist_ok=True)
    file.path.write_bytes(b"noi dung")
    db.session.commit()
    _, site = sheet_page(app, made, lan)

    site.click("Đề án.txt")

    assert (site.status, site.body) == (200, b"noi dung")
    line = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "SolutionFileOpened")).one()
    assert (line.actor_id, line.facts["role"]) == (lan.id, "judge")
    assert site.open(f"/judging/sheets/{made.sheet(lan, entry).reference}/files/2").status == 404


def test_the_queue_leads_on_to_the_next_entry_and_keeps_its_order(app, made, lan):
    site = Site(app, lan, language="en").open("/judging")
    order = [link for link in site.links() if link in {entry.title_vi for entry in made.entries}]

    site.click("Score the next entry")

    assert site.page.h1.get_text() == order[0]
    assert f"Next to score: {order[1]}" in site.main
    assert [link for link in Site(app, lan, language="en").open("/judging").links() if link in order] == order


def test_a_longer_queue_asks_the_database_no_more(app):
    counts = []
    for entries in (1, 3):
        judge = a_scoring_round(entries, judges=1, reviews=1).judges[0]
        site = Site(app, judge).open("/judging")
        with count_queries() as statements:
            site.open("/judging")
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_the_work_page_names_what_waits_in_judging(app, made, lan):
    judge = Site(app, lan, language="en").open("/work")
    assert "Score 2 entries" in judge.main
    assert "0 of 2 sheets are final" in judge.main
    assert "Follow the scoring" in Site(app, made.secretary, language="en").open("/work").main
