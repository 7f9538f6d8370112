"""Who opened what of a solution, as its entrant reads it: agencies by name, judges by number until results are out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace.audit.models import JournalEntry
from marketplace.audit.queries import entries_about
from marketplace.solutions.events import SolutionFileOpened, SolutionRead
from marketplace.solutions.models import Solution


@dataclass(frozen=True)
class Opening:
    """One line of the ledger: when, by whom, as what; and the version that was read, or the file that was opened."""

    at: datetime
    name: str
    # judges keep one number for all lines of a solution, counted by first opening; None for everybody else
    judge_number: int | None
    role: str
    version: int | None
    file: str
    in_package: bool


def openings_of(solution: Solution) -> list[Opening]:
    """Every opening by others, newest first. Names of judges are left out until results are published."""
    lines = [
        *entries_about(solution.reference, SolutionFileOpened.__name__),
        *entries_about(solution.reference, SolutionRead.__name__),
    ]
    lines.sort(key=lambda entry: (entry.at, entry.id))
    numbers = _numbers(lines)
    is_blind = not solution.challenge.has_results
    return [_opening(entry, numbers.get(entry.actor_id), is_blind=is_blind) for entry in reversed(lines)]


def _numbers(lines: Sequence[JournalEntry]) -> dict[int | None, int]:
    judges = dict.fromkeys(entry.actor_id for entry in lines if entry.facts.get("role") == "judge")
    return {actor: number for number, actor in enumerate(judges, start=1)}


def _opening(entry: JournalEntry, number: int | None, *, is_blind: bool) -> Opening:
    facts, is_judge = entry.facts, entry.facts.get("role") == "judge"
    return Opening(
        at=entry.at,
        name="" if (is_judge and is_blind) or entry.actor is None else entry.actor.full_name,
        judge_number=number if is_judge else None,
        role=str(facts.get("role", "")),
        version=facts.get("version"),
        file=str(facts.get("name") or ""),
        in_package=bool(facts.get("in_package")),
    )
