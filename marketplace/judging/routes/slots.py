"""What judging shows on the pages of lower packages."""

from datetime import datetime

from flask import render_template

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.challenges.policy import can_run_challenge
from marketplace.challenges.stages import Stage
from marketplace.judging.policy import can_read_feedback, is_chair
from marketplace.judging.queries.panels import panel_of
from marketplace.judging.queries.results import result_of
from marketplace.judging.queries.waiting import judge_work, running_of
from marketplace.pages import fills, me
from marketplace.solutions.models import Solution

_RUN = frozenset({Stage.PUBLISHED, Stage.SCREENING, Stage.JUDGING, Stage.DELIBERATION, Stage.DECIDED})


@fills("work.waiting")
def work_waiting(person: Person, at: datetime) -> str | None:
    """Invitations, declarations and sheets; panels to run; results to publish."""
    work, running = judge_work(person), running_of(person)
    if not (work.waits or running):
        return None
    return render_template("judging/_waiting.html", work=work, running=running, at=at)


@fills("challenge.aside")
def challenge_aside(challenge: Challenge) -> str | None:
    """The way to the panel for the agency's people and the chair."""
    person = me()
    if person is None or challenge.stage not in _RUN:
        return None
    panel = panel_of(challenge)
    runs = can_run_challenge(person, challenge)
    if not runs and not (panel is not None and is_chair(person, panel)):
        return None
    return render_template("judging/_aside.html", challenge=challenge, panel=panel, runs=runs)


@fills("solution.after")
def solution_after(solution: Solution, person: Person) -> str | None:
    """What was decided of the entry, and the way to the feedback, for its own people after publication."""
    if not can_read_feedback(person, solution):
        return None
    result = result_of(solution)
    return render_template("judging/_after.html", solution=solution, result=result) if result is not None else None
