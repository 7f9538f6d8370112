"""The secretary makes a panel and invites; judges accept or decline."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from marketplace import clock
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import Conflict, NotReady, Refused, WrongStage
from marketplace.jobs import run_waiting
from marketplace.judging.models import Panel, Seat
from marketplace.judging.services import panels
from marketplace.judging.stages import SeatRole, SeatStage
from marketplace.notifications.models import Letter
from marketplace.organisations.stages import Role
from tests import make
from tests.judging.judging_make import a_round, a_scoring_round
from tests.site import Site


def test_the_secretary_makes_a_panel_after_closing(app):
    agency = make.an_agency()
    thu = make.a_member(agency)
    challenge = make.a_closed_challenge(agency)
    site = Site(app, thu, language="en").open(f"/challenges/{challenge.slug}/panel")

    site.press("Make the panel", max_load="20", score_by_on="2030-01-15")

    assert site.status == 200
    assert "3 judges for each entry, at most 20 entries for one judge" in site.main
    assert "Score by 15/01/2030" in site.main
    panel = db.session.scalars(select(Panel)).one()
    assert (panel.challenge_id, panel.reviews_per_entry, panel.max_load) == (challenge.id, 3, 20)


def test_no_panel_is_made_while_solutions_are_taken(app):
    agency = make.an_agency()
    thu = make.a_member(agency)
    challenge = make.a_challenge(agency)
    site = Site(app, thu, language="en").open(f"/challenges/{challenge.slug}/panel")

    assert "A panel is made once the time for solutions is over." in site.main
    assert "Make the panel" not in site.buttons()
    with pytest.raises(WrongStage):
        panels.make_panel(challenge, actor=thu)


def test_wrong_numbers_are_refused_and_stay_in_the_form(app):
    agency = make.an_agency()
    challenge = make.a_closed_challenge(agency)
    site = Site(app, make.a_member(agency), language="en").open(f"/challenges/{challenge.slug}/panel")

    site.press("Make the panel", max_load="201")

    assert (site.status, site.errors) == (422, ["Enter a number from 1 to 200."])
    assert site.value("max_load") == "201"
    assert db.session.scalar(select(func.count()).select_from(Panel)) == 0


def test_the_panel_does_not_exist_for_anybody_but_the_agency(app):
    made = a_round()
    path = f"{made.path}/panel"
    entrant = made.entries[0].author

    assert [Site(app, person).open(path).status for person in (entrant, made.judges[0], make.an_operator())] == [
        404
    ] * 3
    assert Site(app).open(path).address == "/sign-in"


def test_a_challenge_has_one_panel(app):
    made = a_round()

    with pytest.raises(Conflict):
        panels.make_panel(made.challenge, actor=made.secretary)


def test_a_member_of_another_agency_makes_no_panel(app):
    challenge = make.a_closed_challenge()

    with pytest.raises(Refused):
        panels.make_panel(challenge, actor=make.a_member(make.an_agency(), Role.OWNER))


@pytest.mark.feature("52")
def test_a_judge_is_invited_by_address_and_accepts_with_the_undertaking(app):
    made = a_round(judges=0, reviews=1)
    nguyet = make.a_person("Hà Minh Nguyệt", email="nguyet@hoidong.vn")
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel")
    site.press("Invite", email="Nguyet@hoidong.vn", role="chair")
    assert "Hà Minh Nguyệt was invited." in site.text

    judge = Site(app, nguyet, language="en").open("/judging").click(made.challenge.title_en)
    judge.press("Take the seat", undertaking="y")

    assert judge.address == f"/en/judging/{made.panel.reference}/conflicts"
    seat = made.seat(nguyet)
    assert (seat.role, seat.stage) == (SeatRole.CHAIR, SeatStage.ACCEPTED)
    assert seat.undertaking_at is not None


def test_without_the_undertaking_the_seat_is_not_taken(app):
    made = a_round(judges=0, reviews=1)
    nguyet = make.a_person("Hà Minh Nguyệt")
    seat = panels.invite_judge(made.panel, nguyet, role=SeatRole.JUDGE, actor=made.secretary)
    judge = Site(app, nguyet, language="en").open(f"/judging/invitations/{seat.reference}")

    judge.press("Take the seat")

    assert (judge.status, judge.errors) == (422, ["Accept the undertaking to take the seat."])
    assert db.session.get(Seat, seat.id).stage == SeatStage.INVITED
    with pytest.raises(NotReady):
        panels.accept_seat(seat, actor=nguyet, undertaking=False)


@pytest.mark.feature("52")
def test_whoever_declines_may_be_asked_again(app):
    made = a_round(judges=0, reviews=1)
    nguyet = make.a_person("Hà Minh Nguyệt", email="nguyet@hoidong.vn")
    seat = panels.invite_judge(made.panel, nguyet, role=SeatRole.CHAIR, actor=made.secretary)
    judge = Site(app, nguyet, language="en").open(f"/judging/invitations/{seat.reference}")

    judge.press("Decline", reason="Đang đi công tác.")

    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel")
    assert "Declined Đang đi công tác." in site.main
    site.press("Invite", email="nguyet@hoidong.vn", role="judge")
    db.session.expire_all()
    assert (made.seat(nguyet).stage, made.seat(nguyet).role) == (SeatStage.INVITED, SeatRole.JUDGE)


def test_an_unknown_address_gets_a_clear_message_and_stays_in_the_form(app):
    made = a_round(judges=0, reviews=1)
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel")

    site.press("Invite", email="khong-co@hoidong.vn", role="judge")

    assert site.status == 422
    assert site.errors == ["Nobody has an account with this address. Ask the person to create one, then invite them."]
    assert site.value("email") == "khong-co@hoidong.vn"


def test_nobody_invites_themselves_twice_the_same_or_a_second_chair(app):
    made = a_round(judges=1, reviews=1)
    other = make.a_person("Trần Thị Hai", email="hai@hoidong.vn")
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel")

    tries = [
        site.press("Invite", email=email, role=role).errors
        for email, role in (
            (made.secretary.email, "judge"),
            (made.judges[0].email, "judge"),
            (other.email, "chair"),
        )
    ]

    taken = ["This person has a seat already, or the panel or field has its chair."]
    assert tries == [["You cannot invite yourself."], taken, taken]
    assert db.session.scalar(select(func.count()).select_from(Seat)) == 1


def test_an_invitation_is_answered_by_the_invited_person_once(app):
    made = a_round(judges=0, reviews=1)
    nguyet, stranger = make.a_person("Hà Minh Nguyệt"), make.a_person()
    seat = panels.invite_judge(made.panel, nguyet, role=SeatRole.JUDGE, actor=made.secretary)

    assert Site(app, stranger).open(f"/judging/invitations/{seat.reference}").status == 404
    with pytest.raises(Refused):
        panels.accept_seat(seat, actor=stranger, undertaking=True)
    panels.accept_seat(seat, actor=nguyet, undertaking=True)
    with pytest.raises(WrongStage):
        panels.decline_seat(seat, actor=nguyet)


def test_loads_stand_once_entries_are_assigned(app):
    made = a_scoring_round()

    with pytest.raises(WrongStage):
        panels.change_panel(made.panel, actor=made.secretary, score_by_on=None, max_load=1)
    panels.change_panel(made.panel, actor=made.secretary, score_by_on=made.challenge.closes_at.date())

    assert made.panel.score_by_on == made.challenge.closes_at.date()


@pytest.mark.feature("77")
def test_the_secretary_sees_progress_and_reminds_each_judge_once_a_day(app):
    made = a_scoring_round(2, judges=2)
    made.score(made.judges[0], made.entries[0], 7, 7)
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel")
    assert "Scoring: 1 of 4 sheets are final" in site.main

    first = site.press("Remind judges").text
    second = site.press("Remind judges").text

    assert "2 judges were reminded." in first
    assert "0 judges were reminded." in second


@pytest.mark.feature("77")
def test_the_worker_reminds_late_judges_once_a_day(app):
    made = a_scoring_round(1, judges=1, reviews=1)
    early = a_scoring_round(1, judges=1, reviews=1)
    made.panel.score_by_on = clock.now().date()
    early.panel.score_by_on = clock.now().date() + timedelta(days=9)
    db.session.commit()

    for _ in range(2):
        panels.remind_late_panels()
        run_waiting()

    letters = db.session.scalars(select(Letter.to_person_id).where(Letter.kind == "judge_reminded")).all()
    assert letters == [made.judges[0].id]
    assert "1" in Site(app, made.secretary, language="en").open(f"{made.path}/panel").main
    with clock.at(clock.now() + timedelta(days=1)):
        panels.remind_late_panels()
        run_waiting()
    assert len(db.session.scalars(select(Letter).where(Letter.kind == "judge_reminded")).all()) == 2


def test_nobody_is_invited_once_scoring_is_over(app):
    made = a_scoring_round(1, judges=1)
    made.challenge.stage = Stage.DELIBERATION

    with pytest.raises(WrongStage):
        panels.invite_judge(made.panel, make.a_person(), role=SeatRole.JUDGE, actor=made.secretary)
