"""The secretary's check after closing: which received solutions are eligible."""

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.events import ScreeningBegun
from marketplace.challenges.models import Challenge
from marketplace.challenges.policy import can_run_challenge
from marketplace.challenges.stages import Stage as ChallengeStage
from marketplace.db import hold
from marketplace.errors import WrongStage
from marketplace.events import announce
from marketplace.solutions.events import SolutionAdmitted, SolutionExcluded
from marketplace.solutions.models import Solution
from marketplace.solutions.next_steps import unconfirmed_of
from marketplace.solutions.policy import can_screen_solution


def begin_screening(challenge: Challenge, *, actor: Person) -> None:
    """Begin to check what was received. Raises Refused, WrongStage before closing or a second time."""
    require(can_run_challenge, actor, challenge)
    hold(challenge)
    if not challenge.is_closed(clock.database_now()):
        raise WrongStage("solutions are sealed until the challenge closes")
    challenge.move("screen")
    announce(ScreeningBegun(actor=actor, subject=challenge))


def admit_solution(solution: Solution, *, actor: Person) -> None:
    """Find it eligible; the first check begins the screening.

    Raises Refused, WrongStage outside the screening and for what was never confirmed after an amendment.
    """
    require(can_screen_solution, actor, solution)
    _be_screening(solution.challenge, actor)
    if unconfirmed_of(solution):
        raise WrongStage("it was not confirmed after an amendment, so by the rule announced with it it does not count")
    solution.move("admit")
    solution.screening_note = None
    announce(SolutionAdmitted(actor=actor, subject=solution))


def exclude_solution(solution: Solution, *, actor: Person, reasons: str) -> None:
    """Find it ineligible, with reasons that the entrant reads. Raises Refused, WrongStage outside the screening."""
    require(can_screen_solution, actor, solution)
    _be_screening(solution.challenge, actor)
    solution.move("exclude")
    solution.screening_note = reasons
    announce(SolutionExcluded(actor=actor, subject=solution, facts={"reasons": reasons}))


def _be_screening(challenge: Challenge, actor: Person) -> None:
    hold(challenge)
    if challenge.stage == ChallengeStage.PUBLISHED:
        begin_screening(challenge, actor=actor)
    elif challenge.stage != ChallengeStage.SCREENING:
        raise WrongStage("the check of eligibility is over")
