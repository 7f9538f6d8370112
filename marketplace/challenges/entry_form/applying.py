"""Which questions are asked, given the answers so far. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeVar


class Asked(Protocol):
    """What a question says of its condition; `asked_if_id` None: it is always asked."""

    id: Any
    asked_if_id: Any
    asked_if_value: Any


Q = TypeVar("Q", bound=Asked)


def applying(questions: Sequence[Q], values: Mapping[int, Any]) -> list[Q]:
    """Those of `questions` (in the order of the form) that are asked; `values` are answers by question id.

    A condition counts only if the question it names stands before and is asked itself, so an answer that was kept
    below a closed branch opens nothing.
    """
    asked: dict[int, Q] = {}
    for question in questions:
        if question.asked_if_id is None or (
            question.asked_if_id in asked and _is_met(question.asked_if_value, values.get(question.asked_if_id))
        ):
            asked[question.id] = question
    return list(asked.values())


def _is_met(wanted: str, given: Any) -> bool:
    return wanted in given if isinstance(given, list) else wanted == given


def stands_after(questions: Sequence[Q]) -> bool:
    """Whether every condition names a question that stands before its own."""
    seen: set[int] = set()
    for question in questions:
        if question.asked_if_id is not None and question.asked_if_id not in seen:
            return False
        seen.add(question.id)
    return True
