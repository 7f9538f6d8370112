"""Entries that repeat others: the secretary is shown a hint with the passages, the judges nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace import clock, jobs
from marketplace.audit.models import JournalEntry
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.judging.services import results
from marketplace.organisations.stages import Role
from marketplace.solutions.comparing.models import Comparison, LikenessHint
from marketplace.solutions.comparing.services import compare_entries, compare_later, compare_received
from tests import make
from tests.judging.judging_make import a_deliberating_round, a_scoring_round, an_entry
from tests.site import Site
from tests.solutions.entries import a_received_solution

COPIED = (
    "Mỗi cảm biến siêu âm đo mực nước trong cống mười giây một lần rồi gửi về trạm điều hành qua sóng LoRa của quận."
)
OWN = "Chúng tôi huấn luyện mô hình học sâu trên ảnh ra đa thời tiết và bản đồ cao độ của từng lưu vực nhỏ."


@pytest.fixture
def challenge(app):
    return make.a_closed_challenge()


def secretary(challenge) -> object:
    return make.a_member(challenge.agency, Role.MEMBER, "Lê Thu Thư")


def page_of(app, solution) -> Site:
    return Site(app, secretary(solution.challenge), language="en").open(f"/solutions/{solution.reference}")


@pytest.mark.feature("38")
def test_the_secretary_sees_the_matching_passages_beside_each_other(app, challenge):
    first = a_received_solution(challenge, approach=f"Theo kế hoạch, {COPIED}")
    second = a_received_solution(challenge, approach=f"Phương án: {COPIED.lower()} Ngoài ra không có gì.", team=OWN)
    assert "It has not been compared with other solutions yet." in page_of(app, second).main

    compare_entries(challenge.id)
    db.session.commit()

    site = page_of(app, second)
    assert "A hint to look at, not a finding" in site.main
    quotes = [each.get_text(strip=True) for each in site.page.find_all("blockquote")]
    assert COPIED.lower().rstrip(".") in [quote.rstrip(".") for quote in quotes]
    assert COPIED.rstrip(".") in [quote.rstrip(".") for quote in quotes]
    assert first.organisation.name_vi in site.main


@pytest.mark.feature("38")
def test_an_entry_of_an_earlier_edition_is_recognised(app, challenge):
    last_year = {"opens_at": clock.now() - timedelta(days=400), "closes_at": clock.now() - timedelta(days=365)}
    before = make.a_closed_challenge(challenge.agency, title_vi="Bài toán năm trước", title_en=None, **last_year)
    minh = make.a_member(make.an_organisation("Công ty Cũ"))
    a_received_solution(before, minh, approach=COPIED)
    again = a_received_solution(challenge, minh, approach=COPIED)

    compare_received(challenge)
    db.session.commit()

    site = page_of(app, again)
    assert "Bài toán năm trước" in site.main
    assert "the same entrant" in site.main


@pytest.mark.feature("38")
def test_an_earlier_prize_is_named_and_a_winner_elsewhere_is_compared_by_what_is_public(app, challenge):
    made = a_deliberating_round(2, judges=1)
    winner = made.entries[0]
    version = winner.versions[0]
    version.content = version.content | {"summary": COPIED, "approach": OWN}
    results.publish_results(made.draft(), actor=made.manager)
    copy = an_entry(challenge, winner.organisation, summary=COPIED, approach=OWN)

    compare_received(challenge)
    db.session.commit()

    site = page_of(app, copy)
    assert "Earlier prizes of this entrant" in site.main
    assert "it won a prize" in site.main
    passages = [passage["theirs"] for hint in db.session.scalars(select(LikenessHint)) for passage in hint.passages]
    assert any("cảm biến siêu âm" in passage for passage in passages)
    assert [passage for passage in passages if "mô hình học sâu" in passage] == []


@pytest.mark.feature("38")
def test_what_another_agency_received_and_did_not_publish_is_not_compared(app, challenge):
    a_received_solution(make.a_closed_challenge(), approach=COPIED)
    mine = a_received_solution(challenge, approach=COPIED)

    assert compare_received(challenge) == 0
    db.session.commit()

    assert "No passage agrees with another solution" in page_of(app, mine).main


def test_the_challenges_own_words_are_nobodys_copy(app):
    challenge = make.a_closed_challenge(description_vi=COPIED)
    for _ in range(2):
        a_received_solution(challenge, make.a_member(make.an_organisation()), approach=COPIED)

    compare_received(challenge)

    passages = [passage["mine"] for hint in db.session.scalars(select(LikenessHint)) for passage in hint.passages]
    assert passages != []
    assert [passage for passage in passages if "cảm biến siêu âm đo mực nước" in passage] == []


@pytest.mark.feature("38", "N8")
def test_before_closing_nothing_is_compared_and_the_work_waits_for_the_end(app):
    challenge = make.a_challenge()
    for _ in range(2):
        a_received_solution(challenge, make.a_member(make.an_organisation()), approach=COPIED)
    compare_later(challenge)
    db.session.commit()

    jobs.run_waiting()
    compare_entries(challenge.id)
    db.session.commit()

    assert db.session.scalars(select(LikenessHint)).all() == []
    assert db.session.scalars(select(Comparison)).all() == []
    with clock.at(challenge.closes_at):
        jobs.run_waiting()
    assert len(db.session.scalars(select(LikenessHint)).all()) == 2


@pytest.mark.feature("38")
def test_judges_and_entrants_see_no_hint(app):
    made = a_scoring_round(2, judges=1)
    for entry in made.entries:
        entry.versions[0].content = entry.versions[0].content | {"approach": COPIED}
    compare_received(made.challenge)
    db.session.commit()
    assert "Similar texts" in page_of(app, made.entries[0]).main

    judge, entrant = made.judges[0], made.entries[0].author
    sheet = made.sheet(judge, made.entries[0])
    seen = [
        Site(app, judge, language="en").open(f"/judging/sheets/{sheet.reference}"),
        Site(app, entrant, language="en").open(f"/solutions/{made.entries[0].reference}"),
    ]

    assert [site.status for site in seen] == [200, 200]
    assert [site.address for site in seen if "Similar" in site.main] == []


def test_comparing_twice_finds_the_same_and_the_journal_holds_no_text(app, challenge):
    for _ in range(3):
        a_received_solution(challenge, make.a_member(make.an_organisation()), approach=COPIED)

    counts = [compare_received(challenge) for _ in range(2)]
    db.session.commit()

    assert counts == [6, 6]
    assert len(db.session.scalars(select(LikenessHint)).all()) == 6
    lines = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "EntriesCompared")).all()
    assert [line.facts for line in lines] == [{"entries": 3, "hints": 6}] * 2
    assert [line for line in lines if "siêu âm" in f"{line.changes}"] == []


def test_screening_asks_for_the_comparison_at_once(app, challenge):
    a_received_solution(challenge)
    lan = secretary(challenge)

    Site(app, lan, language="en").open(f"/challenges/{challenge.slug}/solutions").press("Begin the check")
    jobs.run_waiting()

    assert challenge.stage == Stage.SCREENING
    assert db.session.scalars(select(Comparison)).one().entry_count == 1
