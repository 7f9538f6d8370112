"""Asking one entrant for a clarification during screening, and answering within the window."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.stages import Stage as ChallengeStage
from marketplace.db import db, hold
from marketplace.errors import Conflict, WrongStage
from marketplace.events import announce
from marketplace.files import StoredFile
from marketplace.solutions import snapshot
from marketplace.solutions.clarifying.events import ClarificationAnswered, ClarificationAsked
from marketplace.solutions.clarifying.models import Clarification
from marketplace.solutions.clarifying.queries import clarifications_of
from marketplace.solutions.models import Solution, SolutionVersion
from marketplace.solutions.policy import can_screen_solution, can_submit_solution
from marketplace.solutions.queries import solution_version
from marketplace.solutions.services.screening import begin_screening
from marketplace.solutions.stages import Stage
from marketplace.text import HANOI

# An answer is due at the end of a working day.
DUE = time(17)


def ask_clarification(solution: Solution, *, actor: Person, question: str, days: int) -> Clarification:
    """Ask for an answer until 17:00 after so many days; the first question begins the screening.

    Raises Refused, WrongStage outside the screening or for an excluded entry, Conflict while another one is open.
    """
    require(can_screen_solution, actor, solution)
    challenge = solution.challenge
    hold(challenge)
    if challenge.stage == ChallengeStage.PUBLISHED:
        begin_screening(challenge, actor=actor)
    if challenge.stage != ChallengeStage.SCREENING:
        raise WrongStage("the check of eligibility is over")
    clarification = open_clarification(solution, actor=actor, question=question, days=days)
    facts = {"clarification": clarification.reference, "due_at": clarification.due_at}
    unsaid = {"clarification": clarification}
    announce(ClarificationAsked(actor=actor, subject=solution, facts=facts, unsaid=unsaid))
    return clarification


def open_clarification(
    solution: Solution, *, actor: Person, question: str, days: int, revises: bool = False
) -> Clarification:
    """Open the list and its clock. Not a deed: those who may ask call it. Raises WrongStage for an excluded entry,
    Conflict while another one is open."""
    hold(solution)
    if solution.stage not in {Stage.SUBMITTED, Stage.ADMITTED}:
        raise WrongStage("it is not being checked")
    at = clock.database_now()
    if any(each.is_open(at) for each in clarifications_of(solution)):
        raise Conflict("another clarification is open")
    clarification = Clarification(
        solution=solution,
        question=question,
        revises=revises,
        asked_by=actor,
        asked_at=at,
        due_at=due_after(at, days),
    )
    db.session.add(clarification)
    db.session.flush()
    return clarification


def due_after(at: datetime, days: int) -> datetime:
    """17:00 in Hanoi, so many days after the day of this moment there."""
    day = at.astimezone(HANOI).date() + timedelta(days=days)
    return datetime.combine(day, DUE, HANOI).astimezone(at.tzinfo)


def answer_clarification(
    clarification: Clarification, *, actor: Person, answer: str, files: Sequence[StoredFile] = ()
) -> SolutionVersion:
    """Answer with text and files: a new version that adds both to what was received and changes nothing of it.

    Raises Refused, WrongStage when it is answered or its time is over by the database's clock.
    """
    solution = clarification.solution
    require(can_submit_solution, actor, solution)
    hold(solution.challenge, shared=True)
    hold(solution)
    hold(clarification)
    at = clock.database_now()
    if not clarification.is_open(at):
        raise WrongStage("it is answered, or its time is over")
    db.session.expire(solution, ["versions"])
    db.session.add_all(files)
    db.session.flush()
    version = _version_with(clarification, actor, answer, files)
    version.received_at = at
    db.session.add(version)
    db.session.flush()
    clarification.answered_at, clarification.version = at, version
    facts = {
        "clarification": clarification.reference,
        "version": version.number,
        "receipt": version.reference,
        "content_sha256": version.content_sha256,
    }
    announce(
        ClarificationAnswered(
            actor=actor, subject=solution, facts=facts, unsaid={"version": version, "clarification": clarification}
        )
    )
    return version


def _version_with(
    clarification: Clarification, actor: Person, answer: str, files: Sequence[StoredFile]
) -> SolutionVersion:
    last = solution_version(clarification.solution)
    lines = [_line_of(file, clarification) for file in files]
    part = {
        "reference": clarification.reference,
        "question": clarification.question,
        "asked_at": clarification.asked_at.isoformat(),
        "answer": answer,
        **({"revises": True} if clarification.revises else {}),
        "files": [file.name for file in files],
    }
    content = last.content | {"clarifications": [*last.content.get("clarifications", []), part]}
    return SolutionVersion(
        solution=clarification.solution,
        number=last.number + 1,
        submitted_by=actor,
        idempotency_key=f"clarification-{clarification.reference}",
        content=content,
        content_sha256=snapshot.content_hash(content),
        files=[*last.files, *lines],
        partners=last.partners,
        whole_sha256=snapshot.content_hash(
            {
                "content": content,
                "files": [[line["name"], line["sha256"]] for line in [*last.files, *lines]],
                "partners": last.partners,
            }
        ),
    )


def _line_of(file: StoredFile, clarification: Clarification) -> dict[str, Any]:
    return snapshot.file_line(file) | {"clarification": clarification.reference}
