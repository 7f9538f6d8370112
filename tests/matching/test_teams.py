"""The best team: exact under its rules, explained, on the pages of challenges, drafts and entries."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.db import db
from marketplace.matching.teaming.teams import Candidate, Rules, best_team, coverage, fillers, told
from marketplace.organisations.stages import Helix
from marketplace.solutions.services import start_solution
from tests import make
from tests.matching import world
from tests.site import Site

HOUSES = st.sampled_from([Helix.ACADEMIA, Helix.BUSINESS, Helix.SUPPORT])
FITS = st.tuples(*[st.sampled_from([0.0, 0.3, 0.5, 0.8, 1.0])] * 3)
CANDIDATES = st.lists(
    st.builds(Candidate, st.just(0), HOUSES, st.sampled_from(["", "", "one"]), FITS), min_size=1, max_size=7
).map(lambda found: [Candidate(owner, each.house, each.group, each.fits) for owner, each in enumerate(found)])
SEATS = st.fixed_dictionaries({Helix.ACADEMIA: st.integers(0, 1), Helix.BUSINESS: st.integers(0, 1)})
RULES = st.builds(Rules, st.integers(2, 4), SEATS)


def keeps(team, rules):
    groups = [each.group for each in team if each.group]
    houses = [each.house for each in team]
    return len(set(groups)) == len(groups) and all(houses.count(house) >= least for house, least in rules.seats.items())


@settings(max_examples=40)
@given(CANDIDATES, RULES)
def test_no_team_under_the_rules_covers_more(candidates, rules):
    teams = [team for size in range(1, rules.size + 1) for team in combinations(candidates, size) if keeps(team, rules)]

    found = best_team(candidates, rules)

    if found is None:
        assert teams == []
    else:
        assert found.is_best
        assert found.coverage == pytest.approx(max(map(coverage, teams)), abs=1e-3)
        assert keeps([candidates[owner] for owner in found.members], rules)


def test_each_need_has_a_carrier_and_each_member_its_worth():
    maker = Candidate(1, Helix.BUSINESS, "", (0.8, 0.0, 0.2))
    school = Candidate(2, Helix.ACADEMIA, "", (0.0, 0.0, 0.6))

    team = told([maker, school])

    assert (team.coverage, team.carriers) == (0.4667, (1, None, 2))
    assert team.without == {1: 0.2, 2: 0.3333}


def test_a_gap_is_filled_by_whoever_shows_more_and_belongs_to_nobody_inside():
    inside = Candidate(1, Helix.BUSINESS, "0101", (0.9, 0.3))
    branch, free = Candidate(2, Helix.BUSINESS, "0101", (0.0, 1.0)), Candidate(3, Helix.ACADEMIA, "", (0.0, 0.7))

    assert fillers([inside, branch, free], [inside], need=1, most=3) == [(free, 0.8)]


def names(site):
    return [line.a.get_text(strip=True) for line in site.page.find("ul", class_="rows").find_all("li", recursive=False)]


@pytest.mark.feature("N2")
def test_the_page_names_the_best_team_and_who_carries_what(app):
    city = world.a_city()
    city["company"].tax_code = "0101234567"
    city["branch"] = world.a_flood_company(tax_code="0101234567-001")
    bookkeeper = make.an_organisation("Công ty Sổ Sách", capabilities=[{"vi": "Kế toán quản trị"}])
    challenge = make.a_challenge(**world.FLOODS)
    db.session.commit()

    site = Site(app, make.a_person(), language="en").open(f"/challenges/{challenge.slug}/partners")
    site.click("Put a team together")

    assert sorted(names(site)) == ["Công ty Phố Khô", "Công ty Sổ Sách", "Viện Thủy văn Ứng dụng"]
    carriers = {row.th.get_text(strip=True): row.td.get_text(strip=True) for row in site.page.tbody.find_all("tr")}
    assert carriers == {
        "urban hydrology": "Viện Thủy văn Ứng dụng",
        "water level sensors": "Công ty Phố Khô",
        "management accounting": "Công ty Sổ Sách",
    }
    assert "no better one exists" in site.main
    assert "Together they show 100%" in site.main

    site.open(f"/challenges/{challenge.slug}/team?size=5&academia=1&business=0&without={bookkeeper.slug}")
    assert "Công ty Sổ Sách" not in names(site)
    assert "Nobody in the team" in site.main

    site.open(f"/challenges/{challenge.slug}/team?academia=3&size=3")
    assert "No team keeps these rules" in site.main


@pytest.mark.feature("N2")
def test_an_agency_sounds_the_market_for_its_draft_and_nobody_else_sees_it(app):
    world.a_city()
    agency = make.an_agency()
    draft = make.a_draft_challenge(agency)
    draft.capabilities = world.FLOODS["capabilities"]
    db.session.commit()

    site = Site(app, make.a_member(agency), language="en").open(f"/challenges/{draft.slug}/edit")
    site.click("Sound the market: who could do it, and what nobody shows yet")

    assert "Viện Thủy văn Ứng dụng" in names(site)
    assert Site(app, make.a_person(), language="en").open(f"/challenges/{draft.slug}/team").status == 404


@pytest.mark.feature("N2")
def test_entrants_see_their_gaps_and_whom_to_invite(app):
    city = world.a_city()
    author = make.a_member(city["company"])
    solution = start_solution(
        make.a_challenge(**world.FLOODS), actor=author, organisation=city["company"], title_vi="Bản đồ ngập"
    )
    db.session.commit()

    site = Site(app, author, language="en").open(f"/solutions/{solution.reference}/partners")
    site.click("What the team shows of what is asked, and who would fill a gap")

    rows = {row.th.get_text(strip=True): row for row in site.page.tbody.find_all("tr")}
    assert "Invite Viện Thủy văn Ứng dụng" in rows["urban hydrology"].get_text()
    assert "Together they would show" in site.main
    assert Site(app, make.a_person(), language="en").open(f"/solutions/{solution.reference}/team").status == 404
