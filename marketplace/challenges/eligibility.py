"""Whether somebody may answer a challenge: what its rules say of what is known of them. Pure.

Whatever is not known is said to be unknown and holds nobody back; who answers certifies it.
"""

import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Applicant, Reach, RuleKind, Size
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import KINDS_TO_REGISTER, PERSONAL_KINDS, Helix, Kind

# the houses of whoever may answer
HOUSES = {**KINDS_TO_REGISTER, Kind.MASS: Helix.SUPPORT}


class Verdict(enum.StrEnum):
    """What a rule, or all of them together, says."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Rule:
    """A condition: its kind, the values that fulfil it, and whether partners of a consortium must fulfil it too."""

    kind: RuleKind
    values: tuple[str, ...]
    binds_partners: bool = False


def rules_of(challenge: Challenge) -> list[Rule]:
    """The rules of a challenge, in the order of the form."""
    return [Rule(row.kind, tuple(row.values), row.binds_partners) for row in challenge.eligibility]


def partner_rules_of(challenge: Challenge) -> list[Rule]:
    """Those of them that every partner of a consortium must fulfil too."""
    return [rule for rule in rules_of(challenge) if rule.binds_partners]


def takes(challenge: Challenge, applicant: Applicant) -> bool:
    """Whether entries may stand in such a name; people and groups only where a rule names them."""
    named = next((row.values for row in challenge.eligibility if row.kind == RuleKind.APPLICANTS), None)
    return applicant == Applicant.ORGANISATION if named is None else applicant in named


@dataclass(frozen=True)
class Answerer:
    """What is known of whoever wants to answer; None is not known."""

    applicant: Applicant | None = None
    kind: Kind | None = None
    side: Helix | None = None
    place: Reach | str | None = None
    size: Size | None = None
    years_since_prize: int | None = None
    never_won: bool = False


@dataclass(frozen=True)
class Finding:
    """What one rule says, and the word that was compared with its values (None: not known)."""

    rule: Rule
    verdict: Verdict
    given: str | None


def findings(rules: Iterable[Rule], answerer: Answerer) -> list[Finding]:
    """What each rule says of the answerer, in the order of the rules."""
    return [_CHECKS[rule.kind](rule, answerer) for rule in rules]


def verdict_of(found: Iterable[Finding]) -> Verdict:
    """NO if any rule says so, else UNKNOWN if any cannot tell, else YES."""
    verdicts = {each.verdict for each in found}
    if Verdict.NO in verdicts:
        return Verdict.NO
    return Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.YES


def answerer_of(organisation: Organisation, *, years_since_prize: int | None) -> Answerer:
    """What its public profile tells of an organisation; `years_since_prize` is None where it never won here.

    Of a person or a group nothing is known but that; whether somebody of a group won before, it certifies itself.
    """
    if organisation.kind in PERSONAL_KINDS:
        applicant = Applicant(organisation.kind.value)
        never_won = years_since_prize is None and applicant == Applicant.INDIVIDUAL
        return Answerer(applicant=applicant, years_since_prize=years_since_prize, never_won=never_won)
    place: Reach | str | None = "abroad" if organisation.kind == Kind.FOREIGN else None
    return Answerer(
        applicant=Applicant.ORGANISATION,
        kind=organisation.kind,
        side=organisation.helix,
        place=Reach.HANOI if organisation.place_code else place,
        years_since_prize=years_since_prize,
        never_won=years_since_prize is None,
    )


def answerer_from(told: Mapping[str, str]) -> Answerer:
    """Whoever answers the self-check so: {applicant, kind, place, size, prize}, each may be missing."""
    kind = Kind(told["kind"]) if told.get("kind") in set(HOUSES) else None
    return Answerer(
        applicant=Applicant(told["applicant"]) if "applicant" in told else None,
        kind=kind,
        side=HOUSES[kind] if kind else None,
        place=told.get("place"),
        size=Size(told["size"]) if "size" in told else None,
        years_since_prize=0 if told.get("prize") == "yes" else None,
        never_won=told.get("prize") == "no",
    )


def _of_organisation(rule: Rule, answerer: Answerer, given: str | None) -> Finding:
    """Rules on kinds and sizes hold for organisations; people have neither."""
    if answerer.applicant in (Applicant.GROUP, Applicant.INDIVIDUAL):
        return Finding(rule, Verdict.YES, None)
    return _one_of(rule, given)


def _one_of(rule: Rule, given: str | None) -> Finding:
    if given is None:
        return Finding(rule, Verdict.UNKNOWN, None)
    return Finding(rule, Verdict.YES if given in rule.values else Verdict.NO, given)


def _place(rule: Rule, answerer: Answerer) -> Finding:
    if answerer.place == Reach.HANOI and rule.values == (Reach.VIETNAM.value,):
        return Finding(rule, Verdict.YES, Reach.HANOI)
    return _one_of(rule, answerer.place)


def _prize(rule: Rule, answerer: Answerer) -> Finding:
    if answerer.never_won:
        return Finding(rule, Verdict.YES, None)
    if answerer.years_since_prize is None:
        return Finding(rule, Verdict.UNKNOWN, None)
    late = answerer.years_since_prize < int(rule.values[0])
    return Finding(rule, Verdict.NO if late else Verdict.YES, str(answerer.years_since_prize))


_CHECKS: dict[RuleKind, Callable[[Rule, Answerer], Finding]] = {
    RuleKind.APPLICANTS: lambda rule, answerer: _one_of(rule, answerer.applicant),
    RuleKind.KINDS: lambda rule, answerer: _of_organisation(rule, answerer, answerer.kind),
    RuleKind.SIDES: lambda rule, answerer: _of_organisation(rule, answerer, answerer.side),
    RuleKind.PLACE: _place,
    RuleKind.SIZES: lambda rule, answerer: _of_organisation(rule, answerer, answerer.size),
    RuleKind.NO_PRIZE: _prize,
}
