"""The pages that show suggestions, and the worker that makes them."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from marketplace import clock, jobs
from marketplace.challenges.services import publish_challenge
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.jobs import OutboxJob
from marketplace.matching.listeners import GRACE, WINDOW
from marketplace.matching.models import Suggestion
from marketplace.matching.queries import suggestions_for
from marketplace.matching.services import suggest_partners
from marketplace.organisations.models import Place
from marketplace.organisations.services import add_track_record, edit_organisation
from marketplace.organisations.stages import Kind, Role
from marketplace.relevance.tokens import terms
from marketplace.solutions.models import Solution
from marketplace.solutions.stages import Stage as SolutionStage
from tests import make
from tests.matching import world
from tests.queries import count_queries
from tests.site import Site


def a_matched_challenge(**fields):
    challenge = make.a_challenge(**{**world.FLOODS, **fields})
    suggest_partners(challenge)
    db.session.commit()
    return challenge


def cards(site):
    """By name of the organisation the lines of its card."""
    return {
        card.h3.get_text(" ", strip=True): [line.get_text(" ", strip=True) for line in card.find_all("li")]
        for card in site.page.find_all("article")
    }


@pytest.mark.feature("40", "42", "43", "N1", "N2")
def test_a_signed_in_person_reads_who_is_suggested_and_why(app):
    world.a_city()
    challenge = a_matched_challenge()

    site = Site(app, make.a_person(), language="en").open(f"/challenges/{challenge.slug}/partners")

    assert site.status == 200
    assert list(cards(site)) == ["Công ty Phố Khô", "Nhóm Mưa Rào", "Viện Thủy văn Ứng dụng"]
    company = cards(site)["Công ty Phố Khô"]
    assert [*company[:2], *company[5:]] == [
        "Shows what the challenge asks for: water level sensors",
        "Works on the same topics: flood, sensor",
        "Adds a house that the challenge does not have yet: Business",
        "Lines of past work: 2, the newest of 2025",
        "Technology readiness levels 5 to 8",
    ]
    phrase = r"“Cảnh báo ngập” in “Cảnh báo ngập cho 40 tuyến phố” \(2024\): \d+% of the shared words"
    assert re.fullmatch(phrase, company[2])
    missing = site.page.find("article").find("b").parent.get_text(" ", strip=True)
    assert missing == "Still missing beside it: Academia, urban hydrology, management accounting"
    assert "Suggested by the system from public profiles." in site.main


@pytest.mark.feature("41")
def test_each_suggestion_shows_its_score(app):
    world.a_city()
    challenge = a_matched_challenge()
    scores = [f"Score {each.score} of 1,000" for each in suggestions_for(challenge)]

    site = Site(app, make.a_person(), language="en").open(f"/challenges/{challenge.slug}/partners")

    shown = [card.find_all("p")[1].get_text(strip=True) for card in site.page.find_all("article")]
    assert shown == scores


def test_phrases_are_shown_in_the_readers_language_where_there_are_some(app):
    both = {"summary_vi": "Cảnh báo ngập theo tuyến phố.", "summary_en": "Street-level flood warning."}
    make.an_organisation("Công ty Hai Thứ Tiếng", **both)
    challenge, person = a_matched_challenge(), make.a_person()

    shown = [
        Site(app, person, language=language).open(f"/challenges/{challenge.slug}/partners").main
        for language in ("vi", "en")
    ]

    assert ["“Cảnh báo ngập theo tuyến phố”" in text for text in shown] == [True, False]
    assert ["“Street-level flood warning”" in text for text in shown] == [False, True]


@pytest.mark.feature("42", "N1")
def test_every_reason_can_be_checked_on_the_public_profile_by_a_visitor(app, visitor):
    company = world.a_city()["company"]
    company.place = Place(code="1", name_vi="Phường Láng", name_en="Lang Ward", former_district="", former_units="")
    company.created_at = clock.now() - timedelta(days=400)
    an_award(company, make.a_challenge(stage=Stage.RESULTS_PUBLISHED, title_vi="Thoát nước thông minh"))
    challenge = a_matched_challenge()

    suggestions = suggestions_for(challenge)

    assert len(suggestions) == 3
    kinds = {fact["code"] for each in suggestions for fact in each.facts}
    assert kinds == {"capabilities", "topics", "awards", "records", "readiness", "place", "stale"}
    for each in suggestions:
        address = f"/organisations/{each.organisation.slug}"
        page = Site(app, language="en").open(address)
        shown = visitor.open(address).text + "\n" + page.text
        assert [term["term"] for term in each.terms if term["term"] not in shown] == []
        assert [fact["code"] for fact in each.facts if not stands(fact, shown, page)] == []
        assert each.adds is None or each.adds.value.capitalize() in page.text


def stands(fact, shown, page):
    """Whether a page shows a fact: capabilities and topics by words that name them, the rest as numbers and names."""
    values, said = fact["values"], {term.name for term in terms(shown)}
    lines = {heading.get_text(strip=True): heading.find_next("ul") for heading in page.page.find_all("h2")}
    return {
        "topics": lambda: {f"#{topic}" for topic in values} <= said,
        "capabilities": lambda: all(any(names(need[each]) <= said for each in ("vi", "en")) for need in values),
        "awards": lambda: len(lines["Won here"].find_all("li")) == values[0],
        "records": lambda: len(lines["Track record"].find_all("li")) == values[0] and str(values[1] or "") in shown,
        "readiness": lambda: f"levels {values[0]} to {values[1]}" in shown,
        "stale": lambda: f"Last confirmed on {values[0]}" in shown,
        "place": lambda: values[0]["vi"] in shown and values[0]["en"] in shown,
    }[fact["code"]]()


def names(text):
    return {term.name for term in terms(text)}


@pytest.mark.feature("43")
def test_the_houses_and_capabilities_that_nobody_brings_are_named(app):
    world.a_flood_company()
    challenge = a_matched_challenge()

    site = Site(app, make.a_person(), language="en").open(f"/challenges/{challenge.slug}/partners")

    missing = site.page.find("h2", string="What is still missing").find_next("ul")
    assert [line.get_text(" ", strip=True) for line in missing.find_all("li")] == [
        "No organisation of this house fits yet: Academia",
        "No suggested organisation shows this capability: urban hydrology",
        "No suggested organisation shows this capability: management accounting",
    ]


def test_published_awards_are_a_fact_and_unpublished_ones_are_not(app):
    company = world.a_flood_company()
    for stage in (Stage.RESULTS_PUBLISHED, Stage.DECIDED):
        an_award(company, make.a_challenge(stage=stage))
    challenge = a_matched_challenge()

    site = Site(app, make.a_person(), language="en").open(f"/challenges/{challenge.slug}/partners")

    assert "Entries that won here before: 1" in cards(site)["Công ty Phố Khô"]


def an_award(organisation, challenge):
    author = make.a_member(organisation)
    times = {"created_at": clock.now(), "saved_at": clock.now()}
    entry = Solution(challenge=challenge, organisation=organisation, author=author, title_vi="Giải pháp", **times)
    entry.stage = SolutionStage.AWARDED
    db.session.add(entry)
    db.session.commit()


def test_a_visitor_is_asked_to_sign_in(app, visitor):
    world.a_city()
    challenge = a_matched_challenge()

    visitor.open(f"/challenges/{challenge.slug}/partners")

    assert visitor.address == "/sign-in"
    assert "Phố Khô" not in visitor.html


def test_a_draft_has_no_page_of_suggestions_even_for_its_authors(app):
    agency = make.an_agency()
    draft = make.a_draft_challenge(agency)

    site = Site(app, make.a_member(agency), language="en").open(f"/challenges/{draft.slug}/partners")

    assert site.status == 404


def test_without_suggestions_the_page_says_when_they_come(app):
    challenge = make.a_challenge()

    site = Site(app, make.a_person(), language="en").open(f"/challenges/{challenge.slug}/partners")

    assert "No suggestions yet" in site.main


def test_the_challenge_names_the_best_three_to_those_who_signed_in(app, visitor):
    world.a_city()
    make.evidence(world.a_flood_company(), "Cảnh báo ngập", "Ngập úng")
    challenge = a_matched_challenge()

    site = Site(app, make.a_person(), language="en").open(f"/challenges/{challenge.slug}")
    visitor.open(f"/challenges/{challenge.slug}")

    aside = BeautifulSoup(str(site.page.find("aside")), "lxml")
    heading = aside.find("h2", string="Suggested partners")
    assert [line.a.get_text(strip=True) for line in heading.find_next("ol").find_all("li")] == [
        each.organisation.name_vi for each in suggestions_for(challenge)[:3]
    ]
    assert site.click("All suggestions and their reasons").status == 200
    assert "Phố Khô" not in visitor.html


def test_the_page_asks_as_much_of_the_database_for_one_suggestion_as_for_many(app):
    person, counts = make.a_person(), []
    for maker in (world.a_flood_company, world.a_city):
        maker()
        challenge = a_matched_challenge()
        site = Site(app, person, language="en")
        with count_queries() as counted:
            site.open(f"/challenges/{challenge.slug}/partners")
        counts.append((len(site.page.find_all("article")), len(counted)))

    assert [number for number, _ in counts] == [1, 4]
    assert counts[0][1] == counts[1][1]


def test_suggesting_reads_as_often_for_one_organisation_as_for_many(app):
    counts = []
    for maker in (world.a_flood_company, world.a_city):
        maker()
        challenge = make.a_challenge(**world.FLOODS)
        db.session.commit()
        with count_queries() as counted:
            suggest_partners(challenge)
            db.session.commit()
        counts.append(len([each for each in counted if each.startswith("SELECT")]))

    assert counts[0] == counts[1]


def test_publishing_lets_the_worker_suggest_and_doing_it_twice_changes_nothing(app):
    world.a_city()
    challenge = make.a_draft_challenge(**world.FLOODS, stage=Stage.IN_REVIEW)
    publish_challenge(challenge, actor=make.an_operator())
    db.session.commit()

    jobs.run_waiting()
    first = rows()
    db.session.execute(OutboxJob.__table__.update().values(done_at=None))
    db.session.commit()
    jobs.run_waiting()

    assert len(first) == 3
    assert rows() == first
    assert not db.session.scalars(select(OutboxJob.last_error).where(OutboxJob.last_error.is_not(None))).all()


def test_changed_profiles_are_taken_up_once_at_the_end_of_the_window(app):
    company = world.a_flood_company()
    manager = make.a_member(company, Role.MANAGER)
    challenge = a_matched_challenge()
    farm = world.a_farm()

    edit_organisation(company, actor=manager, summary_vi="Bán bảo hiểm.")
    add_track_record(farm, actor=None, kind="project", title_vi="Cảnh báo ngập úng cho ruộng rau", year=2025)
    db.session.commit()
    waiting = db.session.scalars(select(OutboxJob).where(OutboxJob.kind == "refresh_suggestions")).all()
    before = rows()
    with clock.at(clock.now() + WINDOW + GRACE):
        jobs.run_waiting()

    assert len(waiting) in (1, 2)  # two where a window ended between the two deeds
    assert rows() != before
    assert farm in [each.organisation for each in suggestions_for(challenge)]


def test_challenges_that_take_no_solutions_any_more_keep_their_suggestions(app):
    world.a_flood_company()
    challenge = a_matched_challenge()
    closed = make.a_closed_challenge(**world.FLOODS)
    world.an_institute()
    add_track_record(world.a_farm(), actor=None, kind="project", title_vi="Ngập úng", year=2025)
    db.session.commit()

    with clock.at(clock.now() + WINDOW + GRACE):
        jobs.run_waiting()

    assert [len(suggestions_for(each)) for each in (challenge, closed)] == [3, 0]


def rows():
    return [
        (each.id, each.organisation_id, each.row, each.place, each.score, each.terms, each.made_at)
        for each in db.session.scalars(select(Suggestion).order_by(Suggestion.id))
    ]


def test_the_agencys_kind_decides_which_houses_are_missing(app):
    university = make.an_organisation("Đại học Hỏi", kind=Kind.UNIVERSITY)
    world.a_city()

    suggestions = suggest_partners(make.a_challenge(university, **world.FLOODS))

    assert [each.adds for each in suggestions] == ["business", "business", None]
