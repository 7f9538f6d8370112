"""Whether an organisation may answer a challenge by the challenge's own rules."""

from collections.abc import Sequence

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.challenges.eligibility import Finding, Verdict, takes, verdict_of
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Applicant
from marketplace.errors import Refused
from marketplace.organisations.models import Organisation
from marketplace.organisations.policy import role_of
from marketplace.organisations.stages import PERSONAL_KINDS
from marketplace.solutions.policy import eligibility_of, partner_standing
from marketplace.solutions.queries import last_prize_at

_DAYS_A_YEAR = 365


class NotEligible(Refused):
    """A rule of the challenge keeps the organisation from answering; `found` says which."""

    def __init__(self, found: Sequence[Finding]):
        super().__init__("; ".join(str(each.rule.kind) for each in found if each.verdict == Verdict.NO))
        self.found = list(found)


def standing_of(organisation: Organisation, challenge: Challenge) -> list[Finding]:
    """What each rule of the challenge says of this organisation today."""
    return eligibility_of(organisation, challenge, years_since_prize=_years_since_prize(organisation))


def standing_as_partner(organisation: Organisation, challenge: Challenge) -> list[Finding]:
    """What each rule that binds partners says of this organisation today."""
    return partner_standing(organisation, challenge, years_since_prize=_years_since_prize(organisation))


def _years_since_prize(organisation: Organisation) -> int | None:
    won = last_prize_at(organisation)
    return (clock.database_now() - won).days // _DAYS_A_YEAR if won else None


def must_be_eligible(organisation: Organisation, challenge: Challenge, *, actor: Person | None = None) -> None:
    """Raise Refused for hosts and for their own people, NotEligible if a rule says no.

    What cannot be told holds nobody back. `actor` is who answers in their own name or for a group.
    """
    if organisation in challenge.hosts:
        raise Refused("whoever hosts a challenge does not answer it")
    if organisation.kind in PERSONAL_KINDS:
        _must_be_taken(organisation, challenge, actor)
    _must_fulfil(standing_of(organisation, challenge))


def _must_be_taken(entrant: Organisation, challenge: Challenge, actor: Person | None) -> None:
    if not takes(challenge, Applicant(entrant.kind.value)):
        raise Refused("people do not answer it in their own name")
    if any(role_of(actor, host) for host in challenge.hosts):
        raise Refused("whoever works for a host does not answer it")


def must_fit_as_partner(organisation: Organisation, challenge: Challenge) -> None:
    """Raise NotEligible if a rule that binds partners says no."""
    _must_fulfil(standing_as_partner(organisation, challenge))


def _must_fulfil(found: list[Finding]) -> None:
    if verdict_of(found) == Verdict.NO:
        raise NotEligible(found)
