"""Rows held while a deed decides, always the challenge before the solution, and the moment that decides."""

from datetime import datetime

from marketplace import clock
from marketplace.challenges.models import Challenge
from marketplace.db import db, hold
from marketplace.errors import WrongStage
from marketplace.solutions.models import Solution
from marketplace.solutions.next_steps import EDITABLE, is_open_for


def hold_deadline(challenge: Challenge) -> None:
    """Keep the challenge's stage and times as they are until this transaction ends.

    Shared: entrants at the last minute do not wait for each other, while a change of the deadline waits for them.
    """
    hold(challenge, shared=True)


def hold_solution(solution: Solution) -> datetime:
    """Hold the challenge's deadline and the solution's row, read afresh; answers the database's moment after that."""
    hold_deadline(solution.challenge)
    hold(solution)
    parts = ["answers", "asked", "attachments", "versions", "partners", "authors", "late_pass", "paper"]
    parts += ["acknowledgements"]
    db.session.expire(solution, parts)
    db.session.expire(solution.challenge, ["amendments"])
    return clock.database_now()


def must_be_open_for(solution: Solution, at: datetime) -> None:
    """Raise WrongStage unless this solution may be sent at this moment; the rows are held."""
    if not is_open_for(solution, at):
        raise WrongStage("the challenge takes this solution no more, or not yet")


def must_be_editable(solution: Solution, at: datetime) -> None:
    """Raise WrongStage unless the draft may be changed at this moment; the rows are held."""
    must_be_open_for(solution, at)
    if solution.stage not in EDITABLE:
        raise WrongStage("this solution is already being checked")
