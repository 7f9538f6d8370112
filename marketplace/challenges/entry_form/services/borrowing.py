"""Questions taken from elsewhere: from the challenge's own criteria, or from another challenge of the agency."""

from typing import Any

from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.entry_form.models import FormQuestion
from marketplace.challenges.entry_form.queries import questions_of, sections_of
from marketplace.challenges.entry_form.services.asking import new_question
from marketplace.challenges.entry_form.services.locking import hold_form, next_position, tell
from marketplace.challenges.entry_form.services.sectioning import new_section
from marketplace.challenges.entry_form.stages import Kind
from marketplace.challenges.models import Challenge, Criterion
from marketplace.challenges.policy import can_edit_challenge

MOST_WORDS = 300
DERIVED_SECTION = {"title_vi": "Câu hỏi theo tiêu chí", "title_en": "Questions by criterion"}
_COPIED = ("kind", "label_vi", "label_en", "hint_vi", "hint_en", "unit", "most_words", "options", "is_required")
_COPIED_TOO = ("audience", "tells_entrant", "asked_if_value")


def derive_questions(challenge: Challenge, *, actor: Person) -> int:
    """One long question for each criterion that no question is named after yet; answers how many were added.

    The description of the criterion becomes the help text. Raises Refused, WrongStage once the questions are locked.
    """
    before = hold_form(challenge, actor)
    known = {question.label_vi for question in questions_of(challenge)}
    new = [criterion for criterion in challenge.criteria if criterion.name_vi not in known]
    if not new:
        return 0
    section = new_section(challenge, position=next_position(sections_of(challenge)), **DERIVED_SECTION)
    for position, criterion in enumerate(new, start=1):
        new_question(section, position=position, **_derived(criterion))
    tell(challenge, actor, before, questions_derived=len(new))
    return len(new)


def _derived(criterion: Criterion) -> dict[str, Any]:
    return {
        "kind": Kind.LONG_TEXT,
        "label_vi": criterion.name_vi,
        "label_en": criterion.name_en,
        "hint_vi": criterion.description_vi,
        "hint_en": criterion.description_en,
        "most_words": MOST_WORDS,
    }


def copy_questions(challenge: Challenge, *, actor: Person, source: Challenge) -> int:
    """Every section and question of another challenge, behind those that stand; answers how many questions.

    Raises Refused unless the actor writes for both, WrongStage once the questions are locked.
    """
    require(can_edit_challenge, actor, source)
    before = hold_form(challenge, actor)
    count = copy_rows(challenge, source)
    tell(challenge, actor, before, questions_copied=count, source=source.reference)
    return count


def copy_rows(challenge: Challenge, source: Challenge) -> int:
    """The same for a form that is held; answers how many questions."""
    first = next_position(sections_of(challenge))
    copies: dict[int, FormQuestion] = {}
    for position, section in enumerate(sections_of(source), start=first):
        copy = new_section(challenge, position=position, title_vi=section.title_vi, title_en=section.title_en)
        for question in section.questions:
            columns = {name: getattr(question, name) for name in (*_COPIED, *_COPIED_TOO)}
            asked_if = copies[question.asked_if_id].id if question.asked_if_id else None
            copies[question.id] = new_question(copy, position=question.position, asked_if_id=asked_if, **columns)
    return len(copies)
