"""What a version keeps of a draft, the hash that proves it, and whether two states of it differ. Pure."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from marketplace import meanwhile
from marketplace.files import StoredFile
from marketplace.solutions.answers import answers_of, kept_values
from marketplace.solutions.models import Solution, SolutionVersion
from marketplace.text import canonical_json

TEXTS = (
    "language",
    "title_vi",
    "title_en",
    "summary",
    "approach",
    "impact",
    "team",
    "pilot_plan",
    "cost_vnd",
    "trl",
)


def content_of(solution: Solution) -> dict[str, Any]:
    """What is judged, by column name, and under "terms" what was accepted, when (ISO 8601, UTC) and by whom.

    In a contest "field" names the field of the entry. Where the challenge asks questions of its own, "answers" lists
    what was answered to those that apply.
    """
    content = {name: getattr(solution, name) for name in TEXTS} | {"terms": _terms_of(solution)}
    if solution.field is not None:
        content["field"] = solution.field.value
    return content | ({"answers": answers_of(solution)} if solution.asked else {})


def files_of(solution: Solution) -> list[dict[str, Any]]:
    """The draft's files as a version lists them, in order."""
    return [file_line(attachment.file) for attachment in solution.attachments]


def content_hash(content: dict[str, Any]) -> str:
    """SHA-256, in hex, of the canonical JSON."""
    return sha256(canonical_json(content)).hexdigest()


def differs(solution: Solution, version: SolutionVersion) -> bool:
    """Whether the draft's text, answers or files were changed since this version was received.

    An amendment that rewords, adds or retires questions changes no draft: answers are compared where both were asked.
    """
    return (
        _beside_answers(content_of(solution)) != _beside_answers(version.content)
        or _answers_differ(solution, version)
        or _hashes(files_of(solution)) != _hashes(version.files)
    )


def _beside_answers(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name != "answers"}


def _answers_differ(solution: Solution, version: SolutionVersion) -> bool:
    asked = {question.reference for question in solution.asked}
    now = {answer["question"]: answer["value"] for answer in answers_of(solution)}
    return now != {name: value for name, value in kept_values(version).items() if name in asked}


def edition_of(solution: Solution, columns: Iterable[str]) -> str:
    """A short fingerprint of these columns: equal to the one a form was opened with while nobody changed them."""
    return meanwhile.edition_of({name: getattr(solution, name) for name in columns})


def _terms_of(solution: Solution) -> dict[str, Any] | None:
    if solution.terms_accepted_at is None:
        return None
    ip_terms = solution.challenge.ip_terms
    return {
        "ip_terms": ip_terms.value if ip_terms else None,
        "accepted_at": solution.terms_accepted_at.isoformat(),
        "accepted_by": solution.terms_accepted_by.reference if solution.terms_accepted_by else None,
    }


def file_line(file: StoredFile) -> dict[str, Any]:
    """A file as a version lists it."""
    return {
        "file_id": file.id,
        "reference": file.reference,
        "name": file.name,
        "size": file.size,
        "sha256": file.sha256,
    }


def _hashes(files: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(file["name"], file["sha256"]) for file in files]
