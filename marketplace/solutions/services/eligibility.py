"""Whether an organisation may answer a challenge by the challenge's own rules."""

from collections.abc import Sequence

from marketplace import clock
from marketplace.challenges.eligibility import Finding, Verdict, verdict_of
from marketplace.challenges.models import Challenge
from marketplace.errors import Refused
from marketplace.organisations.models import Organisation
from marketplace.solutions.policy import eligibility_of
from marketplace.solutions.queries import last_prize_at

_DAYS_A_YEAR = 365


class NotEligible(Refused):
    """A rule of the challenge keeps the organisation from answering; `found` says which."""

    def __init__(self, found: Sequence[Finding]):
        super().__init__("; ".join(str(each.rule.kind) for each in found if each.verdict == Verdict.NO))
        self.found = list(found)


def standing_of(organisation: Organisation, challenge: Challenge) -> list[Finding]:
    """What each rule of the challenge says of this organisation today."""
    won = last_prize_at(organisation)
    years = (clock.database_now() - won).days // _DAYS_A_YEAR if won else None
    return eligibility_of(organisation, challenge, years_since_prize=years)


def must_be_eligible(organisation: Organisation, challenge: Challenge) -> None:
    """Raise Refused for hosts, NotEligible if a rule says no; what cannot be told holds nobody back."""
    if organisation in challenge.hosts:
        raise Refused("whoever hosts a challenge does not answer it")
    found = standing_of(organisation, challenge)
    if verdict_of(found) == Verdict.NO:
        raise NotEligible(found)
