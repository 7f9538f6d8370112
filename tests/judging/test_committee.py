"""The panel as a committee: remarks, motions, votes, minutes, and what a conflict of interest hides of all that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from marketplace.audit.models import JournalEntry
from marketplace.db import db
from marketplace.judging.committee import services
from marketplace.judging.committee.models import Motion, Remark, Vote
from marketplace.judging.committee.policy import has_quorum
from marketplace.judging.committee.stages import Choice
from marketplace.judging.models import Declaration
from marketplace.judging.stages import Basis, SeatRole
from tests import make
from tests.judging.judging_make import a_deliberating_round, a_scoring_round, rules_of
from tests.site import Site

HELD = "Vì sao hồ sơ này đáng bàn thêm."


def a_committee(**options):
    made = a_deliberating_round(2, judges=3, **options)
    return made, f"/challenges/{made.challenge.slug}/committee"


def shut_out(made, judge, entry):
    found = select(Declaration).where(Declaration.seat_id == made.seat(judge).id, Declaration.solution_id == entry.id)
    declaration = db.session.scalars(found).one()
    declaration.basis, declaration.reason = Basis.DECLARED, "Từng làm chung."
    db.session.commit()


@pytest.mark.feature("72")
def test_members_talk_about_an_entry_and_everybody_on_the_panel_reads_it(app):
    made, path = a_committee()
    first, second, _ = made.judges
    entry = made.entries[0]

    Site(app, first, language="en").open(f"{path}/entries/{entry.reference}").press("Add the remark", text=HELD)

    read = Site(app, second, language="en").open(f"{path}/entries/{entry.reference}")
    assert HELD in read.main
    assert "1 remark" in Site(app, made.secretary, language="en").open(path).main
    assert HELD not in str([line.facts for line in db.session.scalars(select(JournalEntry)).all()])


def test_an_empty_remark_is_asked_for_again(app):
    made, path = a_committee()

    site = Site(app, made.judges[0], language="en").open(f"{path}/entries/{made.entries[0].reference}")
    site.press("Add the remark")

    assert (site.status, "Write the remark." in site.text) == (422, True)
    assert db.session.scalars(select(Remark)).all() == []


@pytest.mark.feature("73", "58")
def test_a_conflict_hides_an_entry_with_all_that_is_said_and_voted_of_it(app):
    made, path = a_committee()
    first, second, _ = made.judges
    entry = made.entries[0]
    speaking = Site(app, second, language="en")
    speaking.open(f"{path}/entries/{entry.reference}").press("Add the remark", text=HELD)
    Site(app, made.secretary, language="en").open(path).press(
        "Let the panel vote", text="Trao giải cho hồ sơ này", entry=entry.reference
    )
    before = Site(app, first, language="en").open(path)
    assert "Trao giải cho hồ sơ này" in before.main

    shut_out(made, first, entry)

    hidden = Site(app, first, language="en").open(path)
    assert "1 entry is hidden from you because of a conflict of interest" in hidden.main
    assert [text for text in ("Trao giải", "1 remark", entry.reference) if text in hidden.html] == []
    closed = [f"/entries/{entry.reference}", "/motions/1"]
    assert [Site(app, first).open(path + each).status for each in closed] == [404, 404]
    minutes = Site(app, first, language="en").open(f"{path}/minutes")
    assert (entry.reference in minutes.html, "this copy is not complete" in minutes.main) == (False, True)


@pytest.mark.feature("73", "74", "84")
def test_the_panel_votes_and_the_minutes_say_so(app):
    made, path = a_committee()
    motion = "Hội đồng đề nghị trao giải Nhất."
    Site(app, made.secretary, language="en").open(path).press("Let the panel vote", text=motion, entry="")
    for judge, choice in zip(made.judges, ("for", "for", "against"), strict=True):
        voting = Site(app, judge, language="en").open(f"{path}/motions/1").press("Vote", choice=choice)
        assert "How each voted is shown when the vote is closed." in voting.main

    closing = Site(app, made.secretary, language="en").open(f"{path}/motions/1").press("Close the vote")

    assert "Carried" in closing.main
    assert "For: 2 · Against: 1 · Abstained: 0" in closing.main
    minutes = Site(app, made.judges[0], language="en").open(f"{path}/minutes").main
    assert f"Motion 1. {motion} For: 2 · Against: 1 · Abstained: 0. Carried." in minutes
    assert [judge.full_name for judge in made.judges if judge.full_name not in minutes] == []


@pytest.mark.feature("74")
def test_a_vote_without_a_quorum_stays_open(app):
    made, path = a_committee()
    secretary = Site(app, made.secretary, language="en").open(path)
    secretary.press("Let the panel vote", text="Trao hai giải Ba.", entry="")
    Site(app, made.judges[0], language="en").open(f"{path}/motions/1").press("Vote", choice="for")

    secretary.open(f"{path}/motions/1").press("Close the vote")

    assert (secretary.status, "More than half of those entitled must have voted." in secretary.text) == (422, True)
    assert db.session.scalars(select(Motion)).one().closed_at is None


@pytest.mark.feature("74", "58")
def test_of_a_motion_on_an_entry_whoever_has_a_conflict_with_it_is_not_counted(app):
    made, path = a_committee()
    first, second, _ = made.judges
    entry = made.entries[0]
    secretary = Site(app, made.secretary, language="en").open(path)
    secretary.press("Let the panel vote", text="Trao giải.", entry=entry.reference)
    for judge in (first, second):
        Site(app, judge, language="en").open(f"{path}/motions/1").press("Vote", choice="for")

    shut_out(made, first, entry)

    secretary.open(f"{path}/motions/1")
    assert "of 2 members have voted" in secretary.main
    secretary.press("Close the vote")
    assert (secretary.status, db.session.scalars(select(Motion)).one().closed_at) == (422, None)


def test_a_vote_may_be_changed_until_it_is_closed_and_counts_once(app):
    made, path = a_committee()
    Site(app, made.secretary, language="en").open(path).press("Let the panel vote", text="Trao giải.", entry="")
    voting = Site(app, made.judges[0], language="en").open(f"{path}/motions/1").press("Vote", choice="for")
    voting.press("Vote", choice="against")
    Site(app, made.judges[1], language="en").open(f"{path}/motions/1").press("Vote", choice="abstain")
    stale = Site(app, made.judges[2], language="en").open(f"{path}/motions/1")
    Site(app, made.secretary, language="en").open(f"{path}/motions/1").press("Close the vote")

    stale.press("Vote", choice="for")

    assert stale.status == 409
    votes = db.session.scalars(select(Vote).order_by(Vote.id)).all()
    assert [vote.choice for vote in votes] == [Choice.AGAINST, Choice.ABSTAIN]


def test_votes_are_counted_as_the_database_holds_them_whoever_has_the_motion_at_hand(app):
    made, _path = a_committee()
    motion = services.put_motion(made.panel, actor=made.secretary, solution=made.entries[0], text="Trao giải.")
    first, second, _ = made.judges
    services.cast_vote(motion, actor=first, choice=Choice.FOR)
    db.session.expire(motion)

    services.cast_vote(motion, actor=second, choice=Choice.AGAINST)
    db.session.expire(motion)
    services.close_vote(motion, actor=made.secretary)

    assert [vote.choice for vote in motion.votes] == [Choice.FOR, Choice.AGAINST]
    assert motion.closed_by_id == made.secretary.id


def test_only_chair_and_secretary_put_motions_and_only_members_vote(app):
    made, path = a_committee()
    trainee = made.judges[2]
    made.seat(trainee).role = SeatRole.TRAINEE
    db.session.commit()
    Site(app, made.secretary, language="en").open(path).press("Let the panel vote", text="Trao giải.", entry="")

    judge = Site(app, made.judges[1], language="en").open(path)
    assert "Put a motion" not in judge.main
    assert judge.send(f"{path}/motions", text="Khác", entry="").status == 403
    for person in (trainee, made.secretary):
        site = Site(app, person, language="en").open(f"{path}/motions/1")
        assert "Change your vote" not in site.main
        assert site.send(f"{path}/motions/1/vote", choice="for").status == 403


def test_nobody_else_finds_the_committee(app):
    made, path = a_committee()
    people = (made.entries[0].author, make.an_operator(), make.a_person("Người lạ"))

    assert [Site(app, person).open(path).status for person in people] == [404, 404, 404]


def test_the_committee_does_not_meet_while_judges_score(app):
    made = a_scoring_round(2, judges=3)

    assert Site(app, made.judges[0]).open(f"/challenges/{made.challenge.slug}/committee").status == 404


@pytest.mark.feature("66")
def test_what_was_read_blind_stays_blind_in_the_committee(app):
    made, path = a_committee()
    name = made.entries[0].organisation.name_vi
    assert name in Site(app, made.judges[0], language="en").open(path).main
    rules_of(made.challenge).rounds = [{"blind": "blind", "best": None}]
    db.session.commit()

    judge, secretary = (Site(app, person, language="en").open(path) for person in (made.judges[0], made.secretary))

    assert (name in judge.html, name in secretary.html) == (False, True)


@given(st.sets(st.integers(1, 9)), st.sets(st.integers(1, 9)))
def test_a_quorum_is_more_than_half_of_those_entitled_whoever_else_voted(voted, entitled):
    assert has_quorum(voted, entitled) == (len(voted & entitled) > len(entitled) / 2)
