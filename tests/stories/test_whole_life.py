"""One challenge lives its whole life in a real browser: in Vietnamese with JavaScript, in English without."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from marketplace import jobs
from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.judging.models import Sheet
from marketplace.notifications.models import Letter
from marketplace.organisations.stages import Kind, Role
from marketplace.solutions.models import Solution, SolutionVersion
from marketplace.text import HANOI
from tests import make
from tests.browsing import Reader

pytestmark = pytest.mark.browser
ONLY_POSTGRESQL = pytest.mark.skipif(not os.environ.get("TEST_DATABASE_URL"), reason="only on PostgreSQL: vi on SQLite")
TITLE = "Cảnh báo ngập đến từng đoạn phố"
PDF = ("Thuyết minh giải pháp đo ngập.pdf", b"%PDF-1.4\nnoi dung", "application/pdf")


class Cast:
    """Who takes part, each at a browser of their own."""

    def __init__(self, readers):
        self.readers = readers
        self.seated: dict[Person | None, Reader] = {}
        agency = make.an_agency("Sở Xây dựng thử nghiệm")
        self.author = make.a_member(agency, Role.MEMBER, "Đỗ Thị Thanh Lan")
        self.manager = make.a_member(agency, Role.MANAGER, "Nguyễn Khoát")
        self.operator = make.an_operator("Trần Vinh")
        self.startup = make.an_organisation("Công ty Mưa Phố", capabilities=[{"vi": "Đo mực nước đô thị"}])
        self.institute = make.an_organisation("Viện Nước và Khí hậu", kind=Kind.INSTITUTE)
        make.evidence(self.institute, "Mô hình thủy văn đô thị", "Dự báo ngập cho lưu vực nội thành.")
        self.founder = make.a_member(self.startup, Role.OWNER, "Lê Minh")
        self.researcher = make.a_member(self.institute, Role.OWNER, "Phạm Bạch")
        self.judges = [make.a_person(f"Giám khảo {number}", expertise="thủy văn đô thị, ngập") for number in (1, 2, 3)]
        db.session.commit()

    def at_browser(self, person: Person | None) -> Reader:
        """The browser of this person, opened and signed in at the first call."""
        if person not in self.seated:
            self.seated[person] = self.readers(person)
        return self.seated[person]


@pytest.mark.feature("1", "10", "16", "21", "26", "33", "52", "53", "56", "60", "81", "82", "92", "105", "N12")
@pytest.mark.parametrize(
    ("language", "script"),
    [pytest.param("vi", True, marks=pytest.mark.once), pytest.param("en", False, marks=ONLY_POSTGRESQL)],
)
def test_one_challenge_lives_its_whole_life(app, chromium, address, language, script):
    opened: list[Reader] = []

    def readers(person):
        reader = Reader(chromium, app=app, address=address, language=language, script=script)
        opened.append(reader)
        # one comes in by the sign-in page, the others have been here before
        return (reader.enter if len(opened) > 1 else reader.sign_in)(person) if person else reader

    cast = Cast(readers)
    slug = _written_and_published(cast)
    _answered(cast, slug)
    _suggested(cast, slug)
    _closed_and_screened(cast, slug)
    _judged(cast, slug)
    _decided(cast, slug)
    _seen_by_everyone(cast, slug)

    assert [fault for reader in opened for fault in reader.faults] == []
    for reader in opened:
        reader.leave()


def _written_and_published(cast: Cast) -> str:
    now = datetime.now(HANOI)
    lan = cast.at_browser(cast.author).open("/challenges/new")
    lan.fill(title_vi=TITLE).press("Begin the draft")
    lan.click("The problem").fill(
        title_en="Street-level flood warning",
        summary_vi="Thành phố cần cảnh báo ngập đến từng đoạn phố.",
        description_vi="Sau mưa lớn nhiều tuyến phố bị ngập mà người dân không được báo trước. " * 4,
        users_vi="Người dân đi lại trong giờ cao điểm.",
        current_cost_vi="Khoảng 20 tỷ đồng thiệt hại mỗi năm.",
        field="ict",
    )
    lan.picture("01-statement")
    lan.press("Save")
    lan.click("Outcomes and measures").fill(
        outcomes="Báo trước ít nhất 60 phút | At least 60 minutes ahead",
        **{"lines-0-name_vi": "Thời gian báo trước", "lines-0-target_milli": "60", "lines-0-unit_vi": "phút"},
    ).press("Save")
    lan.click("Requirements and resources").fill(
        capabilities="Thủy văn đô thị | urban hydrology\nĐo mực nước | water level sensing",
        data_vi="Số liệu mưa và mực nước của 50 trạm.",
    ).press("Save")
    lan.click("What follows a win").fill(
        adoption_vi="Thí điểm 6 tháng tại một lưu vực, thanh toán theo kết quả.",
        adoption_owner_vi="Phòng Hạ tầng kỹ thuật",
        pilot_budget_vnd="1.800.000.000",
        decision_on=(now + timedelta(days=60)).strftime("%Y-%m-%d"),
        ip_terms="keep",
    ).press("Save")
    lan.click("Timetable").fill(
        opens_at=(now - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
        closes_at=(now + timedelta(days=30)).strftime("%Y-%m-%dT17:00"),
    ).press("Save")
    lan.click("Criteria and weights").fill(
        **{"lines-0-name_vi": "Tính mới", "lines-0-weight_bp": "40", "lines-0-high_vi": "Chưa ai làm"},
        **{"lines-1-name_vi": "Khả năng áp dụng", "lines-1-weight_bp": "60"},
    ).press("Save")
    slug = db.session.scalars(select(Challenge.slug)).one()
    cast.at_browser(cast.manager).open(f"/challenges/{slug}/edit").press("Send for review")
    operator = cast.at_browser(cast.operator).open("/work")
    operator.open(f"/challenges/{slug}")
    operator.press("Publish")
    jobs.run_waiting()
    visitor = cast.at_browser(None).open(f"/challenges/{slug}")
    assert visitor.sees(TITLE if visitor.language == "vi" else "Street-level flood warning")
    visitor.picture("02-challenge")
    return slug


def _answered(cast: Cast, slug: str) -> None:
    for person, title in ((cast.founder, "Mưa Phố báo trước 75 phút"), (cast.researcher, "Mô hình ngập hai chiều")):
        reader = cast.at_browser(person).open(f"/challenges/{slug}").click("Start a solution")
        reader.fill(title=title).press("Start")
        _fill_sections(reader)
        reader.page.locator("main a[href$='/check']").first.click()
        reader.picture("04-check")
        reader.press("Submit")
        version = db.session.scalars(select(SolutionVersion).order_by(SolutionVersion.id.desc())).first()
        assert reader.sees(version.reference)
        assert reader.sees(version.files[0]["sha256"])
        reader.picture("05-receipt")
    sealed = cast.at_browser(cast.operator).open(f"/challenges/{slug}")
    assert not sealed.sees("Mưa Phố báo trước")


def _fill_sections(reader: Reader) -> None:
    solution = db.session.scalars(select(Solution).order_by(Solution.id.desc())).first()
    texts = {
        "summary": {"summary": "Đo và báo ngập theo thời gian thực."},
        "approach": {"approach": "Cảm biến và mô hình hai chiều.", "impact": "Báo trước 75 phút."},
        "team": {"team": "Chín người, ba kỹ sư thủy lực."},
        "pilot": {"pilot_plan": "Sáu tháng tại một lưu vực.", "cost_vnd": "1.500.000.000", "trl": "7"},
    }
    base = f"/solutions/{solution.reference}"
    for section, fields in texts.items():
        reader.open(f"{base}/edit/{section}").fill(**fields).press("Save")
    reader.open(f"{base}/edit/attachments").attach("files", PDF).press("Attach")
    reader.open(f"{base}/edit/terms")
    for box in reader.page.locator("main input[type=checkbox]").all():
        box.check()
    reader.press("Accept").open(base)
    reader.picture("03-tasks")


def _suggested(cast: Cast, slug: str) -> None:
    jobs.run_waiting()
    lan = cast.at_browser(cast.author).open(f"/challenges/{slug}/partners")
    assert lan.sees("Viện Nước và Khí hậu")
    lan.picture("06-partners")


def _closed_and_screened(cast: Cast, slug: str) -> None:
    challenge = db.session.scalars(select(Challenge)).one()
    challenge.closes_at = datetime.now(UTC) - timedelta(minutes=1)  # a month passes
    db.session.commit()
    lan = cast.at_browser(cast.author)
    for reference in db.session.scalars(select(Solution.reference)).all():
        lan.open(f"/solutions/{reference}").press("It is eligible")


def _judged(cast: Cast, slug: str) -> None:
    lan = cast.at_browser(cast.author).open(f"/challenges/{slug}/panel")
    lan.press("Make the panel")
    for judge in cast.judges:
        lan.fill(email=judge.email).press("Invite")
    seats = [cast.at_browser(judge) for judge in cast.judges]
    for reader in seats:
        reader.open("/judging").page.locator("main a[href*='/invitations/']").first.click()
        reader.page.locator("main input[type=checkbox]").first.check()
        reader.press("Take the seat")
        for choice in reader.page.locator("main fieldset").all():
            choice.locator("input[value=none]").check()
        reader.picture("07-conflicts")
        reader.press("Send declaration")
    lan.open(f"/challenges/{slug}/panel").press("Assign judges")
    lan.picture("08-panel")
    for reader, judge in zip(seats, cast.judges, strict=True):
        _scored(reader, judge)


def _scored(reader: Reader, judge: Person) -> None:
    sheets = db.session.scalars(select(Sheet).join(Sheet.seat).where(Sheet.seat.has(person_id=judge.id))).all()
    assert len(sheets) == 2
    for sheet in sheets:
        best = "Mưa Phố" in _title(sheet.solution)
        reader.open(f"/judging/sheets/{sheet.reference}")
        for position in (1, 2):
            reader.fill(
                **{f"value_{position}": "8" if best else "6", f"comment_{position}": "Rõ ràng, kiểm chứng được."}
            )
        reader.picture("09-sheet")
        reader.press("Check and finalise").press("Finalise")


def _decided(cast: Cast, slug: str) -> None:
    lan = cast.at_browser(cast.author).open(f"/challenges/{slug}/deliberation").press("End scoring")
    lan.picture("10-deliberation")
    winner = next(each for each in db.session.scalars(select(Solution)).all() if "Mưa Phố" in _title(each)).reference
    lan.open(f"/challenges/{slug}/decision").fill(
        **{
            f"awarded_{winner}": "y",
            f"award_vi_{winner}": "Giải Nhất",
            f"award_en_{winner}": "First prize",
            f"citation_vi_{winner}": "Cảnh báo sớm, chính xác.",
            f"citation_en_{winner}": "Early and exact warnings.",
        }
    ).press("Send to publish")
    assert not cast.at_browser(None).open("/results").sees("Mưa Phố báo trước 75 phút")
    cast.at_browser(cast.manager).open(f"/challenges/{slug}/decision").press("Publish results")


def _seen_by_everyone(cast: Cast, slug: str) -> None:
    jobs.run_waiting()
    visitor = cast.at_browser(None).open("/results")
    visitor.page.get_by_role("link", name="Mưa Phố báo trước 75 phút").or_(
        visitor.page.locator(f"main a[href$='/results/{slug}']")
    ).first.click()
    assert visitor.sees("Mưa Phố báo trước 75 phút")
    visitor.picture("11-results")
    loser = cast.at_browser(cast.researcher)
    reference = next(each for each in db.session.scalars(select(Solution)).all() if "Mô hình" in _title(each)).reference
    loser.open(f"/solutions/{reference}/feedback")
    assert loser.sees("Rõ ràng, kiểm chứng được.")
    loser.picture("12-feedback")
    letters = set(db.session.scalars(select(Letter.kind)).all())
    assert {"receipt", "judge_invited", "judges_assigned", "results_awarded", "results_not_selected"} <= letters
    assert db.session.scalars(select(Letter.kind).where(Letter.sent_at.is_(None))).all() == []


def _title(solution: Solution) -> str:
    return solution.title_vi or solution.title_en
