"""Opening a file: whether the reader may have its content, and the ledger line before the first byte leaves."""

from datetime import timedelta

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.audit.queries import entries_about
from marketplace.audit.services import record_access
from marketplace.errors import Unhappened, WrongStage
from marketplace.files import Scan, StoredFile, is_openable
from marketplace.solutions.events import SolutionFileOpened, SolutionRead
from marketplace.solutions.models import Solution
from marketplace.solutions.policy import is_of_entrant

_ONCE_IN = timedelta(hours=1)


class NotClean(Unhappened):
    """The file waits for the malware scan, or was refused by it."""

    status = 409


def open_file(file: StoredFile, *, solution: Solution, actor: Person, role: str) -> None:
    """Release the file to this reader: always to its entrant, to others once the challenge has closed and it is clean.

    Openings by others go into the ledger that the entrant reads, `role` says as what (agency, judge); the line outlives
    the reading request. Raises WrongStage before closing, NotClean.
    """
    if is_of_entrant(actor, solution):
        if file.scan == Scan.REFUSED:
            raise NotClean(file.reference)
        return
    if not solution.challenge.is_closed(clock.database_now()):
        raise WrongStage("files are sealed until the challenge closes")
    if not is_openable(file):
        raise NotClean(file.reference)
    facts = {"file": file.reference, "name": file.name, "sha256": file.sha256, "role": role}
    record_access(SolutionFileOpened(actor=actor, subject=solution, facts=facts))


def note_reading(solution: Solution, *, actor: Person, role: str, version: int) -> None:
    """Put into the ledger that this person reads the version; again within the hour is the same reading."""
    since = clock.now() - _ONCE_IN
    for entry in entries_about(solution.reference, SolutionRead.__name__):
        if entry.actor_id == actor.id and entry.at > since and entry.facts.get("version") == version:
            return
    record_access(SolutionRead(actor=actor, subject=solution, facts={"version": version, "role": role}))
