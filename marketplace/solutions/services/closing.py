"""No lost entry: complete drafts are received right after closing where the challenge announced it and they asked."""

from datetime import datetime

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Stage as ChallengeStage
from marketplace.db import db
from marketplace.errors import WrongStage
from marketplace.events import announce
from marketplace.jobs import enqueue, job
from marketplace.solutions.completeness import missing
from marketplace.solutions.events import DraftNotCounted, SolutionSaved
from marketplace.solutions.models import Solution
from marketplace.solutions.next_steps import EDITABLE, closes_for, has_unsent_changes, is_open_for
from marketplace.solutions.policy import can_submit_solution
from marketplace.solutions.queries.writers import wished_at_closing
from marketplace.solutions.services.drafting import sealed
from marketplace.solutions.services.locking import hold_solution, must_be_editable
from marketplace.solutions.services.sending import receive_version
from marketplace.solutions.stages import Stage

_STILL_RECEIVING = frozenset({ChallengeStage.PUBLISHED, ChallengeStage.SCREENING})


def ask_to_be_sent(solution: Solution, *, actor: Person, is_asked: bool) -> None:
    """Wish, or wish no longer, that the draft be sent as it stands at closing.

    Raises Refused, WrongStage once it is closed or where the challenge did not announce that it does so.
    """
    require(can_submit_solution, actor, solution)
    must_be_editable(solution, hold_solution(solution))
    if not solution.challenge.counts_complete_drafts:
        raise WrongStage("this challenge counts only what was sent")
    solution.send_at_closing_at = clock.now() if is_asked else None
    solution.send_at_closing_by = actor if is_asked else None
    announce(SolutionSaved(actor=actor, subject=solution, facts={"fields": ["send_at_closing"]} | sealed(solution)))
    if is_asked:
        _come_back(solution)


def _come_back(solution: Solution) -> None:
    closes_at = closes_for(solution)
    assert closes_at is not None  # noqa: S101 - only published challenges are answered
    key = f"{solution.reference}:{closes_at.isoformat()}"
    enqueue("send_at_closing", key=key, run_after=closes_at, solution_id=solution.id)


@job("send_at_closing")
def send_at_closing(solution_id: int) -> None:
    """Decide about one draft; a deadline that was moved meanwhile is waited for again."""
    solution = db.session.get_one(Solution, solution_id)
    at = hold_solution(solution)
    if is_open_for(solution, at):
        _come_back(solution)
    elif _is_wished(solution):
        _receive_or_tell(solution, at)


def receive_wished_drafts(challenge: Challenge) -> None:
    """The same for every draft of a closed challenge, before its closing root is made."""
    for solution in wished_at_closing(challenge):
        send_at_closing(solution.id)


def _is_wished(solution: Solution) -> bool:
    if solution.send_at_closing_by is None or solution.challenge.stage not in _STILL_RECEIVING:
        return False
    return solution.stage in EDITABLE and (solution.stage != Stage.SUBMITTED or has_unsent_changes(solution))


def _receive_or_tell(solution: Solution, at: datetime) -> None:
    actor, gaps = solution.send_at_closing_by, missing(solution)
    assert actor is not None  # noqa: S101 - asked just before
    if gaps:
        facts = {"missing": [gap.name for gap in gaps]}
        announce(DraftNotCounted(actor=None, subject=solution, facts=facts, unsaid={"gaps": gaps}))
    else:
        key = f"closing-{solution.challenge.reference}"
        receive_version(solution, actor=actor, idempotency_key=key, at=at, sent_at_closing=True)
    solution.send_at_closing_at = solution.send_at_closing_by = None
