"""Anybody can recompute a published ranking from a bundle without names."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.judging.bundles import recompute
from tests.judging.judging_make import a_deliberating_round, a_scoring_round
from tests.site import Site


def a_published_round(**options):
    made = a_deliberating_round(3, judges=3, **options)
    made.publish()
    return made


@pytest.mark.feature("N14")
def test_the_bundle_of_the_results_page_gives_the_published_ranking_byte_for_byte(app, tmp_path):
    made = a_published_round()
    site = Site(app, language="en").open(f"/results/{made.challenge.slug}")
    site.click("Bundle of rules and scores (JSON)")
    file = tmp_path / "bundle.json"
    file.write_bytes(site.body)
    published = site.open(f"/results/{made.challenge.slug}").click("Published ranking (CSV)").body

    printed = app.test_cli_runner().invoke(args=["judging", "recompute", str(file)])

    assert printed.exit_code == 0
    assert printed.stdout_bytes == published
    assert published.decode().splitlines()[0] == "place,entry,mean,sheets"
    assert [line.split(",")[0] for line in published.decode().splitlines()[1:]] == ["1", "2", "3"]


def test_another_score_gives_another_ranking(app, tmp_path):
    made = a_published_round()
    bundle = json.loads(Site(app).open(f"/results/{made.challenge.slug}/bundle.json").body)
    before = recompute(bundle)

    for points in (sheet["points"] for sheet in bundle["sheets"]):
        points["C1"] = 10 - points["C1"]

    assert recompute(bundle) != before


def test_a_bundle_names_nobody(app):
    made = a_published_round()

    text = Site(app).open(f"/results/{made.challenge.slug}/bundle.json").body.decode()

    people = [*made.judges, made.secretary, *(entry.author for entry in made.entries)]
    told = [each.full_name for each in people] + [each.email for each in people]
    told += [entry.title_vi for entry in made.entries] + [entry.reference for entry in made.entries]
    told += [entry.organisation.name_vi for entry in made.entries] + [made.seat(each).reference for each in made.judges]
    assert [word for word in told if word in text] == []


def test_nothing_of_it_exists_before_publication(app):
    made = a_deliberating_round(2, judges=2)
    paths = [f"/results/{made.challenge.slug}/{name}" for name in ("bundle.json", "ranking.csv")]

    for person in (None, made.secretary, made.judges[0], made.entries[0].author):
        assert [Site(app, person).open(path).status for path in paths] == [404, 404]
    made.draft()
    assert [Site(app, made.manager).open(path).status for path in paths] == [404, 404]


def test_only_sheets_that_counted_are_told(app):
    made = a_scoring_round(2, judges=3)
    for judge in made.judges[:2]:
        for entry, points in zip(made.entries, (8, 6), strict=True):
            made.score(judge, entry, points, points)
    made.score(made.judges[2], made.entries[0], 9, 9, final=False)
    made.deliberate()
    made.publish()

    bundle = json.loads(Site(app).open(f"/results/{made.challenge.slug}/bundle.json").body)

    assert len(bundle["sheets"]) == 4


@given(
    st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 9), st.integers(0, 3) | st.none()), max_size=9),
    st.randoms(),
)
def test_the_order_of_the_bundle_changes_no_byte(given_points, order):
    criteria = [
        {"code": "C1", "position": 1, "weight_bp": 6000, "maximum": 10},
        {"code": "C2", "position": 2, "weight_bp": 4000, "maximum": 3},
    ]
    bundle = {
        "format": 1,
        "rules": {"quorum": 1, "tiebreaks": ["criteria", "lowest", "spread"], "criteria": criteria},
        "entries": [{"code": code, "received_at": None, "lot": None} for code in "ABC"],
        "sheets": [{"entry": entry, "points": {"C1": one, "C2": two}} for entry, one, two in given_points],
    }
    shuffled = {
        **bundle,
        "entries": order.sample(bundle["entries"], 3),
        "sheets": order.sample(bundle["sheets"], len(bundle["sheets"])),
    }

    assert recompute(shuffled) == recompute(bundle)


def test_what_is_no_bundle_is_refused():
    with pytest.raises(ValueError):
        recompute({"format": 2})
