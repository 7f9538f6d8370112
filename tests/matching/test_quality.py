"""How well the engine finds the right organisation, on the judged set of this project, and the page that says so."""

import json

import pytest

from marketplace.matching.quality import FOLDER, SPELLINGS, kept_figures, measure
from tests.site import Site


@pytest.fixture(scope="module")
def figures():
    return measure()


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_right_organisation_is_among_three_for_nine_of_ten_needs(figures, spelling):
    assert figures["spellings"][spelling]["top_3"] >= 0.9


def test_the_figures_kept_are_those_of_this_model(figures):
    assert json.loads((FOLDER / "figures.json").read_text(encoding="utf-8")) == figures


def test_measuring_twice_gives_the_same(figures):
    assert measure() == figures


@pytest.mark.feature("50", "N5")
def test_everybody_can_read_the_figures_and_the_model(app):
    site = Site(app, language="en").open("/matching/quality")

    assert site.status == 200
    assert "40 needs" in site.main
    assert "Schools need safe drinking water; their wells hold arsenic" in site.main
    assert "Drinking water filters for schools; removes arsenic from wells" in site.main
    assert "Vietnamese without diacritics" in site.main
    assert kept_figures()["model"] in site.main


@pytest.mark.feature("N5")
def test_the_figures_can_be_measured_again_by_a_command(app):
    told = app.test_cli_runner().invoke(args=["matching", "quality"])

    assert json.loads(told.output) == kept_figures()
