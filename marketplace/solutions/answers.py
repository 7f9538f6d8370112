"""What a draft answers to its challenge's own questions: what is missing, what is sent, and who may read it. Pure.

A version keeps each answer together with its question and the promise who reads it, so that nothing decided later
shows more than the entrant was told.
"""

import enum
from collections.abc import Mapping, Sequence
from typing import Any

from marketplace.challenges.entry_form.applying import applying
from marketplace.challenges.entry_form.models import FormQuestion
from marketplace.challenges.entry_form.stages import WITH_OPTIONS, Audience, Kind
from marketplace.solutions.models import Solution, SolutionVersion


class Reader(enum.StrEnum):
    """In which role somebody reads what was received."""

    ENTRANT = "entrant"
    AGENCY = "agency"
    JUDGE = "judge"
    PUBLIC = "public"


_READS: dict[Reader, frozenset[Audience]] = {
    Reader.AGENCY: frozenset({Audience.PUBLIC, Audience.JUDGES, Audience.AGENCY}),
    Reader.JUDGE: frozenset({Audience.PUBLIC, Audience.JUDGES}),
    Reader.PUBLIC: frozenset({Audience.PUBLIC}),
}
_READ_ONCE_OPENED = frozenset({Reader.AGENCY, Reader.JUDGE})


def values_of(solution: Solution) -> dict[int, Any]:
    """The draft's answers by question id, kept ones included."""
    return {answer.question_id: answer.value for answer in solution.answers}


def asked_of(solution: Solution) -> list[FormQuestion]:
    """The questions that are asked of it, given its answers so far."""
    return applying(solution.asked, values_of(solution))


def unanswered(solution: Solution) -> list[FormQuestion]:
    """The required questions without an answer; a file that is attached no more is none."""
    return _unanswered(solution.asked, values_of(solution), _attached(solution))


def unanswered_in(solution: Solution, version: SolutionVersion) -> list[FormQuestion]:
    """The required questions, as they are asked now, that a version received before does not answer."""
    kept = kept_values(version)
    values = {question.id: kept[question.reference] for question in solution.asked if question.reference in kept}
    return _unanswered(solution.asked, values, {file.get("reference"): file for file in version.files})


def _unanswered(
    asked: Sequence[FormQuestion], values: Mapping[int, Any], attached: Mapping[Any, Any]
) -> list[FormQuestion]:
    return [
        question
        for question in applying(asked, values)
        if question.is_required and not _is_answer(values.get(question.id), question, attached)
    ]


def kept_values(version: SolutionVersion) -> dict[str, Any]:
    """The answers of a received version by the reference of their question, also of questions asked no more."""
    return {answer["question"]: answer["value"] for answer in version.content.get("answers", ())}


def _is_answer(value: Any, question: FormQuestion, attached: Mapping[Any, Any]) -> bool:
    if question.kind in WITH_OPTIONS and value is not None:
        return bool(_chosen(question, value))
    return value in attached if question.kind == Kind.FILE else value is not None


def _attached(solution: Solution) -> dict[str, Any]:
    return {attachment.file.reference: attachment.file for attachment in solution.attachments}


def answers_of(solution: Solution) -> list[dict[str, Any]]:
    """What a version keeps: each question that is asked and answered, in order, with its answer."""
    values, attached = values_of(solution), _attached(solution)
    return [
        _kept(question, values[question.id], attached)
        for question in asked_of(solution)
        if _is_answer(values.get(question.id), question, attached)
    ]


def _kept(question: FormQuestion, value: Any, attached: Mapping[str, Any]) -> dict[str, Any]:
    kept = {
        "question": question.reference,
        "kind": question.kind.value,
        "label_vi": question.label_vi,
        "label_en": question.label_en,
        "audience": question.audience.value,
        "tells_entrant": question.tells_entrant,
        "value": value,
    }
    if question.kind in WITH_OPTIONS:
        kept["chosen"] = _chosen(question, value)
    if question.kind == Kind.NUMBER:
        kept["unit"] = question.unit
    if question.kind == Kind.FILE:
        kept["name"] = attached[value].name
    return kept


def _chosen(question: FormQuestion, value: Any) -> list[dict[str, str]]:
    """The texts of the options chosen, in the question's order."""
    keys = value if isinstance(value, list) else [value]
    return [
        {name: text for name, text in option.items() if name != "key"}
        for option in question.options
        if option["key"] in keys
    ]


def seen_by(reader: Reader, version: SolutionVersion, *, blind: bool = False) -> dict[str, Any]:
    """The content of a version without the answers that are not for this reader.

    `blind`: neither those that tell who the entrant is. The second envelope counts as `version.solution` says.
    """
    content = dict(version.content)
    if "answers" in content:
        is_open = version.solution.envelope is not None
        content["answers"] = _readable(content["answers"], reader, is_open=is_open, blind=blind)
    return content


def files_seen_by(reader: Reader, version: SolutionVersion, *, blind: bool = False) -> list[dict[str, Any]]:
    """The files of a version, in its order, without those that only answer questions not for this reader."""
    answers = [each for each in version.content.get("answers", ()) if each["kind"] == Kind.FILE]
    shown = {each["value"] for each in seen_by(reader, version, blind=blind).get("answers", ())}
    hidden = {each["value"] for each in answers} - shown
    return [file for file in version.files if file.get("reference") not in hidden]


def _readable(
    answers: Sequence[Mapping[str, Any]], reader: Reader, *, is_open: bool, blind: bool
) -> list[Mapping[str, Any]]:
    if reader == Reader.ENTRANT:
        return list(answers)
    audiences = _READS[reader] | ({Audience.SEALED} if is_open and reader in _READ_ONCE_OPENED else frozenset())
    read = [each for each in answers if each["audience"] in audiences and not (blind and each["tells_entrant"])]
    # files of a winner stay closed, so their names tell the public nothing
    return [each for each in read if reader != Reader.PUBLIC or each["kind"] != Kind.FILE]
