"""Taking in what comes on paper: begun by a clerk, sealed at once, after closing confirmed by another, taken over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.models import Challenge
from marketplace.db import db, hold, token
from marketplace.errors import NotReady, Unhappened, WrongStage
from marketplace.events import announce
from marketplace.jobs import periodic
from marketplace.organisations.models import Organisation
from marketplace.organisations.services import give_role
from marketplace.organisations.stages import Role
from marketplace.organisations.unlisted import publish_unlisted
from marketplace.solutions.completeness import missing
from marketplace.solutions.models import Coeditor, PaperEntry, Solution, SolutionVersion
from marketplace.solutions.next_steps import is_counter_open
from marketplace.solutions.paper.codes import code_of, is_code_of
from marketplace.solutions.paper.events import (
    PaperDiscarded,
    PaperHandedOver,
    PaperReceived,
    PaperTakenIn,
    PaperTakenOver,
)
from marketplace.solutions.paper.policy import (
    can_confirm_late_paper,
    can_seal_paper,
    can_take_in_paper,
    can_take_over_paper,
    needs_taking_over,
)
from marketplace.solutions.paper.queries import unsealed
from marketplace.solutions.services.drafting import add_draft, sealed
from marketplace.solutions.services.eligibility import must_be_eligible
from marketplace.solutions.services.erasing import erase_draft
from marketplace.solutions.services.locking import hold_deadline, hold_solution
from marketplace.solutions.services.sending import receive_version
from marketplace.solutions.stages import Right


class WrongPaper(Unhappened):
    """str() is "time" (arrived before opening, after closing, or not yet), "reason" (late without one) or "code"."""

    status = 422


@dataclass(frozen=True)
class Counter:
    """What the counter writes down: the stamp on the paper (UTC), who stood there, how to reach them."""

    arrived_at: datetime
    name: str
    phone: str | None = None
    email: str | None = None
    tax_code: str | None = None


def take_in_paper(
    challenge: Challenge, *, actor: Person, entrant: Organisation, counter: Counter, **text: Any
) -> PaperEntry:
    """Begin to type in what somebody brought on paper; until it is sealed it is the clerk's alone.

    An entrant that answers already is not refused: that would tell the clerk what is sealed. Raises Refused,
    WrongStage outside the counter's time, NotEligible if a rule says no, WrongPaper "time".
    """
    require(can_take_in_paper, actor, challenge)
    hold_deadline(challenge)
    hold(entrant)
    at = clock.database_now()
    if not is_counter_open(challenge, at):
        raise WrongStage("the counter is closed")
    _must_be_in_time(challenge, counter.arrived_at, at)
    must_be_eligible(entrant, challenge)
    solution = add_draft(challenge, actor=actor, organisation=entrant, **text)
    paper = PaperEntry(
        solution=solution,
        clerk=actor,
        begun_at=clock.now(),
        arrived_at=counter.arrived_at,
        contact_name=counter.name,
        contact_phone=counter.phone or None,
        contact_email=counter.email or None,
        tax_code=counter.tax_code or None,
        claim_salt=token(),
    )
    db.session.add(paper)
    db.session.flush()
    facts = {"arrived_at": counter.arrived_at} | sealed(solution)
    announce(PaperTakenIn(actor=actor, subject=solution, facts=facts))
    return paper


def _must_be_in_time(challenge: Challenge, arrived_at: datetime, at: datetime) -> None:
    opens_at, closes_at = challenge.opens_at, challenge.closes_at
    if opens_at is None or closes_at is None or not opens_at <= arrived_at < closes_at or arrived_at > at:
        raise WrongPaper("time")


def seal_paper(paper: PaperEntry, *, actor: Person, reason: str | None = None) -> SolutionVersion | None:
    """End the clerk's reading. Before closing it is received at once; after it a second person confirms, and None.

    Raises Refused, WrongStage a second time or once the counter is closed, NotReady naming what is missing, WrongPaper
    "time" where the deadline was moved before the stamp, "reason" after closing without one.
    """
    require(can_seal_paper, actor, paper)
    solution = paper.solution
    at = hold_solution(solution)
    hold(paper)
    if paper.sealed_at is not None or not is_counter_open(solution.challenge, at):
        raise WrongStage("it is sealed, or the counter is closed")
    _must_be_in_time(solution.challenge, paper.arrived_at, at)
    if gaps := missing(solution):
        raise NotReady(gaps)
    if solution.challenge.is_open(at):
        paper.sealed_at = clock.now()
        return _receive(paper, at)
    _hand_over(paper, reason)
    return None


def _hand_over(paper: PaperEntry, reason: str | None) -> None:
    if not reason:
        raise WrongPaper("reason")
    paper.late_reason, paper.sealed_at = reason, clock.now()
    scans = [each.file.sha256 for each in paper.solution.attachments]
    facts = {"arrived_at": paper.arrived_at, "reason": reason, "scans": scans} | sealed(paper.solution)
    announce(PaperHandedOver(actor=paper.clerk, subject=paper.solution, facts=facts))


def confirm_late_paper(paper: PaperEntry, *, actor: Person) -> SolutionVersion:
    """The paper bears a stamp from before closing and says what was typed: it is received.

    Raises Refused for whoever typed it, WrongStage before opening, a second time, or once the check is over.
    """
    require(can_confirm_late_paper, actor, paper)
    at = hold_solution(paper.solution)
    hold(paper)
    challenge = paper.solution.challenge
    if paper.sealed_at is None or paper.version_id is not None:
        raise WrongStage("nothing waits here")
    if not challenge.is_closed(at) or not is_counter_open(challenge, at, confirming=True):
        raise WrongStage("it is sealed, or the check of eligibility is over")
    paper.confirmed_by, paper.confirmed_at = actor, clock.now()
    return _receive(paper, at)


def discard_paper(paper: PaperEntry, *, actor: Person) -> None:
    """Throw away what was begun and not sealed, with everything typed and attached; the journal keeps that it was.

    Raises Refused for anybody but its clerk, WrongStage once it is sealed.
    """
    require(can_seal_paper, actor, paper)
    _discard(paper, actor)


@periodic("discard_papers", timedelta(hours=1))
def discard_forgotten() -> None:
    """The same for whatever lies unsealed when the counter has closed: it can never be received."""
    for paper in unsealed():
        if not is_counter_open(paper.solution.challenge, clock.database_now()):
            _discard(paper, None)


def _discard(paper: PaperEntry, actor: Person | None) -> None:
    solution = paper.solution
    hold_solution(solution)
    hold(paper)
    if paper.sealed_at is not None:
        raise WrongStage("it is sealed")
    facts = {"paper": paper.reference, "files": len(solution.attachments)} | sealed(solution)
    announce(PaperDiscarded(actor=actor, subject=solution, facts=facts))
    db.session.delete(paper)
    erase_draft(solution)


def _receive(paper: PaperEntry, at: datetime) -> SolutionVersion:
    """As of the paper's arrival; the journal keeps when that was typed in, by whom, and what the scans are."""
    solution = paper.solution
    key = f"paper-{paper.reference}"
    version = receive_version(solution, actor=paper.clerk, idempotency_key=key, at=paper.arrived_at)
    paper.version = version
    db.session.flush()
    facts = {"receipt": version.reference, "arrived_at": paper.arrived_at, "entered_at": at}
    facts |= {"reason": paper.late_reason} if paper.late_reason else {}
    code = code_of(paper) if needs_taking_over(paper) else None
    actor = paper.confirmed_by or paper.clerk
    unsaid = {"paper": paper, "version": version, "code": code}
    announce(PaperReceived(actor=actor, subject=solution, facts=facts | sealed(solution), unsaid=unsaid))
    return version


def take_over_paper(paper: PaperEntry, *, actor: Person, code: str) -> Solution:
    """Go on online with what one brought on paper: an entrant nobody spoke for becomes one's own.

    An organisation that was not on the site is listed from then on; of one that stands here as reference data only
    this entry may be edited. Raises WrongPaper "code", Refused for people of a host, WrongStage a second time.
    """
    if not is_code_of(paper, code):
        raise WrongPaper("code")
    require(can_take_over_paper, actor, paper)
    hold(paper)
    hold(paper.solution.organisation)
    if not needs_taking_over(paper):
        raise WrongStage("it was taken over already")
    paper.claimed_by, paper.claimed_at = actor, clock.now()
    organisation = paper.solution.organisation
    if organisation.is_listed:
        _let_edit(paper, actor)
    else:
        give_role(organisation, actor, role=Role.OWNER, giver=None)
        publish_unlisted(organisation, actor=actor, tax_code=paper.tax_code)
    announce(PaperTakenOver(actor=actor, subject=paper.solution, facts=sealed(paper.solution)))
    return paper.solution


def _let_edit(paper: PaperEntry, actor: Person) -> None:
    now = clock.now()
    right = Coeditor(
        solution=paper.solution,
        email=actor.email,
        right=Right.EDIT,
        key_hash=token(),
        inviter=paper.clerk,
        invited_at=now,
        expires_at=now,
        person=actor,
        accepted_at=now,
    )
    db.session.add(right)
    db.session.flush()
