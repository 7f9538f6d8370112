"""Saving the answers to a challenge's own questions."""

from collections.abc import Collection, Mapping
from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.events import announce
from marketplace.solutions.answers import values_of
from marketplace.solutions.events import SolutionSaved
from marketplace.solutions.models import Answer, Solution
from marketplace.solutions.policy import can_edit_solution
from marketplace.solutions.services.drafting import EditedMeanwhile, sealed
from marketplace.solutions.services.locking import hold_solution, must_be_editable
from marketplace.solutions.services.writing import Desk, Pen
from marketplace.solutions.snapshot import content_hash


def save_answers(
    solution: Solution,
    *,
    actor: Person,
    values: Mapping[int, Any],
    edition: str | None = None,
    pen: Pen | None = None,
) -> None:
    """Change the draft's answers to these questions, by question id; None takes an answer away.

    `edition` is answers_edition of them when the form was opened; None does not ask. `pen` tells from which open page
    it comes: what that page itself saved meanwhile is no other edition. Raises Refused, WrongStage unless the draft may
    still be changed, NotFound for a question of another challenge, EditedMeanwhile if the answers now say something
    else than both.
    """
    require(can_edit_solution, actor, solution)
    must_be_editable(solution, hold_solution(solution))
    asked = {question.id: question for question in solution.asked}
    if not values.keys() <= asked.keys():
        raise NotFound("question")
    desk = Desk(solution, pen)
    if desk.is_late:
        return
    if edition not in (None, answers_edition(solution, values.keys())) and not desk.is_same_page:
        _must_be_unchanged(solution, values)
    _write(solution, values)
    solution.edition += 1
    solution.saved_at = clock.now()
    if desk.note_writing(actor):
        references = sorted(asked[id_].reference for id_ in values)
        announce(SolutionSaved(actor=actor, subject=solution, facts={"fields": references} | sealed(solution)))


def _must_be_unchanged(solution: Solution, values: Mapping[int, Any]) -> None:
    """Raise EditedMeanwhile if what somebody else saved since the page was opened is not what is saved now."""
    stored = values_of(solution)
    if any(stored.get(id_) != value for id_, value in values.items()):
        raise EditedMeanwhile(solution.reference)


def _write(solution: Solution, values: Mapping[int, Any]) -> None:
    known = {answer.question_id: answer for answer in solution.answers}
    for question_id, value in values.items():
        answer = known.get(question_id)
        if value is None and answer is not None:
            solution.answers.remove(answer)
        elif answer is not None:
            answer.value = value
        elif value is not None:
            solution.answers.append(Answer(question_id=question_id, value=value))
    db.session.flush()


def answers_edition(solution: Solution, question_ids: Collection[int]) -> str:
    """A short fingerprint of these answers: equal to the one a form was opened with while nobody changed them."""
    stored = values_of(solution)
    return content_hash({str(id_): stored.get(id_) for id_ in question_ids})[:32]
