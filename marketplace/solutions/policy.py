"""Who may do what with solutions: pure questions."""

from marketplace.accounts.models import Person
from marketplace.challenges.eligibility import Finding, answerer_of, findings, rules_of
from marketplace.challenges.models import Challenge
from marketplace.challenges.policy import can_run_challenge
from marketplace.organisations.models import Organisation
from marketplace.organisations.policy import has_role, is_agency, role_of
from marketplace.organisations.stages import Role
from marketplace.solutions.models import Solution


def is_of_entrant(actor: Person | None, solution: Solution) -> bool:
    """Whoever has any role in the organisation that answers: the only ones for whom it is not sealed."""
    return role_of(actor, solution.organisation) is not None


def can_start_solution(actor: Person | None, organisation: Organisation) -> bool:
    """Members of any organisation but a state body answer in its name."""
    return not is_agency(organisation) and has_role(actor, organisation, Role.MEMBER)


def eligibility_of(organisation: Organisation, challenge: Challenge, *, years_since_prize: int | None) -> list[Finding]:
    """What each rule of the challenge says of the organisation; whole years since it last won here, None if never."""
    return findings(rules_of(challenge), answerer_of(organisation, years_since_prize=years_since_prize))


def can_edit_solution(actor: Person | None, solution: Solution) -> bool:
    """Members write; viewers only read."""
    return has_role(actor, solution.organisation, Role.MEMBER)


def can_submit_solution(actor: Person | None, solution: Solution) -> bool:
    """Members send it; who accepted the terms signs for the organisation."""
    return has_role(actor, solution.organisation, Role.MEMBER)


def can_withdraw_solution(actor: Person | None, solution: Solution) -> bool:
    """Whoever could send it may take it back."""
    return can_submit_solution(actor, solution)


def can_screen_solution(actor: Person | None, solution: Solution) -> bool:
    """Members of the owning agency check eligibility, but never for an organisation they belong to."""
    return can_run_challenge(actor, solution.challenge) and not is_of_entrant(actor, solution)
