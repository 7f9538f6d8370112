"""Who takes in what comes on paper, and who takes it over: pure questions."""

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.challenges.policy import can_run_challenge
from marketplace.organisations.policy import role_of
from marketplace.organisations.stages import Claim
from marketplace.solutions.models import PaperEntry
from marketplace.solutions.policy import is_of_entrant


def can_take_in_paper(actor: Person | None, challenge: Challenge) -> bool:
    """Members of the owning agency."""
    return can_run_challenge(actor, challenge)


def can_seal_paper(actor: Person | None, paper: PaperEntry) -> bool:
    """The clerk who typed it in, once."""
    return actor is not None and actor.id == paper.clerk_id


def can_confirm_late_paper(actor: Person | None, paper: PaperEntry) -> bool:
    """Another member of the agency, who belongs to no entrant of it."""
    is_another = actor is not None and actor.id != paper.clerk_id
    return (
        is_another and can_run_challenge(actor, paper.solution.challenge) and not is_of_entrant(actor, paper.solution)
    )


def can_take_over_paper(actor: Person | None, paper: PaperEntry) -> bool:
    """Anybody with a confirmed address but the people of a host: the clerk printed the code and must not use it."""
    if actor is None or actor.confirmed_at is None:
        return False
    return not any(role_of(actor, host) for host in paper.solution.challenge.hosts)


def needs_taking_over(paper: PaperEntry) -> bool:
    """Whether nobody speaks for the entrant here yet; where somebody does, its people find the entry in their list."""
    return paper.claimed_at is None and paper.solution.organisation.claim == Claim.UNCLAIMED
