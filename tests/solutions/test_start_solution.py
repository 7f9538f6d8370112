"""Beginning a solution from the page of a challenge."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from marketplace import clock
from marketplace.audit.models import JournalEntry
from marketplace.db import db
from marketplace.errors import Refused
from marketplace.organisations.stages import Kind, Role
from marketplace.solutions import services
from marketplace.solutions.models import Solution
from tests import make
from tests.site import Site
from tests.solutions.entries import a_solution, an_empty_solution


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Solution))


@pytest.mark.feature("21")
def test_a_member_starts_a_draft_from_the_page_of_an_open_challenge(app):
    challenge, minh = make.a_challenge(), make.a_member(make.an_organisation("Công ty Mưa Phố"))

    site = Site(app, minh, language="en").open(f"/challenges/{challenge.slug}").click("Start a solution")
    site.press("Start", title="Cảnh báo  ngập\u200b", language="vi")

    solution = db.session.scalars(select(Solution)).one()
    assert (solution.title_vi, solution.language, solution.stage) == ("Cảnh báo ngập", "vi", "draft")
    assert solution.organisation.name_vi == "Công ty Mưa Phố"
    assert site.address == f"/en/solutions/{solution.reference}"
    assert "Not started" in site.main
    assert db.session.scalar(select(JournalEntry.event).order_by(JournalEntry.id.desc()).limit(1)) == "SolutionStarted"


def test_a_second_press_leads_to_the_same_draft(app):
    challenge, minh = make.a_challenge(), make.a_member(make.an_organisation())
    solution = an_empty_solution(challenge, minh)

    site = Site(app, minh, language="en").open(f"/challenges/{challenge.slug}/solutions/new").press("Start", title="X")

    assert (site.status, site.address, count()) == (200, f"/en/solutions/{solution.reference}", 1)


def test_who_belongs_to_several_organisations_chooses_one(app):
    challenge, minh = make.a_challenge(), make.a_member(make.an_organisation("Công ty Một"))
    second = make.an_organisation("Viện Hai", kind=Kind.INSTITUTE)
    services_join(minh, second)
    site = Site(app, minh, language="en").open(f"/challenges/{challenge.slug}/solutions/new")

    nothing_chosen = site.press("Start", title="Mô hình mở").errors
    site.press("Start", title="Mô hình mở", organisation=second.slug)

    assert nothing_chosen == ["Choose in whose name the solution stands."]
    assert db.session.scalars(select(Solution)).one().organisation.name_vi == "Viện Hai"


def services_join(person, organisation):
    from marketplace.organisations.services import start_membership

    start_membership(organisation, person, role=Role.MEMBER, giver=person)
    db.session.commit()


@pytest.mark.parametrize(("title", "kept"), [("", ""), (" \u200b ", ""), ("d" * 301, "d" * 301)])
def test_a_refused_title_is_kept_in_the_form(app, title, kept):
    challenge, minh = make.a_challenge(), make.a_member(make.an_organisation())

    site = (
        Site(app, minh, language="en").open(f"/challenges/{challenge.slug}/solutions/new").press("Start", title=title)
    )

    assert (site.status, site.value("title"), count()) == (422, kept, 0)


@pytest.mark.feature("T-070")
def test_viewers_and_state_bodies_do_not_answer(app):
    challenge = make.a_challenge()
    viewer = make.a_member(make.an_organisation(), Role.VIEWER)
    official = make.a_member(make.an_agency(), Role.OWNER)

    answers = [
        Site(app, person, language="en").send(
            f"/challenges/{challenge.slug}/solutions/new", title="X", language="vi", organisation="x"
        )
        for person in (viewer, official)
    ]

    assert [site.status for site in answers] == [403, 403]
    assert count() == 0


def test_nobody_starts_in_the_name_of_an_organisation_they_do_not_belong_to(app):
    challenge, minh, other = make.a_challenge(), make.a_member(make.an_organisation()), make.an_organisation()

    site = Site(app, minh, language="en").open(f"/challenges/{challenge.slug}/solutions/new")
    site.press("Start", title="X", organisation=other.slug)

    assert (site.status, count()) == (422, 0)
    with pytest.raises(Refused):
        services.start_solution(challenge, actor=minh, organisation=other, title_vi="X")


@pytest.mark.parametrize("state", ["forecast", "closed"])
def test_only_an_open_challenge_is_answered(app, state):
    now = datetime.now(UTC)
    times = {"opens_at": now + timedelta(days=1), "closes_at": now + timedelta(days=5)} if state == "forecast" else {}
    challenge = make.a_challenge(**times) if times else make.a_closed_challenge()
    minh = make.a_member(make.an_organisation())

    site = Site(app, minh, language="en").open(f"/challenges/{challenge.slug}/solutions/new")
    sent = Site(app, minh, language="en").send(f"/challenges/{challenge.slug}/solutions/new", title="X", language="vi")

    assert (site.status, sent.status, count()) == (409, 409, 0)


def test_the_page_of_a_challenge_offers_what_fits_the_reader(app):
    challenge, minh = make.a_challenge(), make.a_member(make.an_organisation())
    linh, official = make.a_member(make.an_organisation()), make.a_member(challenge.agency)
    a_solution(challenge, minh)
    address = f"/challenges/{challenge.slug}"

    def links(person):
        offered = ("Continue your solution", "Start a solution", "Sign in to answer", "Solutions received")
        return [link for link in Site(app, person, language="en").open(address).links() if link in offered]

    assert links(minh) == ["Continue your solution"]
    assert links(linh) == ["Start a solution"]
    assert links(None) == ["Sign in to answer"]
    assert links(official) == []
    with clock.at(challenge.closes_at):
        assert links(official) == ["Solutions received"]
        assert links(linh) == links(None) == []
