"""Saving the answers to a challenge's own questions."""

from collections.abc import Collection, Mapping
from typing import Any

from marketplace import clock, meanwhile
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.events import announce
from marketplace.meanwhile import must_be_unchanged
from marketplace.solutions.answers import values_of
from marketplace.solutions.events import SolutionSaved
from marketplace.solutions.models import Answer, Solution, Writing
from marketplace.solutions.policy import can_edit_solution
from marketplace.solutions.services.drafting import sealed
from marketplace.solutions.services.locking import hold_solution, must_be_editable
from marketplace.solutions.services.writing import Desk, Pen


def save_answers(
    solution: Solution,
    *,
    actor: Person,
    values: Mapping[int, Any],
    edition: str | None = None,
    pen: Pen | None = None,
) -> Writing | None:
    """Change the draft's answers to these questions, by question id; None takes an answer away.

    Answers who else wrote there last, known only where a pen tells the section.
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
        return desk.colleague_of(actor)
    if not desk.is_same_page:
        stored = values_of(solution)
        known = {str(id_): stored.get(id_) for id_ in values}
        must_be_unchanged(edition, known, {str(id_): value for id_, value in values.items()})
    _write(solution, values)
    solution.edition += 1
    solution.saved_at = clock.now()
    if desk.note_writing(actor):
        references = sorted(asked[id_].reference for id_ in values)
        announce(SolutionSaved(actor=actor, subject=solution, facts={"fields": references} | sealed(solution)))
    return desk.colleague_of(actor)


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
    return meanwhile.edition_of({str(id_): stored.get(id_) for id_ in question_ids})
