"""Who may ask, answer and write: pure questions."""

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.matching.introductions.models import Introduction
from marketplace.organisations.models import Organisation
from marketplace.organisations.policy import has_role
from marketplace.organisations.stages import Claim, Role


def can_ask_introduction(actor: Person | None, asker: Organisation, asked: Organisation) -> bool:
    """Members of the one, who do not speak for the other as well; and somebody has to be there to answer."""
    return (
        has_role(actor, asker, Role.MEMBER)
        and asker.id != asked.id
        and asker.is_listed
        and asked.claim == Claim.CLAIMED
        and asked.suspended_at is None
        and not has_role(actor, asked, Role.MEMBER)
    )


def can_answer_introduction(actor: Person | None, introduction: Introduction) -> bool:
    """Members of the organisation that was asked."""
    return has_role(actor, introduction.asked, Role.MEMBER)


def can_withdraw_introduction(actor: Person | None, introduction: Introduction) -> bool:
    """Members of the organisation that asked."""
    return has_role(actor, introduction.asker, Role.MEMBER)


def can_see_introduction(actor: Person | None, introduction: Introduction) -> bool:
    """Members of either side, nobody else: not operators, not auditors."""
    return side_of(actor, introduction) is not None


def can_block(actor: Person | None, organisation: Organisation) -> bool:
    """Members of the organisation that is asked."""
    return has_role(actor, organisation, Role.MEMBER)


def side_of(actor: Person | None, introduction: Introduction) -> Organisation | None:
    """The organisation for which this person reads and writes here."""
    sides = (introduction.asker, introduction.asked)
    return next((side for side in sides if has_role(actor, side, Role.MEMBER)), None)


def speaks_in_public(challenge: Challenge, organisation: Organisation) -> bool:
    """Whether this is a host of a challenge without results yet: of that it speaks to all at once or not at all."""
    return not challenge.has_results and any(host.id == organisation.id for host in challenge.hosts)
