"""A contest of full size is made by the real deeds, here with a handful of entries."""

from marketplace import clock
from marketplace.challenges.stages import Field, Stage
from marketplace.demo.contest import make_contest
from marketplace.demo.contest_rounds import judge_contest
from marketplace.judging.queries.entries import entries_of
from marketplace.judging.queries.panels import entries_in_round
from marketplace.organisations.stages import Role
from tests import make
from tests.site import Site


def test_a_contest_has_fields_two_rounds_and_tiers_and_its_panel_deliberates(app):
    agency = make.an_agency()
    people = {"oanh": make.a_member(agency), "lam": make.a_member(agency, Role.MANAGER), "vinh": make.an_operator()}

    panel = make_contest(clock.now(), count=7, people=people)
    judge_contest(panel, secretary=people["oanh"], at=clock.now())

    assert (panel.challenge.stage, panel.round) == (Stage.DELIBERATION, 2)
    assert {entry.field for entry in entries_of(panel.challenge)} == set(Field) - {Field.OTHER}
    assert len(entries_in_round(panel)) in (6, 7)
    site = Site(app, people["oanh"], language="en").open(f"/challenges/{panel.challenge.slug}/tiers")
    assert site.page.select("table.grid tbody tr input")[0]["value"] == "1"
