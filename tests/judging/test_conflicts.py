"""Conflicts of interest: found, declared before content, and given back late."""

from datetime import timedelta

import pytest

from marketplace import clock
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import NotReady, Refused, WrongStage
from marketplace.judging.interests import Ties, tie_of
from marketplace.judging.queries.entries import ties_of
from marketplace.judging.queries.panels import declarations_of
from marketplace.judging.services import assigning, conflicts, panels
from marketplace.judging.stages import Basis, SeatRole, SheetStage
from marketplace.organisations.models import Membership
from marketplace.organisations.stages import Role
from marketplace.solutions.models import Partner
from tests import make
from tests.judging.judging_make import a_judge, a_round, a_scoring_round, an_entry, declare
from tests.site import Site


def bases(made, judge):
    found = declarations_of([made.seat(judge)])
    return [found[made.seat(judge).id, entry.id].basis for entry in made.entries]


@pytest.mark.feature("56")
def test_a_judge_declares_for_every_entry_before_reading_any(app):
    made = a_round(2, judges=1, reviews=1)
    lan, (first, second) = made.judges[0], made.entries
    site = Site(app, lan, language="en").open("/judging").click("Declare conflicts")
    assert made.entries[0].organisation.name_vi in site.main
    assert first.title_vi in site.main
    assert "Tóm tắt" not in site.text

    site.press(
        "Send declaration",
        **{
            f"answer_{first.organisation.reference}": "conflict",
            f"reason_{first.organisation.reference}": "Cùng đề tài nghiên cứu.",
            f"answer_{second.organisation.reference}": "none",
        },
    )

    assert "Your declaration is complete." in site.text
    assert bases(made, lan) == [Basis.DECLARED, Basis.NONE]


@pytest.mark.feature("56")
def test_an_entry_without_an_answer_or_a_conflict_without_reason_is_refused(app):
    made = a_round(2, judges=1, reviews=1)
    lan, (first, second) = made.judges[0], made.entries
    site = Site(app, lan, language="en").open(f"/judging/{made.panel.reference}/conflicts")

    site.press("Send declaration", **{f"answer_{first.organisation.reference}": "conflict"})

    assert site.status == 422
    assert site.errors == ["Say what the conflict is.", f"Answer for {second.organisation.name_vi}."]
    assert site.value(f"answer_{first.organisation.reference}") == "conflict"
    assert declarations_of([made.seat(lan)]) == {}
    with pytest.raises(NotReady):
        conflicts.declare_conflicts(made.seat(lan), actor=lan, answers={first.id: None})


@pytest.mark.feature("57")
def test_ties_that_can_be_seen_block_the_judge_whatever_they_answer(app):
    made = a_round(4, judges=0, reviews=1)
    member = made.entries[0].organisation
    colleague = make.a_member(made.entries[1].organisation, email="a@nuocsach.vn")
    lan = a_judge(made.panel, "Hà Minh Nguyệt", actor=made.secretary, email="b@nuocsach.vn")
    db.session.add(Membership(person=lan, organisation=member, role=Role.VIEWER, given_at=clock.now()))
    made.entries[2].author = lan
    site = Site(app, lan, language="en").open(f"/judging/{made.panel.reference}/conflicts")
    assert site.main.count("Blocked for you") == 3

    free = made.entries[3].organisation.reference
    site.press(
        "Send declaration",
        **{f"answer_{entry.organisation.reference}": "none" for entry in made.entries},
    )

    assert colleague.email.endswith("@nuocsach.vn")
    assert bases(made, lan) == [Basis.MEMBER, Basis.DOMAIN, Basis.AUTHOR, Basis.NONE]
    assert [
        name
        for name in site.open(f"/judging/{made.panel.reference}/conflicts").html.split('"')
        if name == f"answer_{free}"
    ]


def test_public_domains_say_nothing_and_the_strongest_tie_is_named():
    ties = Ties(
        authors=frozenset({1}), members=frozenset({1, 2}), addresses=frozenset({"x@gmail.com", "y@HUST.edu.vn"})
    )

    found = [
        tie_of(person, email, ties)
        for person, email in ((1, "a@gmail.com"), (2, "a@gmail.com"), (3, "a@gmail.com"), (4, "b@hust.edu.vn"))
    ]

    assert found == [Basis.AUTHOR, Basis.MEMBER, None, Basis.DOMAIN]


def test_a_former_member_is_tied_for_two_years(app):
    made = a_round(1, judges=2, reviews=1)
    lately, long_ago = made.judges
    for person, days in ((lately, 700), (long_ago, 800)):
        db.session.add(
            Membership(
                person=person,
                organisation=made.entries[0].organisation,
                role=Role.MEMBER,
                given_at=clock.now() - timedelta(days=2000),
                ended_at=clock.now() - timedelta(days=days),
            )
        )
    db.session.commit()

    assert ties_of(made.judges, made.entries) == {(lately.id, made.entries[0].id): Basis.MEMBER}


@pytest.mark.feature("57")
def test_the_secretary_sees_found_and_declared_conflicts(app):
    made = a_round(2, judges=2, reviews=1)
    db.session.add(
        Membership(
            person=made.judges[0], organisation=made.entries[0].organisation, role=Role.VIEWER, given_at=clock.now()
        )
    )
    declare(made, made.judges[1], made.entries[1])

    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel")

    assert "(belongs or lately belonged to the entrant)" in site.main
    assert "(declared by the judge: Cùng đề tài nghiên cứu.)" in site.main


def test_a_declared_conflict_cannot_be_taken_back(app):
    made = a_round(1, judges=1, reviews=1)
    lan = made.judges[0]
    declare(made, lan, made.entries[0])

    declare(made, lan)

    assert bases(made, lan) == [Basis.DECLARED]


def test_until_assignment_a_judge_may_still_name_a_conflict(app):
    made = a_round(1, judges=1, reviews=1)
    lan, reference = made.judges[0], made.entries[0].organisation.reference
    declare(made, lan)
    site = Site(app, lan, language="en").open(f"/judging/{made.panel.reference}/conflicts")

    site.press("Send declaration", **{f"answer_{reference}": "conflict", f"reason_{reference}": "Anh em họ."})

    assert bases(made, lan) == [Basis.DECLARED]


def test_only_an_accepted_judge_of_the_panel_declares(app):
    made = a_round(1, judges=1, reviews=1)
    path = f"/judging/{made.panel.reference}/conflicts"
    invited = make.a_person()
    seat = panels.invite_judge(made.panel, invited, role=SeatRole.JUDGE, actor=made.secretary)

    assert [Site(app, person).open(path).status for person in (invited, made.entries[0].author)] == [404, 404]
    with pytest.raises(Refused):
        conflicts.declare_conflicts(seat, actor=invited, answers={made.entries[0].id: None})
    with pytest.raises(Refused):
        conflicts.declare_conflicts(made.seat(made.judges[0]), actor=invited, answers={})


@pytest.mark.feature("56")
def test_a_conflict_found_while_reading_ends_the_sheet_and_voids_its_scores(app):
    made = a_scoring_round(2, judges=1, reviews=1)
    lan, entry = made.judges[0], made.entries[0]
    sheet = made.score(lan, entry, 9, 9)
    site = Site(app, lan, language="en").open(f"/judging/sheets/{sheet.reference}")

    site.press("Give the entry back", reason="Nhận ra đồng tác giả.")

    assert "You gave the entry back." in site.text
    assert site.open(f"/judging/sheets/{sheet.reference}").status == 404
    db.session.refresh(sheet)
    assert (sheet.stage, sheet.ended_because) == (SheetStage.ENDED, "Nhận ra đồng tác giả.")
    assert [score.value for score in sheet.scores] == [9, 9]
    assert bases(made, lan) == [Basis.RECUSED, Basis.NONE]


def test_giving_back_needs_a_reason_ones_own_sheet_and_scoring_time(app):
    made = a_scoring_round(2, judges=2)
    lan, minh = made.judges
    sheet = made.sheet(lan, made.entries[0])
    site = Site(app, lan, language="en").open(f"/judging/sheets/{sheet.reference}")

    site.press("Give the entry back", reason="")

    assert (site.status, site.errors) == (422, ["Say what the conflict is."])
    with pytest.raises(Refused):
        conflicts.recuse_judge(sheet, actor=minh, reason="Không phải của tôi.")
    made.challenge.stage = Stage.DELIBERATION
    with pytest.raises(WrongStage):
        conflicts.recuse_judge(sheet, actor=lan, reason="Muộn rồi.")


@pytest.mark.feature("54")
def test_the_place_of_a_recused_judge_goes_to_an_alternate(app):
    made = a_scoring_round(2, judges=2, alternates=1)
    lan = made.judges[0]
    conflicts.recuse_judge(made.sheet(lan, made.entries[0]), actor=lan, reason="Đồng tác giả.")
    before = {(sheet.seat_id, sheet.solution_id) for sheet in made.sheets()}
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel")
    assert "1 entry lacks a judge." in site.main

    site.press("Fill empty places")

    added = {(sheet.seat_id, sheet.solution_id) for sheet in made.sheets()} - before
    assert added == {(made.seat(made.alternates[0]).id, made.entries[0].id)}
    assert before <= {(sheet.seat_id, sheet.solution_id) for sheet in made.sheets()}


def test_whoever_joins_the_entrant_later_is_shut_out_at_once(app):
    made = a_scoring_round(1, judges=1, reviews=1)
    lan, entry = made.judges[0], made.entries[0]
    path = f"/judging/sheets/{made.sheet(lan, entry).reference}"
    assert Site(app, lan).open(path).status == 200

    db.session.add(Membership(person=lan, organisation=entry.organisation, role=Role.VIEWER, given_at=clock.now()))

    assert Site(app, lan).open(path).status == 404
    assert entry.title_vi not in Site(app, lan).open("/judging").text


def test_an_entry_admitted_later_asks_for_another_declaration(app):
    made = a_round(1, judges=1, reviews=1)
    lan = made.judges[0]
    declare(made, lan)
    made.entries.append(an_entry(made.challenge, title="Vào sau"))

    site = Site(app, lan, language="en").open("/judging")

    assert "1 entry waits for your answer." in site.main
    assert "Vào sau" not in site.main


def test_nobody_without_a_declaration_gets_an_entry(app):
    made = a_round(2, judges=2, reviews=1)
    declare(made, made.judges[0])

    assigning.assign_judges(made.panel, actor=made.secretary)

    assert {sheet.seat.person_id for sheet in made.sheets()} == {made.judges[0].id}


@pytest.mark.feature("57", "N15")
def test_who_entered_another_challenge_together_with_the_entrant_is_shut_out(app):
    made = a_round(2, judges=2, reviews=1)
    lan, entrant = made.judges[0], made.entries[0].organisation
    lab = make.an_organisation("Phòng thí nghiệm Sông")
    db.session.add(Membership(person=lan, organisation=lab, role=Role.MEMBER, given_at=clock.now()))
    before = make.a_closed_challenge()
    together = an_entry(before, lab, title="Trạm đo chung")
    db.session.add(
        Partner(
            solution=together, organisation=entrant, task="Vận hành", share_bp=4000,
            inviter_id=together.author_id, invited_at=clock.now(), accepted_at=clock.now(),
        )
    )  # fmt: skip
    db.session.commit()
    solutions = made.entries
    # while the other challenge may still take entries nobody learns who answers it
    assert ties_of(made.judges, solutions) == {}

    before.stage = Stage.SCREENING
    db.session.commit()

    assert ties_of(made.judges, solutions) == {(lan.id, made.entries[0].id): Basis.COENTRY}
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel")
    assert "entered another challenge together with the entrant" in site.main
    assert "Trạm đo chung" not in site.main
    together.created_at = clock.now() - timedelta(days=4 * 365)
    db.session.commit()
    assert ties_of(made.judges, solutions) == {}
