"""Sending a version, and taking it back: decided by the database's clock while the challenge's row is held."""

from datetime import datetime
from typing import Any

from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db
from marketplace.errors import NotReady
from marketplace.events import announce
from marketplace.solutions import authorship, consortium, snapshot
from marketplace.solutions.completeness import missing
from marketplace.solutions.events import SolutionSubmitted, SolutionWithdrawn
from marketplace.solutions.models import Solution, SolutionVersion
from marketplace.solutions.next_steps import has_unsent_changes
from marketplace.solutions.policy import can_submit_solution, can_withdraw_solution
from marketplace.solutions.queries import version_with_key
from marketplace.solutions.services.drafting import sealed
from marketplace.solutions.services.locking import hold_solution, must_be_editable, must_be_open_for
from marketplace.solutions.stages import Stage


def submit_solution(solution: Solution, *, actor: Person, idempotency_key: str) -> SolutionVersion:
    """Receive the draft as it stands as a new version; its reference is the receipt.

    The same key, or a draft equal to the version that stands, answers the version already received. Raises Refused,
    WrongStage unless the challenge is open by the database's clock, NotReady naming what is missing.
    """
    require(can_submit_solution, actor, solution)
    at = hold_solution(solution)
    known = version_with_key(solution, idempotency_key)
    if known is not None:
        return known
    must_be_editable(solution, at)
    last = solution.last_version
    if solution.stage == Stage.SUBMITTED and last is not None and not has_unsent_changes(solution):
        return last
    gaps = missing(solution)
    if gaps:
        raise NotReady(gaps)
    return receive_version(solution, actor=actor, idempotency_key=idempotency_key, at=at)


def receive_version(
    solution: Solution, *, actor: Person, idempotency_key: str, at: datetime, sent_at_closing: bool = False
) -> SolutionVersion:
    """Take the draft as it stands as received at this moment; called by deeds that already asked whether it may be."""
    solution.move("submit")
    version = _kept(solution, actor, idempotency_key, at)
    version.sent_at_closing = sent_at_closing
    facts = _receipted(version) | sealed(solution)
    announce(SolutionSubmitted(actor=actor, subject=solution, facts=facts, unsaid={"version": version}))
    return version


def _receipted(version: SolutionVersion) -> dict[str, Any]:
    """What the journal's line, and with it the receipt, binds."""
    return {
        "version": version.number,
        "receipt": version.reference,
        "received_at": version.received_at,
        "content_sha256": version.content_sha256,
        "files": [line["sha256"] for line in version.files],
    }


def _kept(solution: Solution, actor: Person, idempotency_key: str, at: datetime) -> SolutionVersion:
    content = snapshot.content_of(solution)
    version = SolutionVersion(
        solution=solution,
        number=len(solution.versions) + 1,
        received_at=at,
        submitted_by=actor,
        idempotency_key=idempotency_key,
        content=content,
        content_sha256=snapshot.content_hash(content),
        files=snapshot.files_of(solution),
        partners=consortium.lines_of(solution),
        authors=authorship.lines_of(solution),
        whole_sha256=consortium.whole_hash(solution),
    )
    db.session.add(version)
    db.session.flush()
    return version


def withdraw_solution(solution: Solution, *, actor: Person) -> None:
    """Take it back before closing: nobody will open what was received, and it may be sent again until then."""
    require(can_withdraw_solution, actor, solution)
    must_be_open_for(solution, hold_solution(solution))
    solution.move("withdraw")
    solution.send_at_closing_at = solution.send_at_closing_by = None
    announce(SolutionWithdrawn(actor=actor, subject=solution, facts=sealed(solution)))
