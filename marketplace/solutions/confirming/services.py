"""Confirming a received entry after amendments: until closing, by somebody who could have sent it."""

from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db
from marketplace.errors import NotReady, WrongStage
from marketplace.events import announce
from marketplace.solutions.confirming.models import Acknowledgement
from marketplace.solutions.events import SolutionConfirmed
from marketplace.solutions.models import Solution
from marketplace.solutions.next_steps import unanswered_questions, unconfirmed_of
from marketplace.solutions.policy import can_submit_solution
from marketplace.solutions.services.drafting import sealed
from marketplace.solutions.services.locking import hold_solution, must_be_editable
from marketplace.solutions.stages import Stage


def confirm_solution(solution: Solution, *, actor: Person) -> None:
    """Keep what was received as it is after every amendment so far; pressed again it changes nothing.

    Raises Refused, WrongStage after closing, or unless a version stands, NotReady with the questions that an amendment
    added and this version does not answer.
    """
    require(can_submit_solution, actor, solution)
    at = hold_solution(solution)
    must_be_editable(solution, at)
    if solution.stage != Stage.SUBMITTED:
        raise WrongStage("no version of it stands")
    db.session.expire(solution, ["acknowledgements", "asked"])
    db.session.expire(solution.challenge, ["amendments"])
    amendments = unconfirmed_of(solution)
    if not amendments:
        return
    if lacking := unanswered_questions(solution):
        raise NotReady(lacking)
    for amendment in amendments:
        solution.acknowledgements.append(Acknowledgement(amendment=amendment, confirmed_by=actor, confirmed_at=at))
    db.session.flush()
    facts = {"amendments": [each.number for each in amendments]}
    announce(SolutionConfirmed(actor=actor, subject=solution, facts=facts | sealed(solution)))
