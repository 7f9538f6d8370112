"""A consortium: inviting organisations, their answer, their part, and their word for the exact version."""

from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.errors import Conflict, NotReady, WrongStage
from marketplace.events import announce
from marketplace.meanwhile import EditedMeanwhile
from marketplace.organisations.models import Organisation
from marketplace.solutions import consortium
from marketplace.solutions.completeness import missing_before_confirming
from marketplace.solutions.events import (
    ConfirmationsAsked,
    PartnerAccepted,
    PartnerChanged,
    PartnerConfirmed,
    PartnerEnded,
    PartnerInvited,
    SolutionWithdrawn,
)
from marketplace.solutions.models import Confirmation, Partner, Solution
from marketplace.solutions.policy import (
    can_answer_for_partner,
    can_be_partner,
    can_describe_partner,
    can_end_partner,
    can_lead_consortium,
)
from marketplace.solutions.services.drafting import must_have_room, sealed
from marketplace.solutions.services.eligibility import must_fit_as_partner
from marketplace.solutions.services.locking import hold_solution, must_be_editable
from marketplace.solutions.stages import Ending, Stage


def invite_partner(solution: Solution, *, actor: Person, organisation: Organisation, **part: Any) -> Partner:
    """Ask an organisation to answer together; `part` is its task, share_bp and background_ip as the lead sees them.

    Raises Refused unless the actor writes for the lead, WrongStage unless the draft may still be changed, Conflict for
    a state body, the lead itself, or one that was asked already, NotEligible if a rule that binds partners says no.
    """
    require(can_lead_consortium, actor, solution)
    must_be_editable(solution, hold_solution(solution))
    standing = [each for each in solution.partners if each.ended_at is None]
    if not can_be_partner(organisation) or organisation.id == solution.organisation_id:
        raise Conflict("this organisation cannot be a partner here")
    if any(each.organisation_id == organisation.id for each in standing):
        raise Conflict("this organisation was asked already")
    must_fit_as_partner(organisation, solution.challenge)
    lead = next((each for each in standing if each.is_lead), None) or _lead_line(solution, actor)
    partner = _line(solution, actor, organisation, part)
    # what the partner gets comes out of the lead's share, until the lead divides it otherwise
    lead.share_bp = max(0, lead.share_bp - partner.share_bp)
    announce(PartnerInvited(actor=actor, subject=partner, facts=_told(partner)))
    return partner


def _lead_line(solution: Solution, actor: Person) -> Partner:
    lead = _line(solution, actor, solution.organisation, {"share_bp": consortium.WHOLE_BP})
    lead.accepted_at, lead.accepted_by_id = clock.now(), actor.id
    return lead


def _line(solution: Solution, actor: Person, organisation: Organisation, part: dict[str, Any]) -> Partner:
    line = Partner(solution=solution, organisation=organisation, inviter=actor, invited_at=clock.now(), **part)
    db.session.add(line)
    db.session.flush()
    return line


def accept_partnership(partner: Partner, *, actor: Person) -> None:
    """Join. Raises Refused, WrongStage once answered or closed, NotEligible if a rule that binds partners says no.

    Conflict if the organisation answers elsewhere as often as the challenge allows.
    """
    require(can_answer_for_partner, actor, partner)
    must_be_editable(partner.solution, hold_solution(partner.solution))
    _hold_standing(partner)
    if partner.accepted_at is not None:
        raise WrongStage("it was accepted already")
    hold(partner.organisation)
    must_fit_as_partner(partner.organisation, partner.solution.challenge)
    must_have_room(partner.organisation, partner.solution.challenge, actor=actor)
    partner.accepted_at, partner.accepted_by_id = clock.now(), actor.id
    db.session.flush()
    announce(PartnerAccepted(actor=actor, subject=partner, facts=_told(partner)))


def describe_partner(partner: Partner, *, actor: Person, **part: Any) -> None:
    """Change a line: task, share_bp, background_ip. Whoever confirmed is asked again, because the whole changed.

    Raises Refused; shares are the lead's to change.
    """
    require(can_describe_partner, actor, partner)
    if "share_bp" in part:
        require(can_lead_consortium, actor, partner.solution)
    must_be_editable(partner.solution, hold_solution(partner.solution))
    _hold_standing(partner)
    for name, value in part.items():
        setattr(partner, name, value)
    partner.solution.saved_at = clock.now()
    announce(PartnerChanged(actor=actor, subject=partner, facts={"fields": sorted(part)} | _told(partner)))


def end_partner(partner: Partner, *, actor: Person) -> None:
    """Decline, leave, or be removed by the lead, until closing.

    A partner that leaves takes its word back: what was received with it no longer stands. Raises Refused, WrongStage.
    """
    require(can_end_partner, actor, partner)
    solution = partner.solution
    must_be_editable(solution, hold_solution(solution))
    _hold_standing(partner)
    was_accepted, is_own = partner.accepted_at is not None, can_answer_for_partner(actor, partner)
    partner.ended_at = clock.now()
    partner.ended_because = (Ending.LEFT if was_accepted else Ending.DECLINED) if is_own else Ending.REMOVED
    announce(PartnerEnded(actor=actor, subject=partner, facts={"because": partner.ended_because} | _told(partner)))
    if is_own and _counts_on(solution, partner):
        solution.move("withdraw")
        announce(SolutionWithdrawn(actor=actor, subject=solution, facts=sealed(solution)))


def _counts_on(solution: Solution, partner: Partner) -> bool:
    last = solution.last_version
    if solution.stage != Stage.SUBMITTED or last is None:
        return False
    return partner.organisation_id in consortium.organisations_of(last)


def confirm_version(partner: Partner, *, actor: Person, sha256: str) -> None:
    """Stand behind exactly this state of the draft; `sha256` is consortium.whole_hash as it was read.

    Raises Refused, WrongStage, NotReady while anything but confirmations is missing, EditedMeanwhile if the draft says
    something else by now.
    """
    require(can_answer_for_partner, actor, partner)
    solution = partner.solution
    must_be_editable(solution, hold_solution(solution))
    _hold_standing(partner)
    if partner.accepted_at is None:
        raise WrongStage("it has not joined yet")
    if gaps := missing_before_confirming(solution):
        raise NotReady(gaps)
    if sha256 != consortium.whole_hash(solution):
        raise EditedMeanwhile(solution.reference)
    if consortium.confirmation_of(partner, sha256) is None:
        partner.confirmations.append(Confirmation(person=actor, sha256=sha256, confirmed_at=clock.now()))
        db.session.flush()
        announce(PartnerConfirmed(actor=actor, subject=partner, facts={"sha256": sha256} | _told(partner)))


def ask_for_confirmations(solution: Solution, *, actor: Person) -> None:
    """Write to every partner whose word is missing. Raises Refused, NotReady while anything else is missing."""
    require(can_lead_consortium, actor, solution)
    must_be_editable(solution, hold_solution(solution))
    if gaps := missing_before_confirming(solution):
        raise NotReady(gaps)
    asked = consortium.unconfirmed(solution)
    facts = {"partners": len(asked)} | sealed(solution)
    announce(ConfirmationsAsked(actor=actor, subject=solution, facts=facts, unsaid={"partners": asked}))


def _hold_standing(partner: Partner) -> None:
    hold(partner)
    db.session.expire(partner, ["confirmations"])
    if partner.ended_at is not None:
        raise WrongStage("it is no longer part of it")


def _told(partner: Partner) -> dict[str, Any]:
    return {"organisation": partner.organisation.reference} | sealed(partner.solution)
