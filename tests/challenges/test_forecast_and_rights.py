"""A challenge announced before it opens, and its terms on rights: what everybody reads, and who may do what when."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from marketplace import clock
from marketplace.challenges.stages import IpTerms
from marketplace.db import db
from marketplace.organisations.stages import Role
from marketplace.solutions.models import Solution
from tests import make
from tests.site import Site
from tests.solutions.entries import a_solution, organisation_of, received


@pytest.mark.feature("12")
def test_a_forecast_is_read_by_everybody_and_answered_by_nobody_until_it_opens(app):
    now = datetime.now(UTC)
    agency, entrant = make.an_agency(), make.a_member(make.an_organisation())
    draft = make.a_draft_challenge(agency, opens_at=now + timedelta(days=5), closes_at=now + timedelta(days=40))
    slug = organisation_of(entrant).slug
    page, visitor = f"/challenges/{draft.slug}", Site(app, language="en")
    Site(app, make.a_member(agency, Role.MANAGER), language="en").open(f"{page}/edit").press("Send for review")
    # before review is over there is no forecast, and only the operator makes one
    assert (visitor.open(page).status, Site(app, entrant).send(f"{page}/publication").status) == (404, 404)

    operator = Site(app, make.an_operator(), language="en").open(page)
    operator.press("Publish")

    assert operator.send(f"{page}/publication").status == 409
    assert visitor.open(page).page.find(class_="chip").get_text(strip=True) == "Opening soon"
    assert str(draft.title_en or draft.title_vi) in visitor.open("/challenges?phase=forecast").main
    assert str(draft.title_en or draft.title_vi) not in visitor.open("/challenges?phase=open").main
    early = Site(app, entrant, language="en")
    assert early.open(page).status == 200
    assert "Start a solution" not in early.main
    refused = early.send(f"{page}/solutions/new", organisation=slug, title="Sớm", language="vi")
    assert (refused.status, db.session.scalar(select(func.count()).select_from(Solution))) == (409, 0)
    with clock.at(now + timedelta(days=5, minutes=1)):
        early = Site(app, entrant, language="en").open(f"{page}/solutions/new")
        early.press("Start", organisation=slug, title="Đúng giờ", language="vi")
        assert (early.status, db.session.scalar(select(func.count()).select_from(Solution))) == (200, 1)


@pytest.mark.feature("19")
def test_the_terms_on_rights_are_chosen_read_before_entering_and_accepted_as_they_then_read(app):
    agency = make.an_agency()
    lan, entrant = make.a_member(agency), make.a_member(make.an_organisation())
    draft = make.a_draft_challenge(agency, ip_terms=None)
    adoption = f"/challenges/{draft.slug}/edit/adoption"
    assert Site(app, entrant).send(adoption, ip_terms="open").status in (403, 404)
    site = Site(app, lan, language="en").open(adoption)
    offered = [choice["value"] for choice in site.page.select("input[name=ip_terms]")]
    assert offered == [each.value for each in IpTerms]
    assert site.press("Save", ip_terms="everything").status == 422

    site.press("Save", ip_terms="licence")

    challenge = make.a_challenge(agency, ip_terms=IpTerms.LICENCE)
    licence = "The entrant keeps the rights and licenses the agency to use the solution"
    assert licence in Site(app, language="en").open(f"/challenges/{challenge.slug}").main
    assert Site(app, lan).send(f"/challenges/{challenge.slug}/edit/adoption", ip_terms="open").status == 409
    solution = a_solution(challenge, entrant)
    solution.terms_accepted_at = solution.terms_accepted_by = None
    db.session.commit()
    terms = Site(app, entrant, language="en").open(f"/solutions/{solution.reference}/edit/terms")
    assert f"{licence}." in terms.main
    assert (terms.press("Accept").status, solution.terms_accepted_at) == (422, None)
    stranger = Site(app, make.a_member(make.an_organisation()))
    assert stranger.send(f"/solutions/{solution.reference}/edit/terms", accepts="y", certifies="y").status == 404
    for _twice in range(2):
        terms.open(f"/solutions/{solution.reference}/edit/terms").press("Accept", accepts="y", certifies="y")
    version = received(solution)
    assert (terms.status, version.content["terms"]["ip_terms"]) == (200, "licence")
    assert f": {licence}." in Site(app, entrant, language="en").open(f"/solutions/{solution.reference}/check").main
