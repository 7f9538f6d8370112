"""The access ledger: who opened a file of somebody else's solution, written before the first byte leaves."""

from marketplace.accounts.models import Person
from marketplace.audit.services import record_access
from marketplace.files import StoredFile
from marketplace.solutions.events import SolutionFileOpened
from marketplace.solutions.models import Solution


def record_opening(file: StoredFile, *, solution: Solution, actor: Person, role: str) -> None:
    """Put into the journal that `actor` opens this file as `role` (agency, judge); it outlives the reading request."""
    facts = {"file": file.reference, "name": file.name, "sha256": file.sha256, "role": role}
    record_access(SolutionFileOpened(actor=actor, subject=solution, facts=facts))
