"""Entrants know who judges and object; names hint at conflicts; judges leave: a person decides, with a trace."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.audit.models import JournalEntry
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import Conflict, NotReady, Refused, WrongStage
from marketplace.judging.interests import Around, Ties, hint_of, tie_of
from marketplace.judging.models import Entry, Objection
from marketplace.judging.queries.entries import entries_of
from marketplace.judging.services import assigning, objections, panels
from marketplace.judging.stages import Basis, Hint, SeatRole, SeatStage, SheetStage
from marketplace.notifications.models import Letter
from marketplace.organisations.services import start_membership
from marketplace.organisations.stages import Role
from tests import make
from tests.judging.judging_make import a_judge, a_round, a_scoring_round, declare, rules_of
from tests.site import Site

DAYS = {"objection_days": 3}


@pytest.fixture
def made(app):
    """A round whose entrants know the two judges since a moment; one of the entries has a reader at least."""
    made = a_round(2, judges=2, reviews=1, rules=DAYS)
    for judge in made.judges:
        declare(made, judge)
    objections.show_panel(made.panel, actor=made.secretary)
    db.session.commit()
    return made


def later(days):
    return clock.at(clock.now() + timedelta(days=days))


def entry_of(solution):
    return Entry(solution, solution.last_version)


def letters(kind):
    return db.session.scalars(select(Letter).where(Letter.kind == kind)).all()


@pytest.mark.feature("59", "N15")
def test_an_entrant_reads_who_judges_and_objects_with_reasons(app, made):
    solution, judge = made.entries[0], made.judges[0]
    site = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}")
    site.click("See the judges, and object where one is partial")
    assert all(person.full_name in site.main for person in made.judges)

    site.click("Object").press("Send the objection", reason="Đang tranh chấp hợp đồng.")

    assert "Objection sent" in site.main
    (objection,) = db.session.scalars(select(Objection)).all()
    assert (objection.seat.person_id, objection.solution_id, objection.upheld) == (judge.id, solution.id, None)
    assert {letter.to_person_id for letter in letters("panel_shown")} == {each.author_id for each in made.entries}


@pytest.mark.feature("59")
def test_the_secretary_upholds_an_objection_and_the_judge_never_reads_the_entry(app, made):
    solution, judge = made.entries[0], made.judges[0]
    solution.author.language = "en"
    objections.raise_objection(made.seat(judge), entry_of(solution), actor=solution.author, reason="Anh em họ.")
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel").click("Conflicts to decide")
    assert "Objection of the entrant Anh em họ." in site.main
    assert site.press("Block this judge from this entry").errors == ["Give the reasons."]

    site.press("Block this judge from this entry", because="Đã xác minh.")

    assert "The judge is blocked from this entry." in site.text
    with later(4):
        assigning.assign_judges(made.panel, actor=made.secretary)
    pairs = {(sheet.seat.person_id, sheet.solution_id) for sheet in made.sheets()}
    assert (judge.id, solution.id) not in pairs
    assert ["upheld" in letter.body for letter in letters("objection_decided")] == [True]
    read = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}/panel").main
    assert "Upheld: this judge does not read your entry" in read
    assert "Reasons: Đã xác minh." in read


@pytest.mark.feature("59")
def test_nothing_is_assigned_before_the_time_is_over_and_every_objection_decided(app, made):
    objections.raise_objection(
        made.seat(made.judges[0]), entry_of(made.entries[0]), actor=made.entries[0].author, reason="Anh em họ."
    )
    newcomer = a_judge(made.panel, "Người Mới", actor=made.secretary)
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel")

    site.press("Assign judges")

    assert site.errors == [
        "Entrants have not been shown the names of all judges.",
        "The time in which entrants may object is not over.",
        "An objection waits for your decision.",
    ]
    assert made.seat(newcomer).shown_at is None


def test_objections_end_with_their_time_and_are_sent_once(app, made):
    seat, solution = made.seat(made.judges[0]), made.entries[0]
    entry, author = entry_of(solution), solution.author
    objections.raise_objection(seat, entry, actor=author, reason="Anh em họ.")
    with pytest.raises(Conflict):
        objections.raise_objection(seat, entry, actor=author, reason="Lần nữa.")
    with later(4), pytest.raises(WrongStage):
        objections.raise_objection(made.seat(made.judges[1]), entry, actor=author, reason="Muộn.")
    site = Site(app, author, language="en")
    path = f"/solutions/{solution.reference}/panel/{seat.reference}"

    refused = site.open(path).press("Send the objection", reason="Lần nữa.")

    assert (refused.status, "The objection was not taken" in refused.main) == (409, True)


def test_names_are_for_ones_own_judged_entry_and_only_once_shown(app):
    made = a_round(1, judges=1, reviews=1, rules=DAYS)
    solution, judge = made.entries[0], made.judges[0]
    path = f"/solutions/{solution.reference}/panel"
    assert Site(app, solution.author).open(path).status == 404
    objections.show_panel(made.panel, actor=made.secretary)
    outsiders = (judge, made.secretary, make.an_operator(), make.a_member(make.an_organisation(), Role.OWNER))

    assert [Site(app, person).open(path).status for person in outsiders] == [404] * 4
    assert Site(app, solution.author).open(path).status == 200
    with pytest.raises(Refused):
        objections.raise_objection(made.seat(judge), entry_of(solution), actor=made.secretary, reason="x")
    with pytest.raises(Refused):
        objections.show_panel(made.panel, actor=judge)


def test_where_both_sides_are_blind_entrants_are_shown_nobody(app, made):
    rules_of(made.challenge, rounds=[{"blind": "double", "best": None}])

    assert Site(app, made.entries[0].author).open(f"/solutions/{made.entries[0].reference}/panel").status == 404


def test_without_days_for_objections_nobody_is_shown_and_nothing_waits(app):
    made = a_round(1, judges=1, reviews=1)

    with pytest.raises(WrongStage):
        objections.show_panel(made.panel, actor=made.secretary)
    rules_of(made.challenge, objection_days=1)
    objections.show_panel(made.panel, actor=made.secretary)
    with pytest.raises(NotReady):
        objections.show_panel(made.panel, actor=made.secretary)


@pytest.mark.feature("57", "N15")
def test_an_objection_upheld_while_judges_score_voids_the_scores_and_frees_the_seat(app):
    made = a_scoring_round(1, judges=1, reviews=1, alternates=1, rules=DAYS | {"objection_days": 0})
    lan, alternate = made.judges[0], made.alternates[0]
    sheet = made.score(lan, made.entries[0], 9, 9)
    lan.affiliation = made.entries[0].organisation.name_vi
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel/conflicts")
    assert "The judge's own words about where they work name the entrant." in site.main

    site.press("Block this judge from this entry", because="Đang làm việc tại đó.")

    assert Site(app, lan).open(f"/judging/sheets/{sheet.reference}").status == 404
    db.session.refresh(sheet)
    assert (sheet.stage, sheet.ended_because, len(sheet.values)) == (SheetStage.ENDED, "Đang làm việc tại đó.", 2)
    site.open(f"{made.path}/panel").press("Fill empty places")
    assert [each.seat.person_id for each in made.sheets()] == [alternate.id]
    told = db.session.scalars(select(JournalEntry.event)).all()
    assert {"ObjectionDecided", "ConflictDeclared", "ConflictFound"} <= set(told)


@pytest.mark.feature("57")
def test_a_hint_that_was_dismissed_does_not_come_back(app):
    made = a_round(1, judges=1, reviews=1)
    lan, entrant = made.judges[0], made.entries[0].organisation
    university = make.an_organisation("Đại học Thủy lợi")
    make.evidence(entrant, "Trạm đo mưa").partner_vi = "Trường Đại học Thủy lợi"
    start_membership(university, lan, role=Role.MEMBER, giver=None)
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel/conflicts")
    assert "A track record names the judge's organisation and the entrant as partners." in site.main

    site.press("The judge may read it", because="Hợp tác đã kết thúc mười năm trước.")

    assert "Nothing waits for a decision." in site.main
    assert "May read Hợp tác đã kết thúc mười năm trước." in site.main


def test_only_the_secretary_decides_and_never_once_scoring_is_over(app, made):
    question = objections.Question(made.seat(made.judges[0]), entries_of(made.challenge)[0], Hint.RIVAL)

    for actor in (made.judges[0], made.entries[0].author):
        with pytest.raises(Refused):
            objections.decide_objection(question, actor=actor, upheld=True, because="x")
    assert Site(app, made.entries[0].author).open(f"{made.path}/panel/conflicts").status == 404
    made.challenge.stage = Stage.DELIBERATION
    with pytest.raises(WrongStage):
        objections.decide_objection(question, actor=made.secretary, upheld=True, because="x")


@pytest.mark.feature("57", "N15")
def test_whoever_joins_an_entrant_while_scoring_loses_entry_and_scores_at_once(app):
    made = a_scoring_round(2, judges=1, reviews=1)
    lan = made.judges[0]
    sheet = made.score(lan, made.entries[0], 9, 9)

    start_membership(made.entries[0].organisation, lan, role=Role.MEMBER, giver=None)

    assert (sheet.stage, sheet.ended_because) == (SheetStage.ENDED, Basis.MEMBER.value)
    assert "1 entry lacks a judge." in Site(app, made.secretary, language="en").open(f"{made.path}/panel").main
    assert made.entries[1].title_vi in Site(app, lan, language="en").open("/judging").main


@pytest.mark.parametrize(
    ("judge", "entrant", "tie"),
    [
        ("0100109106", "0100109106-001", Basis.GROUP),
        ("0100109106-002", "0100109106-001", Basis.GROUP),
        ("0100109107", "0100109106", None),
        ("", "0100109106", None),
    ],
)
def test_organisations_of_one_tax_code_are_one_group(judge, entrant, tie):
    ties = Ties(authors=frozenset(), members=frozenset(), addresses=frozenset(), tax_code=entrant)

    assert tie_of(1, "a@gmail.com", ties, [judge] if judge else []) == tie


@pytest.mark.parametrize(
    ("judge", "entrant", "hint"),
    [
        (Around(frozenset({"Khoa Nước, ĐẠI HỌC THỦY LỢI"})), Around(frozenset({"Đại học Thủy lợi"})), Hint.AFFILIATION),
        (
            Around(frozenset({"Viện Nước"}), frozenset({"Công ty Sông Xanh"})),
            Around(frozenset({"Công ty Sông Xanh"})),
            Hint.PARTNER,
        ),
        (Around(frozenset({"Viện Nước"})), Around(frozenset({"Công ty"}), frozenset({"Viện Nước"})), Hint.PARTNER),
        (Around(frozenset({"Sở"})), Around(frozenset({"Sở Y tế"})), None),
        (Around(frozenset()), Around(frozenset({"Sở Y tế"})), None),
    ],
)
def test_names_only_hint(judge, entrant, hint):
    assert hint_of(judge, entrant) == hint


def test_a_judge_who_belongs_to_a_rival_is_a_question_for_the_secretary(app):
    made = a_round(2, judges=1, reviews=1)
    start_membership(made.entries[0].organisation, made.judges[0], role=Role.MEMBER, giver=None)

    found = objections.open_questions(made.panel)

    assert [(each.entry.solution.id, each.hint) for each in found] == [(made.entries[1].id, Hint.RIVAL)]


@pytest.mark.feature("52")
def test_a_judge_says_how_many_entries_they_can_read_and_gets_no_more(app):
    made = a_round(3, judges=1, reviews=1)
    person = make.a_person("Người Bận", email="ban@hoidong.vn")
    seat = panels.invite_judge(made.panel, person, role=SeatRole.JUDGE, actor=made.secretary)
    site = Site(app, person, language="en").open(f"/judging/invitations/{seat.reference}")

    site.press("Take the seat", undertaking="y", most="1")

    for judge in (made.judges[0], person):
        declare(made, judge)
    assigning.assign_judges(made.panel, actor=made.secretary)
    assert [sheet.seat.person_id for sheet in made.sheets()].count(person.id) <= 1
    assert "at most 1" in Site(app, made.secretary, language="en").open(f"{made.path}/panel").main


@pytest.mark.feature("54")
def test_a_trainee_reads_and_scores_and_counts_for_nothing(app):
    made = a_round(1, judges=1, reviews=1)
    trainee = a_judge(made.panel, "Người Học", role=SeatRole.TRAINEE, actor=made.secretary)
    for judge in (made.judges[0], trainee):
        declare(made, judge)
    assigning.assign_judges(made.panel, actor=made.secretary)
    db.session.commit()
    made.score(made.judges[0], made.entries[0], 6, 6)
    made.score(trainee, made.entries[0], 10, 10)
    made.deliberate()

    site = Site(app, made.secretary, language="en").open(f"{made.path}/deliberation")

    assert "60.00" in site.main
    assert "100.00" not in site.main


@pytest.mark.feature("54")
@pytest.mark.parametrize(("rule", "stays"), [("finished_stay", True), ("all_reread", False)])
def test_a_judge_who_leaves_keeps_what_the_rules_say(app, rule, stays):
    made = a_scoring_round(2, judges=1, reviews=1, alternates=1, rules={"dropout": rule})
    lan = made.judges[0]
    done, open_ = made.score(lan, made.entries[0], 6, 6), made.sheet(lan, made.entries[1])
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel").click("Leaves")

    site.press("Note that the judge left", reason="Ốm dài ngày.")

    db.session.expire_all()
    assert (done.stage == SheetStage.FINAL, open_.stage) == (stays, SheetStage.ENDED)
    assert made.seat(lan).stage == SeatStage.LEFT
    assert Site(app, lan).open(f"/judging/sheets/{done.reference}").status == 404
    assert ("1 entry lacks a judge." if stays else "2 entries lack a judge.") in site.main


@pytest.mark.feature("70")
def test_totals_far_apart_call_one_more_judge_where_the_rules_say_so(app):
    made = a_scoring_round(2, judges=2, reviews=2, alternates=1, rules={"third_reading_points": 20})
    for entry, values in zip(made.entries, ((3, 8), (6, 7)), strict=True):
        for judge, value in zip(made.judges, values, strict=True):
            made.score(judge, entry, value, value)
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel")
    assert "1 entry lacks a judge." in site.main

    site.press("Fill empty places")

    third = [sheet for sheet in made.sheets() if sheet.seat.person_id == made.alternates[0].id]
    assert [sheet.solution_id for sheet in third] == [made.entries[0].id]


def test_a_new_chair_may_follow_one_who_left(app):
    made = a_scoring_round(1, judges=1)
    panels.release_judge(made.seat(made.judges[0]), actor=made.secretary, reason="Nghỉ.")

    seat = panels.invite_judge(made.panel, make.a_person(), role=SeatRole.CHAIR, actor=made.secretary)

    assert seat.role == SeatRole.CHAIR
    with pytest.raises(WrongStage):
        panels.release_judge(seat, actor=made.secretary, reason="Chưa nhận lời.")
    with pytest.raises(Refused):
        panels.release_judge(seat, actor=made.judges[0], reason="x")
