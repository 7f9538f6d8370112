"""Rows held while a deed decides, always the challenge before the solution, and the moment that decides."""

from datetime import datetime

from marketplace import clock
from marketplace.asked import know_what_is_empty
from marketplace.challenges.models import Challenge
from marketplace.db import db, hold
from marketplace.errors import WrongStage
from marketplace.solutions.models import Solution
from marketplace.solutions.next_steps import EDITABLE, is_open_for

# what belongs to a solution and is read afresh once its row is held: whoever changes one of these holds it too
_OWN = ("answers", "asked", "attachments", "versions", "partners", "authors", "paper", "acknowledgements")
PARTS = (*_OWN, "challenge.amendments")


def hold_deadline(challenge: Challenge) -> None:
    """Keep the challenge's stage and times as they are until this transaction ends.

    Shared: entrants at the last minute do not wait for each other, while a change of the deadline waits for them.
    """
    hold(challenge, shared=True)


def hold_solution(solution: Solution) -> datetime:
    """Hold the challenge's deadline and the solution's row, read afresh; answers the database's moment after that."""
    hold_deadline(solution.challenge)
    hold(solution)
    db.session.expire(solution, [*_OWN, "late_pass"])
    db.session.expire(solution.challenge, ["amendments"])
    know_what_is_empty(solution, *PARTS)
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
