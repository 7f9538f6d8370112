"""Oral defence: nobody and nothing is needed twice at once, sheets open when the hearing begins."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from marketplace import clock
from marketplace.audit.models import JournalEntry
from marketplace.db import db
from marketplace.errors import NotReady, Refused, WrongStage
from marketplace.judging.defence import services
from marketplace.judging.defence.mending import mend
from marketplace.judging.defence.models import Absence, Booking
from marketplace.judging.defence.planning import Frame, Free, Unplannable, plan
from marketplace.judging.defence.queries import defence_of
from marketplace.judging.services import conflicts
from marketplace.judging.stages import SheetStage
from marketplace.notifications.models import Letter
from marketplace.notifications.services import _message
from marketplace.text import HANOI
from tests import make
from tests.judging.judging_make import Round, a_scoring_round
from tests.site import Site

ORAL = {"rounds": [{"blind": "open", "best": None, "kind": "oral"}]}
DAY = (datetime.now(UTC) + timedelta(days=9)).date()
TYPED = {"day_1": DAY.isoformat(), "rooms": "Hội trường A\nPhòng 302", "begins": "08:00", "ends": "11:00"}
FRAME = Frame([DAY], time(8), time(11), minutes=20, pause=5)


def planned(made: Round, frame: Frame = FRAME, rooms: tuple[str, ...] = ("A", "B"), *, invited: bool = True):
    found = services.plan_defence(made.panel, actor=made.secretary, wishes=services.Wishes(frame, rooms))
    if invited:
        services.invite_to_defence(found, actor=made.secretary)
    db.session.commit()
    return found


@pytest.mark.feature("78", "N21")
def test_the_secretary_plans_invites_and_moves_and_letters_carry_calendar_entries(app):
    made = a_scoring_round(3, judges=3, reviews=2, max_load=2, rules=ORAL)
    site = Site(app, made.secretary, language="en").open(f"{made.path}/panel").click("Timetable of the oral defence")
    site.press("Make the timetable", day_1="", rooms="")
    assert site.errors == ["Choose a day.", "Name a room."]

    site.press("Make the timetable", **TYPED)

    found = defence_of(made.panel)
    taken = [
        (what, hearing.starts_at) for hearing in found.hearings for what in (hearing.room, *_people(made, hearing))
    ]
    assert len(found.hearings) == 3
    assert len(taken) == len(set(taken))
    assert made.entries[0].title_vi in site.main
    site.press("Invite entrants and judges")
    letters = db.session.query(Letter).filter(Letter.kind.like("defence%")).order_by(Letter.id).all()
    assert [letter.kind for letter in letters] == ["defence_invited"] * 3 + ["defence_judge"] * 3
    message = _message(letters[0])
    attached = next(message.iter_attachments())
    assert attached.get_content_type() == "text/calendar"
    assert "BEGIN:VEVENT" in attached.get_content()
    first, last = found.hearings[0], found.hearings[-1]
    before = [(each.solution_id, each.starts_at, each.room) for each in (first, last)]
    site.open(f"{made.path}/defence/hearings/{first.reference}/place")
    site.press("Move the hearing", place=f"{last.starts_at.isoformat()}|{last.room}")
    assert "The hearing was moved." in site.text
    db.session.expire_all()
    assert [(each.solution_id, each.starts_at, each.room) for each in (last, first)] == [
        (before[1][0], *before[0][1:]),
        (before[0][0], *before[1][1:]),
    ]
    assert db.session.query(Letter).filter_by(kind="defence_invited").count() == 5


def _people(made, hearing):
    return [sheet.seat.person_id for sheet in made.sheets() if sheet.solution_id == hearing.solution_id]


@pytest.mark.feature("78")
def test_a_sheet_opens_with_its_hearing_and_stays_provisional_until_the_round_is_over(app):
    made = a_scoring_round(1, judges=2, reviews=2, rules=ORAL)
    [hearing] = planned(made).hearings
    judge, sheet = made.judges[1], made.sheet(made.judges[1], made.entries[0])
    path = f"/judging/sheets/{sheet.reference}"
    lan = Site(app, judge, language="en").open("/judging").click("My hearings: times and rooms")
    assert made.entries[0].title_vi in lan.main
    assert "Its sheet opens then." in lan.open(path).main
    assert lan.send(path, edition="0", value_1="7", value_2="7").status == 409

    with clock.at(hearing.starts_at + timedelta(minutes=1)):
        assert "Now" in lan.open(f"/judging/{made.panel.reference}/defence").main
        lan.open(path).press("Check and finalise", value_1="7", value_2="7").press("Finalise")
        assert sheet.stage == SheetStage.FINAL
        lan.open(path).press("Change my points").press("Check and finalise", value_1="8").press("Finalise")
        seen = lan.open(f"{made.path}/defence/hearings/{hearing.reference}")
        seen.press("Write it down", question="Ai bảo trì cảm biến?", answer="Đơn vị vận hành.")
        assert "Ai bảo trì cảm biến?" in seen.main
        live = Site(app, made.secretary, language="en").open(f"{made.path}/defence")
        assert "1 / 2" in live.main
        assert "80.00" not in live.html

    assert [score.value for score in sheet.scores] == [8, 7]
    assert [version.marks[str(sheet.scores[0].criterion_id)]["value"] for version in sheet.versions] == [7, 8]
    made.deliberate()
    minutes = Site(app, made.secretary, language="en").open(f"{made.path}/committee/minutes").main
    assert "Ai bảo trì cảm biến?" in minutes
    assert lan.send(f"{path}/reopening").status == 409
    lines = db.session.query(JournalEntry).filter_by(event="QuestionRecorded").all()
    assert "bảo trì" not in str([(line.changes, line.facts) for line in lines])


@pytest.mark.feature("78")
def test_the_timetable_is_public_only_as_the_rules_say_and_the_entrant_reads_their_time(app):
    made = a_scoring_round(2, judges=2, reviews=2, rules=ORAL)
    defence, visitor = planned(made, invited=False), Site(app, language="en")
    entrant = Site(app, made.entries[0].author, language="en")
    own, address = f"/solutions/{made.entries[0].reference}", f"{made.path}/timetable"
    made.panel.rules.defence_public = True
    assert visitor.open(address).status == 404
    assert "Oral defence" not in entrant.open(own).main
    assert entrant.open(f"{own}/defence.ics").status == 404
    services.invite_to_defence(defence, actor=made.secretary)

    shown = visitor.open(made.path).click("Timetable of the oral defence").main

    assert all(entry.title_vi in shown for entry in made.entries)
    assert made.entries[0].organisation.name_vi not in shown
    assert "Oral defence" in entrant.open(own).main
    assert b"BEGIN:VEVENT" in entrant.open(f"{own}/defence.ics").body
    assert Site(app, made.entries[1].author).open(f"{own}/defence.ics").status == 404
    made.panel.rules.defence_public = False
    assert visitor.open(address).status == 404
    assert "Timetable" not in visitor.open(made.path).main


def test_wrong_people_and_wrong_stages_are_refused(app):
    made = a_scoring_round(2, judges=2, reviews=1, rules=ORAL)
    defence = planned(made)
    hearing = defence.hearings[0]
    hearer = next(sheet for sheet in made.sheets() if sheet.solution_id == hearing.solution_id).seat.person
    other = next(judge for judge in made.judges if judge.id != hearer.id)
    paths = [f"{made.path}/defence", f"{made.path}/defence/hearings/{hearing.reference}/place"]

    for person in (*made.judges, made.entries[0].author, make.a_person()):
        assert {Site(app, person).open(path).status for path in paths} == {404}
        with pytest.raises(Refused):
            services.plan_defence(made.panel, actor=person, wishes=services.Wishes(FRAME, ["A"]))
    for person in (other, made.entries[0].author):
        assert Site(app, person).open(f"{made.path}/defence/hearings/{hearing.reference}").status == 404
    with pytest.raises(WrongStage):
        services.record_question(hearing, actor=hearer, question="Sớm?", answer=None)
    with pytest.raises(WrongStage):
        services.invite_to_defence(defence, actor=made.secretary)
    with clock.at(hearing.starts_at), pytest.raises(WrongStage):
        services.move_hearing(hearing, actor=made.secretary, starts_at=hearing.ends_at, room="A")
    with clock.at(hearing.starts_at), pytest.raises(WrongStage):
        planned(made)
    scores = a_scoring_round(1, judges=1, reviews=1)
    assert Site(app, scores.secretary).open(f"{scores.path}/defence").status == 404
    with pytest.raises(WrongStage):
        planned(scores)


def test_a_judge_who_sits_on_two_panels_and_a_room_of_two_panels_are_needed_once(app):
    one = a_scoring_round(1, judges=1, reviews=1, rules=ORAL)
    two = a_scoring_round(2, judges=1, reviews=1, rules=ORAL)
    for seat in two.panel.seats:
        seat.person = one.judges[0]
    db.session.commit()
    first = planned(one).hearings[0]

    hearings = planned(two).hearings

    assert first.starts_at not in {each.starts_at for each in hearings}
    with pytest.raises(NotReady) as twice:
        services.move_hearing(hearings[0], actor=two.secretary, starts_at=first.starts_at, room="B")
    assert twice.value.gaps == [one.judges[0].full_name]
    db.session.rollback()
    db.session.add(Booking(hearing_id=hearings[0].id, what=f"judge:{one.judges[0].id}", at=first.starts_at))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_whoever_gives_an_entry_back_is_free_and_no_timetable_says_why(app):
    made = a_scoring_round(2, judges=2, reviews=2, rules=ORAL)
    defence, judge = planned(made), made.judges[1]
    count = db.session.query(Booking).filter_by(what=f"judge:{judge.id}").count()
    conflicts.recuse_judge(made.sheet(judge, made.entries[0]), actor=judge, reason="Người nhà.")

    assert db.session.query(Booking).filter_by(what=f"judge:{judge.id}").count() == count // 2
    site = Site(app, made.secretary, language="en").open(f"{made.path}/defence")
    site.press("Make the timetable", **{**TYPED, "ends": "08:30"})
    assert site.status == 422
    assert f"{made.judges[0].full_name} hears 2 entries and is free at 1 times only." in site.main
    assert [each.starts_at for each in defence_of(made.panel).hearings] == [each.starts_at for each in defence.hearings]


@given(st.lists(st.sets(st.integers(0, 5), min_size=1, max_size=3), min_size=1, max_size=8), st.integers(1, 3))
@settings(max_examples=25)
def test_no_plan_needs_anybody_twice_and_none_could_be_over_earlier(judges, rooms):
    judges_of = dict(enumerate(judges))

    found = plan(judges_of, Free(times=8, rooms=rooms))

    taken = [(at, room) for at, room in found.values()]
    sat = [(found[entry][0], judge) for entry, each in judges_of.items() for judge in each]
    assert len(taken) == len(set(taken))
    assert len(sat) == len(set(sat))
    last = max(at for at, _room in found.values())
    if last:
        with pytest.raises(Unplannable):
            plan(judges_of, Free(times=last, rooms=rooms))


@given(st.lists(st.sets(st.integers(0, 5), min_size=1, max_size=2), min_size=2, max_size=7), st.data())
@settings(max_examples=20, deadline=None)
def test_mending_moves_only_what_clashes(judges, data):
    judges_of = dict(enumerate(judges))
    stands = {entry: (at, room) for entry, (at, room) in plan(judges_of, Free(times=9, rooms=2)).items()}
    late = data.draw(st.sampled_from(sorted(judges_of)))
    extra = {entry: {*own, 9} for entry, own in judges_of.items() if entry in {late, 0}}
    now = judges_of | extra
    busy = Free(times=9, rooms=2, taken={9: {stands[late][0]}})

    moved = mend(now, stands, busy)

    placed = stands | moved
    sat = [(placed[entry][0], judge) for entry, own in now.items() for judge in own]
    assert len(set(placed.values())) == len(placed)
    assert len(set(sat)) == len(sat)
    assert placed[late][0] != stands[late][0]
    # two entries have a new judge: each moves at most to where one other has to give way
    assert len(moved) <= 3


@pytest.mark.feature("78")
def test_a_judge_who_joins_later_and_is_needed_twice_is_helped_with_the_fewest_moves(app):
    one = a_scoring_round(1, judges=1, reviews=1, rules=ORAL)
    two = a_scoring_round(3, judges=2, reviews=1, max_load=2, rules=ORAL)
    first, hearings = planned(one).hearings[0], planned(two).hearings
    clashing = next(each for each in hearings if each.starts_at == first.starts_at)
    # who hears it there becomes one and the same person as the judge of the other panel
    sheet = next(each for each in two.sheets() if each.solution_id == clashing.solution_id)
    sheet.seat.person = one.judges[0]
    db.session.commit()
    before = {each.id: (each.starts_at, each.room) for each in hearings}
    site = Site(app, two.secretary, language="en").open(f"{two.path}/defence")
    assert "everybody can come:" in site.main

    site.press("Make these changes")

    db.session.expire_all()
    moved = [each for each in defence_of(two.panel).hearings if (each.starts_at, each.room) != before[each.id]]
    assert clashing in moved
    assert len(moved) <= 2
    assert "Make these changes" not in site.open(f"{two.path}/defence").main
    assert Site(app, two.secretary).send(f"{two.path}/defence/mending").status == 409
    assert Site(app, two.judges[0]).send(f"{two.path}/defence/mending").status == 404


@pytest.mark.feature("78", "N21")
def test_when_a_judge_is_away_no_hearing_of_theirs_stands_there_and_the_fewest_move(app):
    made = a_scoring_round(3, judges=3, reviews=1, max_load=1, rules=ORAL)
    judge, other = made.judges[:2]
    own = Site(app, judge, language="en").open(f"/judging/{made.panel.reference}/defence")
    own.press("Add the time", starts_at=f"{DAY}T10:00", ends_at=f"{DAY}T08:00")
    backwards = own.status, own.errors
    own.press("Add the time", starts_at=f"{DAY}T08:00", ends_at=f"{DAY}T10:00", reason="Giảng dạy.")
    planned(made)
    hearing_of = {sheet.seat.person_id: sheet.solution_id for sheet in made.sheets()}
    first = {each.solution_id: each.starts_at for each in defence_of(made.panel).hearings}

    secretary = Site(app, made.secretary, language="en").open(f"{made.path}/defence")
    assert "Giảng dạy." in secretary.main
    secretary.press(
        "Add the time", seat=made.seat(other).reference, starts_at=f"{DAY}T07:00", ends_at=f"{DAY}T09:00"
    )  # fmt: skip
    assert "or is away at the time of a hearing" in secretary.main
    secretary.press("Make these changes")
    db.session.expire_all()
    then = {each.solution_id: each.starts_at for each in defence_of(made.panel).hearings}

    assert backwards == (422, ["The end is not before the beginning."])
    assert f"{first[hearing_of[judge.id]].astimezone(HANOI):%H:%M}" >= "10:00"
    assert f"{then[hearing_of[other.id]].astimezone(HANOI):%H:%M}" >= "09:00"
    assert [key for key in first if first[key] != then[key]] == [hearing_of[other.id]]
    assert "Make these changes" not in secretary.open(f"{made.path}/defence").buttons()
    for who in (other, made.entries[0].author):
        seen = Site(app, who, language="en").open(f"/judging/{made.panel.reference}/defence")
        assert "Giảng dạy." not in seen.html
    absence = db.session.query(Absence).filter_by(reason="Giảng dạy.").one()
    removals = [
        f"/judging/{made.panel.reference}/defence/absences/{absence.reference}/removal",
        f"{made.path}/defence/absences/{absence.reference}/removal",
    ]
    assert [Site(app, other).send(path).status for path in removals] == [404, 404]
    own.open(f"/judging/{made.panel.reference}/defence").press("Remove this time")
    assert "Giảng dạy." not in own.main
    assert own.send(removals[0]).status == 404


def test_a_day_has_its_noon():
    times = Frame([DAY], time(11), time(15), minutes=30, pause=0).times()

    assert [f"{moment:%H:%M}" for moment in times] == ["11:00", "11:30", "13:30", "14:00", "14:30"]
