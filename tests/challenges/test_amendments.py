"""Amendments as law: numbered, readable, reasoned, told, and never too late to answer."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.audit.models import JournalEntry
from marketplace.challenges.amending.models import Amendment, ChallengeVersion
from marketplace.challenges.amending.services import give_reason, prepare_amendment, publish_amendment
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.notifications.models import Letter
from marketplace.organisations.stages import Role
from marketplace.text import HANOI, format_moment
from tests import make
from tests.site import Site
from tests.solutions.entries import a_solution, received


@pytest.fixture
def challenge(app):
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    return make.a_challenge(
        make.an_agency("Sở Thoát nước"), closes_at=now + timedelta(days=10), users_vi="Người đi xe máy."
    )


@pytest.fixture
def manager(challenge):
    return make.a_member(challenge.agency, Role.MANAGER, "Hoàng Văn Ký")


def typed(moment):
    return f"{moment.astimezone(HANOI):%Y-%m-%dT%H:%M}"


def prepare(app, challenge, person, section="statement", **fields):
    site = Site(app, person, language="en").open(f"/challenges/{challenge.slug}/amendment/{section}")
    return site.press("Keep for the amendment", **fields)


def with_reason(site, reason="Theo góp ý của người dân."):
    return site.click("Give the reason").press("Save", reason_vi=reason)


def an_amendment(challenge, manager, **changes):
    db.session.commit()
    amendment = prepare_amendment(challenge, actor=manager, **(changes or {"users_vi": "Người đi bộ."}))
    give_reason(amendment, actor=manager, reason_vi="Rõ hơn.", reason_en=None)
    publish_amendment(amendment, actor=manager)
    db.session.commit()
    return amendment


@pytest.mark.feature("14", "15", "N10")
def test_a_change_is_prepared_read_as_a_difference_and_published_with_a_number(app, challenge, manager):
    site = Site(app, manager, language="en").open(f"/challenges/{challenge.slug}").click("Prepare a change")
    prepared = with_reason(prepare(app, challenge, manager, users_vi="Người đi xe máy và xe buýt."))
    assert "Người đi xe máy." in Site(app).open(f"/challenges/{challenge.slug}").main
    prepared.press("Publish the amendment")

    visitor = Site(app, language="en").open(f"/challenges/{challenge.slug}").click("Amendment 1")
    assert [" ".join(each.get_text().split()) for each in visitor.page.find_all("ins")] == ["Added: và xe buýt"]
    assert "Theo góp ý của người dân." in visitor.main
    assert "counts only when its owner confirms it" in visitor.main
    assert "Người đi xe máy và xe buýt." in Site(app).open(f"/challenges/{challenge.slug}").main
    assert site.status == 200


@pytest.mark.feature("14")
def test_every_version_that_was_published_can_be_read_as_it_was(app, challenge, manager):
    an_amendment(challenge, manager, users_vi="Người đi bộ.")
    an_amendment(challenge, manager, users_vi="Người đi tàu.")

    listed = Site(app, language="en").open(f"/challenges/{challenge.slug}/amendments")
    texts = [Site(app).open(f"/challenges/{challenge.slug}/versions/{number}").main for number in (1, 2, 3)]

    assert [name for name in listed.links() if name.startswith("Version")] == ["Version 1", "Version 2", "Version 3"]
    assert [[who in text for who in ("xe máy", "đi bộ", "đi tàu")] for text in texts] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]
    assert Site(app).open(f"/challenges/{challenge.slug}/versions/4").status == 404


@pytest.mark.feature("15", "N10")
def test_a_change_of_substance_near_closing_moves_closing_by_rule(app, challenge, manager):
    closes_at = challenge.closes_at
    with clock.at(closes_at - timedelta(days=2, hours=1)):
        site = with_reason(prepare(app, challenge, manager, users_vi="Người đi bộ."))
        assert format_moment(closes_at + timedelta(days=3), "en") in site.main
        site.press("Publish the amendment")

    assert "The closing moved by rule" in site.main
    assert f"{format_moment(closes_at, 'en')} → " in site.main.replace("Removed: ", "")
    db.session.refresh(challenge)
    assert challenge.closes_at == closes_at + timedelta(days=3)


def test_criteria_change_as_rows_and_the_weights_are_still_asked(app, challenge, manager):
    site = Site(app, manager, language="en").open(f"/challenges/{challenge.slug}/amendment/criteria")
    wrong = site.press("Keep for the amendment", **{"lines-0-weight_bp": "50"})
    refused = with_reason(wrong).press("Publish the amendment")
    assert (refused.status, refused.errors) == (422, ["Missing: criteria whose weights sum to 100 percent"])
    assert [each.weight_bp for each in challenge.criteria] == [4000, 6000]

    site.open(f"/challenges/{challenge.slug}/amendment/criteria")
    site.press("Keep for the amendment", **{"lines-0-weight_bp": "50", "lines-1-weight_bp": "50"})
    site.press("Publish the amendment")

    db.session.expire_all()
    assert [each.weight_bp for each in challenge.criteria] == [5000, 5000]
    assert {each.get_text() for each in site.page.find_all("del")} == {"Removed: 40", "Removed: 60"}


@pytest.mark.feature("6", "15")
def test_rules_prizes_and_measures_change_as_rows_and_read_as_sentences(app, challenge, manager):
    prepare(app, challenge, manager, "eligibility", kinds=["startup", "university"], partners=["kinds"])
    prepare(app, challenge, manager, "outcome", **{"lines-0-today_milli": "12,5"})
    row = {"lines-0-name_vi": "Giải Nhất", "lines-0-quantity": "2", "lines-0-amount_vnd": "40.000.000"}
    site = with_reason(prepare(app, challenge, manager, "prizes", **row))

    site.press("Publish the amendment")

    told = {each.h3.get_text(): each.get_text(" ", strip=True) for each in site.page.select("section.card")}
    assert "Open to:" in told["Who may answer"]
    assert "This holds for every partner of a consortium too." in told["Who may answer"]
    assert "today Removed: 15 Added: 12.5" in told["Measures of success"]
    assert "Giải Nhất | Prize × 2: VND 40,000,000" in told["Prizes"]
    public = Site(app, language="en").open(f"/challenges/{challenge.slug}").main
    assert [each in public for each in ("Open to:", "2 prizes")] == [True, True]


@pytest.mark.feature("N10")
def test_within_a_day_of_closing_another_person_publishes(app, challenge, manager):
    other = make.a_member(challenge.agency, Role.MANAGER, "Trịnh Thứ Hai")
    with clock.at(challenge.closes_at - timedelta(hours=20)):
        site = Site(app, manager, language="en").open(f"/challenges/{challenge.slug}/deadline")
        site.press(
            "Prepare the extension", closes_at=typed(challenge.closes_at + timedelta(days=1)), reason_vi="Mưa bão."
        )
        assert "Publish the amendment" not in site.buttons()
        alone = Site(app, manager).send(f"/challenges/{challenge.slug}/amendment/publication")
        site.press("Ask a second person")
        waiting = Site(app, other, language="en").open("/work").click(challenge.title_en)
        waiting.press("Publish the amendment")

    assert alone.status == 403
    assert "Amendment 1 is published." in waiting.text
    amendment = db.session.scalars(select(Amendment)).one()
    assert (amendment.prepared_by, amendment.published_by) == (manager, other)


def test_an_operator_publishes_only_what_they_were_asked_for(app, challenge, manager):
    operator = make.an_operator()
    with clock.at(challenge.closes_at - timedelta(hours=20)):
        with_reason(prepare(app, challenge, manager, users_vi="Người đi bộ."))
        hidden = Site(app, operator).open(f"/challenges/{challenge.slug}/amendment").status
        early = Site(app, operator).send(f"/challenges/{challenge.slug}/amendment/publication").status
        Site(app, manager, language="en").open(f"/challenges/{challenge.slug}/amendment").press("Ask a second person")
        site = Site(app, operator, language="en").open("/work").click(challenge.title_en)
        site.press("Publish the amendment")

    assert (hidden, early, site.status) == (404, 404, 200)
    assert "Amendment 1 is published." in site.text


@pytest.mark.feature("N10")
def test_a_closing_is_not_moved_forward_to_less_than_a_day_from_now(app, challenge, manager):
    site = Site(app, manager, language="en").open(f"/challenges/{challenge.slug}/deadline")

    site.press("Prepare the extension", closes_at=typed(clock.now() + timedelta(hours=23)), reason_vi="Gấp.")

    assert (site.status, site.errors) == (
        422,
        ["A closing can be moved forward only if at least 24 hours are left then."],
    )
    assert db.session.scalars(select(Amendment)).all() == []


def test_what_is_open_keeps_its_opening(app, challenge, manager):
    later = typed(challenge.opens_at + timedelta(days=2))

    site = prepare(app, challenge, manager, "timetable", opens_at=later)

    assert (site.status, site.errors) == (422, ["It is open already, so its opening cannot be moved."])


def test_without_reason_or_change_nothing_is_published(app, challenge, manager):
    site = prepare(app, challenge, manager, users_vi="Người đi xe máy.").press("Publish the amendment")

    assert (site.status, site.errors) == (422, ["Nothing is changed yet.", "Give the reason first."])


def test_a_prepared_change_is_seen_by_the_agency_alone_and_can_be_given_up(app, challenge, manager):
    site = prepare(app, challenge, manager, users_vi="BÍ MẬT CHƯA CÔNG BỐ")
    writer = make.a_member(challenge.agency)

    for person in (None, make.a_person(), make.an_operator()):
        reader = Site(app, person)
        pages = [
            reader.open(f"/challenges/{challenge.slug}{place}").html for place in ("", "/amendments", "/amendment")
        ]
        assert [html for html in pages if "BÍ MẬT" in html] == []
    assert "BÍ MẬT" in Site(app, writer).open(f"/challenges/{challenge.slug}/amendment").main
    assert Site(app, writer).send(f"/challenges/{challenge.slug}/amendment/publication").status == 403
    site.press("Give it up")
    assert db.session.scalars(select(Amendment)).all() == []


def test_after_closing_nothing_is_amended(app, challenge, manager):
    prepared = with_reason(prepare(app, challenge, manager, users_vi="Người đi bộ."))
    with clock.at(challenge.closes_at):
        published = prepared.send(f"/challenges/{challenge.slug}/amendment/publication")
        begun = Site(app, manager).send(f"/challenges/{challenge.slug}/amendment/statement", title_vi="Khác")

    assert (published.status, begun.status) == (409, 409)
    assert challenge.stage == Stage.PUBLISHED
    assert db.session.scalars(select(ChallengeVersion)).all() == []


def test_the_journal_keeps_what_was_before_and_after(app, challenge, manager):
    an_amendment(challenge, manager, users_vi="Người đi bộ.")

    line = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "ChallengeAmended")).one()

    assert line.changes["users_vi"] == ["Người đi xe máy.", "Người đi bộ."]
    assert (line.facts["number"], line.facts["material"], line.facts["changes"]) == (1, True, ["users_vi"])


@pytest.mark.feature("15", "N10", "32")
def test_everybody_concerned_is_told_and_the_outbox_does_not_tell_who_writes(app, challenge, manager):
    follower = make.a_person(email="theo-doi@example.vn")
    Site(app, follower, language="en").open(f"/challenges/{challenge.slug}").press("Follow this challenge")
    a_solution(challenge, make.a_member(make.an_organisation(), email="viet@example.vn"))
    operator = make.an_operator()

    an_amendment(challenge, manager)

    letters = db.session.scalars(select(Letter).where(Letter.kind == "challenge_amended")).all()
    assert {each.to_email for each in letters} == {"theo-doi@example.vn", "viet@example.vn"}
    assert "Rõ hơn." in letters[0].body
    assert "0 letters" in Site(app, operator, language="en").open("/outbox").main


@pytest.mark.feature("32", "N14")
def test_after_an_extension_nothing_shows_at_the_old_time(app, challenge, manager):
    entrant = make.a_member(make.an_organisation("Công ty Kín"), name="Ngô Kín Đáo")
    solution = a_solution(challenge, entrant)
    version = received(solution)
    old, people = challenge.closes_at, (make.an_operator(), make.an_auditor(), manager)
    an_amendment(challenge, manager, closes_at=old + timedelta(days=3))

    def shown(at):
        pages = ("/journal", "/outbox", f"/challenges/{challenge.slug}/solutions")
        with clock.at(at):
            seen = [Site(app, person, language="en").open(page).html for person in people for page in pages]
        words = (solution.reference, version.reference, "Ngô Kín Đáo", "Công ty Kín")
        return [word for word in words if any(word in html for html in seen)]

    assert shown(old) == []
    assert shown(old + timedelta(days=3)) == [solution.reference, version.reference, "Ngô Kín Đáo", "Công ty Kín"]


@pytest.mark.feature("13", "15")
def test_the_time_for_questions_is_changed_like_everything_else(app, challenge, manager):
    later = challenge.closes_at - timedelta(days=1)
    wrong = prepare(
        app, challenge, manager, "questions", questions_close_at=typed(challenge.closes_at + timedelta(days=1))
    )
    assert (wrong.status, wrong.errors) == (422, ["Choose a time to come, not after closing."])
    with_reason(prepare(app, challenge, manager, "questions", questions_close_at=typed(later))).press(
        "Publish the amendment"
    )

    shown = Site(app, language="en").open(f"/challenges/{challenge.slug}/amendments/1").main
    assert f"Questions are taken until Added: {format_moment(later, 'en')}" in shown
    assert "counts only when its owner confirms it" not in shown
    assert format_moment(later, "en") in Site(app, language="en").open(f"/challenges/{challenge.slug}/questions").main
    stranger = make.a_person()
    with clock.at(later - timedelta(minutes=1)):
        asked = Site(app, stranger, language="en").open(f"/challenges/{challenge.slug}/questions")
        assert asked.press("Send the question", text="Có số liệu ra đa không?").status == 200
