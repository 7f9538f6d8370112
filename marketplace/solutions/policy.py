"""Who may do what with solutions: pure questions."""

from marketplace.accounts.models import Person
from marketplace.challenges.eligibility import Finding, answerer_of, findings, partner_rules_of, rules_of, takes
from marketplace.challenges.models import Challenge
from marketplace.challenges.policy import can_run_challenge, is_invited_by_name
from marketplace.challenges.stages import Applicant
from marketplace.organisations.models import Organisation
from marketplace.organisations.policy import has_role, is_agency, role_of
from marketplace.organisations.stages import Role
from marketplace.solutions.models import Coeditor, Comment, Partner, Solution
from marketplace.solutions.stages import RIGHTS, Right


def right_to(actor: Person | None, solution: Solution) -> Right | None:
    """The most that a role in an organisation of the consortium or an accepted invitation gives.

    Members write, viewers only read.
    """
    if actor is None:
        return None
    if is_at_the_counter(solution):
        return Right.EDIT if is_clerk(actor, solution) else None
    own = _right_by_role(actor, solution.organisation)
    if own == Right.EDIT:
        return own  # nothing gives more, so partners and co-editors need not be read
    joined = [each.organisation for each in solution.partners if each.accepted_at and not each.ended_at]
    found = [own, *(_right_by_role(actor, organisation) for organisation in dict.fromkeys(joined))]
    found += [each.right for each in solution.coeditors if each.person_id == actor.id and each.ended_at is None]
    return max((right for right in found if right is not None), key=RIGHTS.__getitem__, default=None)


def _right_by_role(actor: Person, organisation: Organisation) -> Right | None:
    role = role_of(actor, organisation)
    return None if role is None else Right.VIEW if role == Role.VIEWER else Right.EDIT


def is_at_the_counter(solution: Solution) -> bool:
    """Whether a clerk still types it in from paper."""
    return solution.paper is not None and solution.paper.sealed_at is None


def is_clerk(actor: Person | None, solution: Solution) -> bool:
    """Whether it came on paper and the actor typed it in."""
    return actor is not None and solution.paper is not None and solution.paper.clerk_id == actor.id


def has_right(actor: Person | None, solution: Solution, least: Right) -> bool:
    """Whether the actor may do at least this with the draft."""
    right = right_to(actor, solution)
    return right is not None and RIGHTS[right] >= RIGHTS[least]


def is_of_entrant(actor: Person | None, solution: Solution) -> bool:
    """Whoever has any right to it as an entrant: the only ones for whom it is not sealed."""
    return right_to(actor, solution) is not None


def can_start_solution(actor: Person | None, organisation: Organisation) -> bool:
    """Members of any organisation but a state body answer in its name."""
    return not is_agency(organisation) and has_role(actor, organisation, Role.MEMBER)


def can_answer_as(actor: Person | None, challenge: Challenge, applicant: Applicant) -> bool:
    """Somebody with a confirmed address, where the challenge takes people or groups; never people of its hosts."""
    if actor is None or actor.confirmed_at is None or not takes(challenge, applicant):
        return False
    if challenge.invited_only and not is_invited_by_name(actor, challenge):
        return False
    return not any(role_of(actor, host) for host in challenge.hosts)


def eligibility_of(organisation: Organisation, challenge: Challenge, *, years_since_prize: int | None) -> list[Finding]:
    """What each rule of the challenge says of the organisation; whole years since it last won here, None if never."""
    return findings(rules_of(challenge), answerer_of(organisation, years_since_prize=years_since_prize))


def partner_standing(
    organisation: Organisation, challenge: Challenge, *, years_since_prize: int | None
) -> list[Finding]:
    """The same for a partner of a consortium: of the rules that bind partners."""
    return findings(partner_rules_of(challenge), answerer_of(organisation, years_since_prize=years_since_prize))


def can_edit_solution(actor: Person | None, solution: Solution) -> bool:
    """Members and co-editors write; viewers only read."""
    return has_right(actor, solution, Right.EDIT)


def can_lead_consortium(actor: Person | None, solution: Solution) -> bool:
    """Members of the lead invite, change lines and remove."""
    return not is_at_the_counter(solution) and has_role(actor, solution.organisation, Role.MEMBER)


def can_be_partner(organisation: Organisation) -> bool:
    """Any organisation on the site but state bodies: those ask, and decide."""
    return organisation.is_listed and not is_agency(organisation)


def can_answer_for_partner(actor: Person | None, partner: Partner) -> bool:
    """Members of the invited organisation accept, leave and confirm in its name; the lead has nothing to answer."""
    return not partner.is_lead and has_role(actor, partner.organisation, Role.MEMBER)


def can_describe_partner(actor: Person | None, partner: Partner) -> bool:
    """The lead, and the partner itself once it has joined."""
    is_own = partner.accepted_at is not None and can_answer_for_partner(actor, partner)
    return partner.ended_at is None and (is_own or can_lead_consortium(actor, partner.solution))


def can_end_partner(actor: Person | None, partner: Partner) -> bool:
    """The partner itself, and the lead; the lead cannot be removed."""
    if partner.is_lead or partner.ended_at is not None:
        return False
    return can_answer_for_partner(actor, partner) or can_lead_consortium(actor, partner.solution)


def can_comment_on_solution(actor: Person | None, solution: Solution) -> bool:
    """Whoever writes, and who was invited to comment."""
    return has_right(actor, solution, Right.COMMENT)


def can_resolve_comment(actor: Person | None, comment: Comment) -> bool:
    """Its author, and whoever writes."""
    return can_edit_solution(actor, comment.solution) or (
        actor is not None and actor.id == comment.author_id and can_comment_on_solution(actor, comment.solution)
    )


def can_invite_coeditor(actor: Person | None, solution: Solution) -> bool:
    """Members of the organisation that answers; co-editors invite nobody."""
    return not is_at_the_counter(solution) and has_role(actor, solution.organisation, Role.MEMBER)


def can_end_coeditor(actor: Person | None, coeditor: Coeditor) -> bool:
    """Whoever could invite; and oneself."""
    is_own = actor is not None and coeditor.person_id == actor.id
    return coeditor.ended_at is None and (is_own or can_invite_coeditor(actor, coeditor.solution))


def can_submit_solution(actor: Person | None, solution: Solution) -> bool:
    """Members send it; who accepted the terms signs for the organisation. What lies at the counter is sealed there."""
    return not is_at_the_counter(solution) and has_role(actor, solution.organisation, Role.MEMBER)


def can_withdraw_solution(actor: Person | None, solution: Solution) -> bool:
    """Whoever could send it may take it back."""
    return can_submit_solution(actor, solution)


def can_screen_solution(actor: Person | None, solution: Solution) -> bool:
    """Members of the owning agency check eligibility, but never for an organisation they belong to."""
    return can_run_challenge(actor, solution.challenge) and not is_of_entrant(actor, solution)
