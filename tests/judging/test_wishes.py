"""Judges say what they would like to read before entries are assigned."""

import pytest

from marketplace.db import db
from marketplace.errors import NotReady, Refused, WrongStage
from marketplace.judging.assignment import Infeasible
from marketplace.judging.queries.wishes import wishes_of
from marketplace.judging.services import assigning, panels, wishes
from marketplace.judging.stages import Wish
from marketplace.organisations.stages import Helix
from tests import make
from tests.judging.judging_make import a_round, declare
from tests.site import Site


@pytest.fixture
def made(app):
    made = a_round(2, judges=2, reviews=1, max_load=1)
    for judge in made.judges:
        declare(made, judge)
    return made


def said(made, judge):
    found = wishes_of([made.seat(judge)])
    return [found[made.seat(judge).id, entry.id].wish for entry in made.entries]


@pytest.mark.feature("55")
def test_a_judge_says_what_they_would_like_to_read_and_the_assignment_weighs_it(app, made):
    lan, minh = made.judges
    site = Site(app, lan, language="en").open("/judging").click("Say what you would like to read")
    assert all(entry.title_vi in site.main and entry.summary in site.main for entry in made.entries)

    site.press("Save my wishes", wish_1="rather_not", wish_2="want")

    assert "Your wishes are noted." in site.text
    assert said(made, lan) == [Wish.RATHER_NOT, Wish.WANT]
    assert (
        site.open(f"/judging/{made.panel.reference}/wishes").page.find("input", checked=True)["value"] == "rather_not"
    )
    assigning.assign_judges(made.panel, actor=made.secretary)
    pairs = {(sheet.seat.person_id, sheet.solution_id) for sheet in made.sheets()}
    assert pairs == {(lan.id, made.entries[1].id), (minh.id, made.entries[0].id)}


def test_nobody_wishes_for_a_conflicted_entry_for_others_or_too_late(app):
    made = a_round(2, judges=2, reviews=1)
    lan, minh = made.judges
    declare(made, lan, made.entries[0])
    declare(made, minh)
    page = Site(app, lan, language="en").open(f"/judging/{made.panel.reference}/wishes")
    assert made.entries[0].title_vi not in page.main
    with pytest.raises(NotReady):
        wishes.say_wishes(made.seat(lan), actor=lan, wishes={made.entries[0].id: Wish.WANT})
    with pytest.raises(Refused):
        wishes.say_wishes(made.seat(lan), actor=minh, wishes={})
    db.session.rollback()
    assigning.assign_judges(made.panel, actor=made.secretary)

    with pytest.raises(WrongStage):
        wishes.say_wishes(made.seat(minh), actor=minh, wishes={made.entries[0].id: Wish.WANT})
    assert Site(app, minh).open(f"/judging/{made.panel.reference}/wishes").status == 404
    assert Site(app, made.secretary).open(f"/judging/{made.panel.reference}/wishes").status == 404


def test_in_a_blind_round_wishes_are_said_without_knowing_who_entered(app):
    made = a_round(1, judges=1, reviews=1, rules={"rounds": [{"blind": "blind", "best": None}]})
    declare(made, made.judges[0])
    version = made.entries[0].last_version
    version.content = {**version.content, "summary": f"Do {made.entries[0].organisation.name_vi} lập."}
    db.session.commit()

    site = Site(app, made.judges[0], language="en").open(f"/judging/{made.panel.reference}/wishes")

    assert "Do ▒▒▒ lập." in site.main
    assert made.entries[0].organisation.name_vi not in site.main


@pytest.mark.feature("68")
def test_where_the_rules_say_so_every_entry_is_read_by_all_three_houses(app):
    made = a_round(2, judges=0, reviews=3, rules={"mix_required": True})
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel")
    for number, side in enumerate(("state", "academia", "academia", "academia", "business"), 1):
        email = f"giamkhao{number}@hoidong.vn"
        made.judges.append(
            make.a_person(f"Giám khảo {number}", email=email, expertise="cảm biến" * (side == "academia"))
        )
        site.open(f"{made.path}/panel").press("Invite", email=email, role="judge", side=side)
        panels.accept_seat(made.seat(made.judges[-1]), actor=made.judges[-1], undertaking=True)
    for judge in made.judges:
        declare(made, judge)

    site.open(f"{made.path}/panel").press("Assign judges")

    for entry in made.entries:
        sides = {sheet.seat.side for sheet in made.sheets() if sheet.solution_id == entry.id}
        assert sides == {Helix.STATE, Helix.ACADEMIA, Helix.BUSINESS}


def test_without_a_voice_of_each_house_nobody_is_assigned(app):
    made = a_round(1, judges=3, reviews=3, rules={"mix_required": True})
    for judge in made.judges:
        declare(made, judge)

    with pytest.raises(Infeasible):
        assigning.assign_judges(made.panel, actor=made.secretary)
