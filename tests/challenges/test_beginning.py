"""Drafts that begin with what is there: patterns, copies; hosts, phases, and publication at a set time."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from marketplace import clock, jobs
from marketplace.challenges.entry_form.queries import questions_of
from marketplace.challenges.entry_form.stages import Kind
from marketplace.challenges.models import Challenge, Cohost
from marketplace.challenges.patterns import NAMES, pattern
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.organisations.stages import Role
from marketplace.solutions.models import Solution
from marketplace.text import HANOI
from tests import make
from tests.judging.judging_make import rules_of
from tests.site import Site


@pytest.fixture
def agency(app):
    return make.an_agency("Sở Xây dựng thử nghiệm")


@pytest.fixture
def manager(agency):
    return make.a_member(agency, Role.MANAGER, "Nguyễn Văn Quản")


@pytest.mark.feature("18")
def test_a_contest_begins_with_its_usual_prizes_and_criteria(app, agency, manager):
    site = Site(app, manager, language="en").open("/challenges/new")

    site.press("Begin the draft", agency=agency.slug, title_vi="Hội thi sáng tạo lần III", pattern="contest")

    draft = db.session.scalars(select(Challenge)).one()
    assert [(prize.quantity, prize.amount_vnd) for prize in draft.prizes] == [
        (6, 40_000_000), (12, 32_000_000), (17, 24_000_000), (17, 8_000_000),
    ]  # fmt: skip
    assert "52 prizes, VND 1,168 million in all" in site.click("See it as the public will").main


@pytest.mark.parametrize("name", NAMES)
def test_the_weights_of_a_pattern_sum_to_all(name):
    assert sum(line["weight_bp"] for line in pattern(name)["criteria"]) == 10_000


@pytest.mark.feature("18")
def test_an_old_challenge_is_copied_without_its_days(app, agency, manager):
    old = make.a_closed_challenge(make.an_agency("Sở Khác"), original_language="vi")
    tried = make.a_question(old, "Đã thử chưa?", kind=Kind.YES_NO)
    make.a_question(old, "Thử ở đâu?", asked_if_id=tried.id, asked_if_value="yes")
    rules_of(old, quorum=3)
    site = Site(app, manager, language="en").open(f"/challenges/{old.slug}").click("Copy into a new draft")

    site.press("Begin the draft", agency=agency.slug, title_vi="Cảnh báo ngập, lần hai")

    draft = db.session.scalars(select(Challenge).where(Challenge.agency_id == agency.id)).one()
    assert (draft.title_vi, draft.stage, draft.author) == ("Cảnh báo ngập, lần hai", Stage.DRAFT, manager)
    assert (draft.description_vi, draft.outcomes) == (old.description_vi, old.outcomes)
    assert [(line.name_vi, line.weight_bp) for line in draft.criteria] == [
        (line.name_vi, line.weight_bp) for line in old.criteria
    ]
    assert (draft.opens_at, draft.closes_at, draft.decision_on, draft.source_url) == (None, None, None, None)
    first, second = questions_of(draft)
    assert (first.label_vi, second.label_vi, second.asked_if) == ("Đã thử chưa?", "Thử ở đâu?", first)
    shown = site.click("See it as the public will").main
    assert "An entry needs 3 finished score sheets to be ranked." in shown
    assert "Only if “Đã thử chưa?” is answered with “Yes”" in shown


def test_only_who_writes_for_an_agency_copies_and_only_what_they_see(app, agency, manager):
    hidden = make.a_draft_challenge(make.an_agency())
    minh = make.a_member(make.an_organisation(), Role.OWNER)

    assert Site(app, manager).open(f"/challenges/{hidden.slug}/copies").status == 404
    assert Site(app, minh).open(f"/challenges/{make.a_challenge().slug}/copies").status == 403
    assert "Copy into a new draft" not in Site(app, minh, language="en").open(f"/challenges/{agency.slug}").text


@pytest.mark.feature("8")
def test_phases_are_written_as_rows_and_shown_in_order_with_opening_and_decision(app, agency, manager):
    draft = make.a_draft_challenge(agency)
    day = datetime.now(HANOI).replace(hour=9, minute=0) + timedelta(days=30)
    site = Site(app, manager, language="en").open(f"/challenges/{draft.slug}/edit").click("Timetable")

    site.press(
        "Save",
        **{"lines-0-name_vi": "Chung khảo", "lines-0-starts_at": (day + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")},
        **{"lines-1-name_vi": "Sơ khảo", "lines-1-starts_at": day.strftime("%Y-%m-%dT%H:%M")},
        **{"lines-1-ends_at": (day + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")},
        **{
            "lines-1-judged_vi": "Tính mới và khả năng áp dụng.",
            "lines-0-judged_vi": "Toàn bộ tiêu chí và phần bảo vệ.",
        },
    )

    preview = site.click("See it as the public will")
    rows = [row.th.get_text(strip=True) for row in preview.page.select("#timetable tbody tr")]
    assert rows == [
        "Solutions are taken",
        "Sơ khảoWhat is judged:Tính mới và khả năng áp dụng.",
        "Chung khảoWhat is judged:Toàn bộ tiêu chí và phần bảo vệ.",
        "Decision by",
    ]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"lines-0-starts_at": "2027-03-01T09:00"}, "Give this phase a name."),
        ({"lines-0-name_vi": "Sơ khảo"}, "Sơ khảo: say when it begins."),
        (
            {
                "lines-0-name_vi": "Sơ khảo",
                "lines-0-starts_at": "2027-03-02T09:00",
                "lines-0-ends_at": "2027-03-01T09:00",
            },
            "It must end after it begins.",
        ),
    ],
)
def test_a_refused_phase_keeps_what_was_typed(app, agency, manager, typed, message):
    draft = make.a_draft_challenge(agency)

    site = Site(app, manager, language="en").open(f"/challenges/{draft.slug}/edit/timetable").press("Save", **typed)

    assert (site.status, site.errors) == (422, [message])
    assert all(site.value(name) == value for name, value in typed.items())


@pytest.mark.feature("9")
def test_an_organisation_hosts_once_it_accepts_then_writes_and_cannot_answer(app, agency, manager):
    draft = make.a_draft_challenge(agency)
    waterworks = make.an_organisation("Công ty Thoát nước")
    engineer = make.a_member(waterworks, Role.MANAGER, "Lê Kỹ Sư")
    site = Site(app, manager, language="en").open(f"/challenges/{draft.slug}/edit").click("Hosts")
    site.press("Ask", organisation=waterworks.slug)

    other = Site(app, engineer, language="en")
    assert other.open(f"/challenges/{draft.slug}/edit").status == 403
    other.open("/work").press("Accept")
    other.open(f"/challenges/{draft.slug}/edit/statement").press("Save", title_vi="Cảnh báo ngập cùng làm")

    draft.stage, draft.opens_at = Stage.PUBLISHED, datetime.now(UTC) - timedelta(days=1)
    visitor = Site(app, language="en").open(f"/challenges/{draft.slug}")
    assert "Công ty Thoát nước" in visitor.main
    refused = other.open(f"/challenges/{draft.slug}/solutions/new")
    assert refused.status == 403
    assert db.session.query(Solution).count() == 0


@pytest.mark.feature("9")
def test_hosting_is_asked_accepted_and_ended_only_by_those_who_may(app, agency, manager):
    draft = make.a_draft_challenge(agency)
    guest = make.an_organisation()
    owner, viewer = make.a_member(guest, Role.OWNER), make.a_member(guest, Role.VIEWER)
    member = make.a_member(agency)
    hosts = f"/challenges/{draft.slug}/hosts"
    assert Site(app, member).send(hosts, organisation=guest.slug).status == 403
    Site(app, manager).send(hosts, organisation=guest.slug)
    cohost = db.session.scalars(select(Cohost)).one()

    assert Site(app, viewer).send(f"{hosts}/{cohost.reference}/acceptance").status == 403
    assert Site(app, make.a_person()).send(f"{hosts}/{cohost.reference}/acceptance").status == 404
    shown = Site(app, language="en")
    draft.stage = Stage.PUBLISHED
    assert str(guest) not in shown.open(f"/challenges/{draft.slug}").main
    assert Site(app, owner).send(f"{hosts}/{cohost.reference}/acceptance").status == 409
    draft.stage = Stage.DRAFT
    Site(app, owner).send(f"{hosts}/{cohost.reference}/removal")

    assert db.session.scalars(select(Cohost)).all() == []


def _in_review(agency) -> Challenge:
    now = datetime.now(UTC)
    draft = make.a_draft_challenge(agency, opens_at=now + timedelta(days=5), closes_at=now + timedelta(days=40))
    draft.move("submit")
    db.session.commit()
    return draft


@pytest.mark.feature("11", "12")
def test_a_challenge_publishes_itself_at_the_set_time(app, agency):
    challenge = _in_review(agency)
    later = datetime.now(HANOI).replace(second=0, microsecond=0) + timedelta(days=2)
    site = Site(app, make.an_operator(), language="en").open(f"/challenges/{challenge.slug}")

    site.press("Let it publish itself", publish_at=later.strftime("%Y-%m-%dT%H:%M"))

    jobs.run_waiting()
    db.session.refresh(challenge)
    assert challenge.stage == Stage.IN_REVIEW
    with clock.at(later + timedelta(seconds=1)):
        jobs.run_waiting()
        jobs.run_waiting()
    db.session.refresh(challenge)
    assert (challenge.stage, challenge.publish_at) == (Stage.PUBLISHED, later.astimezone(UTC))
    assert "Opening soon" in Site(app, language="en").open(f"/challenges/{challenge.slug}").main


@pytest.mark.feature("11")
def test_a_time_taken_back_or_run_out_publishes_nothing(app, agency):
    taken_back, run_out = _in_review(agency), _in_review(agency)
    operator = make.an_operator()
    later = datetime.now(HANOI) + timedelta(days=2)
    for challenge in (taken_back, run_out):
        Site(app, operator, language="en").open(f"/challenges/{challenge.slug}").press(
            "Let it publish itself", publish_at=later.strftime("%Y-%m-%dT%H:%M")
        )
    Site(app, operator, language="en").open(f"/challenges/{taken_back.slug}").press("Take the time back")
    run_out.criteria[0].weight_bp -= 1
    db.session.commit()

    with clock.at(later + timedelta(minutes=2)):
        jobs.run_waiting()

    db.session.expire_all()
    assert [each.stage for each in (taken_back, run_out)] == [Stage.IN_REVIEW, Stage.IN_REVIEW]
    assert run_out.publish_at is None


@pytest.mark.parametrize(
    ("typed", "message"), [("", "Say when it is published."), ("2020-01-01T09:00", "This moment is over.")]
)
def test_a_refused_time_is_said(app, agency, typed, message):
    challenge = _in_review(agency)
    site = Site(app, make.an_operator(), language="en").open(f"/challenges/{challenge.slug}")

    site.press("Let it publish itself", publish_at=typed)

    assert (site.status, site.errors) == (422, [message])


def test_only_who_could_publish_it_schedules_it(app, agency, manager):
    challenge = _in_review(agency)
    typed = (datetime.now(HANOI) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")

    assert Site(app, manager).send(f"/challenges/{challenge.slug}/schedule", publish_at=typed).status == 403
    published = make.a_challenge(agency)
    operator = Site(app, make.an_operator())
    assert operator.send(f"/challenges/{published.slug}/schedule", publish_at=typed).status == 409
    assert operator.send(f"/challenges/{challenge.slug}/schedule/removal").status == 409
