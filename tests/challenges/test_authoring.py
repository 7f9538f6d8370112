"""An agency writes a problem statement, section by section."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import IpTerms, Stage
from marketplace.db import db
from marketplace.organisations.stages import Role
from marketplace.text import HANOI
from tests import make
from tests.site import Site


@pytest.mark.feature("1", "2", "16", "19", "20")
def test_a_member_writes_a_statement_section_by_section(app):
    agency = make.an_agency("Sở Xây dựng thử nghiệm")
    lan = make.a_member(agency)
    opens = datetime.now(HANOI) + timedelta(days=2)

    site = Site(app, lan, language="en").open("/challenges/new")
    site.press("Begin the draft", agency=agency.slug, title_vi="Cảnh báo ngập đến từng đoạn phố")
    site.click("The problem").press(
        "Save",
        summary_vi="Thành phố cần cảnh báo ngập.",
        description_vi="Sau mưa lớn nhiều tuyến phố ngập mà người dân không được báo trước. " * 4,
        users_vi="Người đi đường",
        current_cost_vi="20 tỷ đồng mỗi năm",
        field="ict",
    )
    site.click("Outcomes and measures").press(
        "Save",
        outcomes="Báo trước 60 phút | 60 minutes ahead\nSai số 10 cm",
        **{"lines-0-name_vi": "Thời gian báo trước", "lines-0-today_milli": "12,5", "lines-0-target_milli": "60"},
        **{"lines-0-unit_vi": "phút"},
    )
    site.click("Requirements and resources").press("Save", capabilities="Thủy văn", data_vi="50 trạm")
    site.click("What follows a win").press(
        "Save",
        adoption_vi="Thí điểm 6 tháng",
        adoption_owner_vi="Phòng Hạ tầng",
        pilot_budget_vnd="0",
        decision_on="2027-01-31",
        ip_terms="keep",
    )
    site.click("Prizes").press(
        "Save", **{"lines-0-name_vi": "Giải Nhất", "lines-0-amount_vnd": "200.000.000", "lines-0-quantity": "1"}
    )
    site.click("Timetable").press(
        "Save",
        opens_at=opens.strftime("%Y-%m-%dT17:00"),
        closes_at=(opens + timedelta(days=30)).strftime("%Y-%m-%dT17:00"),
    )
    site.click("Criteria and weights").press(
        "Save",
        **{"lines-0-name_vi": "Tính mới", "lines-0-weight_bp": "37,5", "lines-0-low_vi": "Không mới"},
        **{"lines-1-name_vi": "Khả năng áp dụng", "lines-1-weight_bp": "62.5"},
    )

    challenge = db.session.scalars(select(Challenge)).one()
    assert challenge.stage == Stage.DRAFT
    assert challenge.outcomes == [{"vi": "Báo trước 60 phút", "en": "60 minutes ahead"}, {"vi": "Sai số 10 cm"}]
    assert [(line.name_vi, line.today_milli, line.target_milli) for line in challenge.measures] == [
        ("Thời gian báo trước", 12_500, 60_000)
    ]
    assert challenge.prize_amount == 200_000_000
    assert challenge.ip_terms == IpTerms.KEEP
    assert challenge.opens_at == opens.replace(hour=17, minute=0, second=0, microsecond=0).astimezone(UTC)
    assert [(line.name_vi, line.weight_bp) for line in challenge.criteria] == [
        ("Tính mới", 3750),
        ("Khả năng áp dụng", 6250),
    ]
    assert "Incomplete" not in site.main


@pytest.mark.parametrize("missing", [["opens_at"], ["closes_at"], ["opens_at", "closes_at"]])
def test_a_preview_before_the_timetable_says_that_it_is_not_set(app, missing):
    agency = make.an_agency()
    draft = make.a_draft_challenge(agency, **dict.fromkeys(missing))

    page = Site(app, make.a_member(agency), language="en").open(f"/challenges/{draft.slug}/preview").page

    assert page.find(id="stage").get_text(" ", strip=True) == "The timetable is not set yet."


def test_an_untouched_section_saves_what_was_there(app):
    agency = make.an_agency()
    lan = make.a_member(agency)
    challenge = make.a_draft_challenge(agency)
    columns = [column.key for column in Challenge.__table__.columns]
    before = {name: getattr(challenge, name) for name in columns}
    lines = [(line.name_vi, line.weight_bp, line.anchors) for line in challenge.criteria]

    site = Site(app, lan, language="en")
    for section in ("statement", "outcome", "resources", "adoption", "prizes", "criteria"):
        site.open(f"/challenges/{challenge.slug}/edit/{section}").press("Save")

    db.session.refresh(challenge)
    assert {name: getattr(challenge, name) for name in columns} == before
    assert [(line.name_vi, line.weight_bp, line.anchors) for line in challenge.criteria] == lines


@pytest.mark.parametrize(
    ("section", "typed", "message"),
    [
        ("statement", {"title_vi": ""}, "Enter a title."),
        ("statement", {"title_vi": "x" * 301}, "Title of the challenge: use at most 300 characters."),
        (
            "adoption",
            {"pilot_budget_vnd": "hai trăm triệu"},
            "Write a whole number of đồng, for example 1.500.000.000.",
        ),
        ("outcome", {"lines-1-target_milli": "60"}, "Say what is measured."),
        ("outcome", {"lines-0-target_milli": ""}, "Give this measure a target."),
        ("outcome", {"lines-0-target_milli": "6e9"}, "Write a number, for example 60 or 12,5."),
        ("outcome", {"lines-0-unit_vi": ""}, "Give this measure a unit."),
        ("prizes", {"lines-0-amount_vnd": "0"}, "This amount is out of range."),
        (
            "prizes",
            {"lines-0-name_vi": "", "lines-0-amount_vnd": "40.000.000"},
            "Give this prize a name, for example Giải Nhất.",
        ),
        (
            "prizes",
            {"lines-0-name_vi": "Giải Nhất", "lines-0-quantity": "0"},
            "Say how many there are of this prize: 1 to 1.000.",
        ),
        (
            "prizes",
            {"lines-0-name_vi": "Giải Nhất", "lines-0-amount_vnd": ""},
            "Say what this prize is worth: an amount, or what comes beside money.",
        ),
        ("timetable", {"opens_at": "9999-01-01T00:00", "closes_at": ""}, "This day is too far away."),
        (
            "timetable",
            {"opens_at": "2027-03-02T17:00", "closes_at": "2027-03-01T17:00"},
            "It must close after it opens.",
        ),
        ("criteria", {"lines-0-weight_bp": "1e3"}, "Write a percentage, for example 25 or 12,5."),
        ("criteria", {"lines-0-weight_bp": ""}, "Give this criterion a weight."),
    ],
)
def test_a_refused_section_keeps_what_was_typed(app, section, typed, message):
    agency = make.an_agency()
    lan = make.a_member(agency)
    challenge = make.a_draft_challenge(agency)

    site = Site(app, lan, language="en").open(f"/challenges/{challenge.slug}/edit/{section}").press("Save", **typed)

    assert site.status == 422
    assert message in site.errors
    for name, value in typed.items():
        assert site.value(name) == value


def test_only_members_of_a_state_body_begin_a_draft(app):
    startup = make.an_organisation()
    minh = make.a_member(startup, Role.OWNER)
    viewer = make.a_member(make.an_agency(), Role.VIEWER)

    assert Site(app, minh).open("/challenges/new").status == 403
    assert Site(app, viewer).open("/challenges/new").status == 403
    assert Site(app).open("/challenges/new").address == "/sign-in"


@pytest.mark.feature("T-050")
def test_a_draft_does_not_exist_for_another_agency(app):
    challenge = make.a_draft_challenge()
    other = make.a_member(make.an_agency(), Role.OWNER)

    site = Site(app, other, language="en")

    assert site.open(f"/challenges/{challenge.slug}").status == 404
    assert site.open(f"/challenges/{challenge.slug}/edit").status == 404
    assert site.send(f"/challenges/{challenge.slug}/edit/statement", title_vi="Của tôi").status == 404
    assert site.send(f"/challenges/{challenge.slug}/review").status == 404


def test_what_is_in_review_cannot_be_edited(app):
    agency = make.an_agency()
    lan = make.a_member(agency)
    challenge = make.a_challenge(agency, stage=Stage.IN_REVIEW)

    site = Site(app, lan).send(f"/challenges/{challenge.slug}/edit/statement", title_vi="Khác", field="ict")

    assert site.status == 409
