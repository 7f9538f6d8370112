"""Deeds of the committee: remarks, motions, votes; only while the panel meets."""

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.errors import NotReady, Refused, WrongStage
from marketplace.events import announce
from marketplace.judging.committee.events import EntryRemarked, MotionClosed, MotionPut
from marketplace.judging.committee.models import Motion, Remark, Vote
from marketplace.judging.committee.policy import can_put_motion, can_remark, can_vote, has_quorum, seat_of
from marketplace.judging.committee.queries import MEETS, entitled_seats, hidden_entries, next_number
from marketplace.judging.committee.stages import Choice
from marketplace.judging.models import Panel
from marketplace.solutions.models import Solution


def remark_on_entry(panel: Panel, *, actor: Person, solution: Solution, text: str) -> Remark:
    """Say something of an entry to the panel.

    Raises Refused for outsiders and those with a conflict, WrongStage unless the panel deliberates.
    """
    require(can_remark, actor, panel)
    _meet(panel, actor, solution)
    remark = Remark(panel_id=panel.id, solution_id=solution.id, author=actor, text=text, written_at=clock.now())
    db.session.add(remark)
    db.session.flush()
    announce(EntryRemarked(actor=actor, subject=panel, facts={"entry": solution.reference}))
    return remark


def put_motion(panel: Panel, *, actor: Person, text: str, solution: Solution | None = None) -> Motion:
    """Ask the panel to vote, on one entry or on all.

    Raises Refused unless chair or secretary without a conflict, WrongStage unless the panel deliberates.
    """
    require(can_put_motion, actor, panel)
    _meet(panel, actor, solution)
    hold(panel)  # numbers are given one after the other
    number, now = next_number(panel), clock.now()
    motion = Motion(panel=panel, number=number, solution=solution, text=text, put_by=actor, put_at=now)
    db.session.add(motion)
    db.session.flush()
    announce(MotionPut(actor=actor, subject=motion))
    return motion


def cast_vote(motion: Motion, *, actor: Person, choice: Choice) -> Vote:
    """Vote, or vote differently as long as the vote is open.

    Raises Refused for trainees, the secretary and those with a conflict, WrongStage once it is closed.
    """
    panel = motion.panel
    require(can_vote, actor, panel)
    _meet(panel, actor, motion.solution)
    _hold_open(motion)
    seat = seat_of(actor, panel)
    vote = next((each for each in motion.votes if each.seat is seat), None) or Vote(motion=motion, seat=seat)
    vote.choice, vote.cast_at = choice, clock.now()
    db.session.add(vote)
    db.session.flush()
    return vote


def close_vote(motion: Motion, *, actor: Person) -> None:
    """Count the votes, for good. Raises NotReady unless more than half of those entitled have voted."""
    require(can_put_motion, actor, motion.panel)
    _meet(motion.panel, actor, motion.solution)
    _hold_open(motion)
    if not has_quorum([vote.seat_id for vote in motion.votes], entitled_seats(motion)):
        raise NotReady(["quorum"])
    motion.closed_at, motion.closed_by_id = clock.now(), actor.id
    announce(MotionClosed(actor=actor, subject=motion, facts={**motion.counts, "carried": motion.is_carried}))


def _meet(panel: Panel, actor: Person, solution: Solution | None) -> None:
    hold(panel.challenge, shared=True)
    if panel.challenge.stage not in MEETS:
        raise WrongStage("the panel does not meet now")
    if solution is not None and solution.id in hidden_entries(panel, actor):
        raise Refused("a conflict of interest hides this entry")


def _hold_open(motion: Motion) -> None:
    """Lock it and read its votes afresh: one may have been cast since the page was asked for."""
    hold(motion)
    db.session.expire(motion, ["votes"])
    if motion.closed_at is not None:
        raise WrongStage("the vote is closed")
