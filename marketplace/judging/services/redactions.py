"""The deed of covering: give judges of blind rounds a copy instead of a file that tells who entered."""

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.stages import Stage
from marketplace.db import db, hold
from marketplace.errors import NotFound, WrongStage
from marketplace.events import announce
from marketplace.files import StoredFile
from marketplace.judging.events import FileRedacted
from marketplace.judging.models import RedactedCopy
from marketplace.judging.policy import can_redact
from marketplace.judging.queries.redactions import copies_of
from marketplace.solutions.models import Solution
from marketplace.solutions.queries import solution_version

REDACTED_IN = frozenset({Stage.SCREENING, Stage.JUDGING})


def redact_file(solution: Solution, *, actor: Person, of_file: str, copy: StoredFile, reason: str) -> RedactedCopy:
    """Show judges the copy instead of this file of the entry; a copy made before is kept and shown no more.

    Raises Refused for whoever belongs to the entrant, NotFound for another file, WrongStage outside screening and
    judging.
    """
    require(can_redact, actor, solution)
    hold(solution.challenge, shared=True)
    hold(solution)
    if solution.challenge.stage not in REDACTED_IN:
        raise WrongStage("copies are made from screening to the end of judging")
    original = next((line for line in solution_version(solution).files if line.get("reference") == of_file), None)
    if original is None:
        raise NotFound(of_file)
    before = copies_of(solution).get(of_file)
    if before is not None:
        before.ended_at = clock.now()
        db.session.flush()
    made = RedactedCopy(
        solution=solution, of_file=of_file, file=copy, reason=reason, made_by=actor, made_at=clock.now()
    )
    db.session.add(made)
    db.session.flush()
    facts = {"file": of_file, "sha256": original["sha256"], "copy_sha256": copy.sha256, "reason": reason}
    announce(FileRedacted(actor=actor, subject=made, facts=facts))
    return made
