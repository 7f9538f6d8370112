"""Deeds on revisions: require one of an entrant, and say whether what was sent will do."""

from dataclasses import dataclass

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.stages import Stage
from marketplace.db import db, hold
from marketplace.errors import Refused, WrongStage
from marketplace.events import announce
from marketplace.judging.events import RevisionDecided, RevisionRequired, SheetReturned
from marketplace.judging.models import Panel, Revision
from marketplace.judging.policy import can_deliberate
from marketplace.judging.queries.entries import entries_of
from marketplace.judging.queries.results import final_sheets, hidden_from
from marketplace.judging.stages import Look
from marketplace.solutions.clarifying.services import open_clarification
from marketplace.solutions.models import Solution


@dataclass(frozen=True)
class Wanted:
    """The list of what has to be revised, within how many days, and who looks again."""

    text: str
    days: int
    looks: Look


def require_revision(panel: Panel, *, actor: Person, solution: Solution, wanted: Wanted) -> Revision:
    """Let the entrant revise by this list until 17:00 of the last day; until then no results are drafted.

    Raises Refused unless chair or secretary without a conflict, WrongStage outside deliberation, Conflict while
    another list of the same entry is open.
    """
    require(can_deliberate, actor, panel)
    _meet(panel, actor, solution)
    clarification = open_clarification(solution, actor=actor, question=wanted.text, days=wanted.days, revises=True)
    revision = Revision(panel=panel, clarification=clarification, looks=wanted.looks)
    db.session.add(revision)
    db.session.flush()
    facts = {"revision": revision.reference, "due_at": clarification.due_at, "looks": wanted.looks.value}
    announce(RevisionRequired(actor=actor, subject=solution, facts=facts, unsaid={"clarification": clarification}))
    return revision


def decide_revision(revision: Revision, *, actor: Person, accepted: bool, because: str) -> None:
    """Say whether what the entrant sent does what was required; without it the entry cannot win.

    Raises Refused as `require_revision`, WrongStage unless the chair has to look.
    """
    panel, solution = revision.panel, revision.clarification.solution
    require(can_deliberate, actor, panel)
    _meet(panel, actor, solution)
    hold(revision)
    if revision.state(clock.database_now()) != "sent":
        raise WrongStage("there is nothing for the chair to look at")
    revision.accepted, revision.decided_because = accepted, because
    revision.decided_by, revision.decided_at = actor, clock.now()
    facts = {"solution": solution.reference, "accepted": accepted}
    announce(RevisionDecided(actor=actor, subject=revision, facts=facts))


def look_again(revision: Revision) -> None:
    """Give the judges of the entry their sheets back with the new version. Not a deed: the answer calls it."""
    clarification = revision.clarification
    for sheet in final_sheets(revision.panel):
        if sheet.solution_id == clarification.solution_id:
            sheet.version_id = clarification.version_id or sheet.version_id
            sheet.returned_at, sheet.returned_because = clock.now(), clarification.question
            sheet.move("return")
            facts = {"reason": clarification.question, "solution": clarification.solution.reference}
            announce(SheetReturned(actor=None, subject=sheet, facts=facts))


def _meet(panel: Panel, actor: Person, solution: Solution) -> None:
    hold(panel.challenge, shared=True)
    if panel.challenge.stage != Stage.DELIBERATION:
        raise WrongStage("revisions are required in deliberation")
    mine = [entry for entry in entries_of(panel.challenge) if entry.solution.id == solution.id]
    if not mine or hidden_from(actor, panel, mine):
        raise Refused("a conflict of interest hides this entry")
