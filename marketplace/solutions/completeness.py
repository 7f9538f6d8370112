"""What a solution still misses before it can be sent: complete means that it will count. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from marketplace.challenges.amending.models import Amendment
from marketplace.challenges.entry_form.models import FormQuestion, FormSection
from marketplace.files import Scan
from marketplace.organisations.stages import Kind
from marketplace.solutions import authorship, consortium
from marketplace.solutions.answers import asked_of, unanswered, values_of
from marketplace.solutions.confirming.duties import unconfirmed
from marketplace.solutions.models import Solution

SECTIONS = ("summary", "approach", "team", "pilot", "attachments", "authors", "partners", "terms")


@dataclass(frozen=True)
class Gap:
    """Something that is missing: its name, and the section where it is filled in.

    Of the challenge's own questions: their references, and the question.
    """

    name: str
    section: str
    question: FormQuestion | None = None


def missing(solution: Solution) -> list[Gap]:
    """Everything that keeps the solution from being sent, in the order of the form; attachments are optional."""
    if solution.paper is not None and solution.paper.sealed_at is None:
        return [gap for gap, filled in _on_paper(solution).items() if not filled]
    gaps = [gap for gap, filled in (_filled(solution) | _agreed(solution)).items() if not filled]
    return gaps + [Gap(each.reference, each.section.reference, each) for each in unanswered(solution)]


def unread_amendments(solution: Solution) -> list[Amendment]:
    """Amendments of substance since the terms were accepted: whoever sends answers the challenge as it reads now.

    Accepting anew reads them all; so does confirming what was received.
    """
    accepted_at = solution.terms_accepted_at
    if accepted_at is None:
        return []
    if not solution.challenge.amendments:
        return []
    confirmed = {each.amendment_id for each in solution.acknowledgements}
    return unconfirmed(solution.challenge.amendments, received_at=accepted_at, confirmed=confirmed)


def missing_before_confirming(solution: Solution) -> list[Gap]:
    """The same but for the partners' confirmations, which come last."""
    return [gap for gap in missing(solution) if gap.name != "confirmations"]


def progress(solution: Solution) -> dict[str, str]:
    """Each section's state: completed, incomplete, not_started, or optional while no file is attached."""
    if solution.paper is not None and solution.paper.sealed_at is None:
        return _progress_on_paper(solution)
    filled = _filled(solution) | _agreed(solution)
    states = {}
    for section in SECTIONS:
        marks = [bool(mark) for gap, mark in filled.items() if gap.section == section]
        states[section] = "completed" if all(marks) else "incomplete" if any(marks) else "not_started"
    states["attachments"] = "completed" if solution.attachments else "optional"
    if not consortium.standing(solution):
        states["partners"] = "optional"
    if not authorship.named(solution) and solution.organisation.kind != Kind.GROUP:
        states["authors"] = "optional"
    return states


def _progress_on_paper(solution: Solution) -> dict[str, str]:
    needed = {gap.section: bool(filled) for gap, filled in _on_paper(solution).items()}
    words = {True: "completed", False: "not_started", None: "optional"}
    return {section: words[needed.get(section)] for section in SECTIONS}


def answered(solution: Solution) -> dict[FormSection, str]:
    """The same for the sections of the challenge's own questions of which any is asked; optional: none is required."""
    values, lacking = values_of(solution), set(unanswered(solution))
    sections: dict[FormSection, list[FormQuestion]] = {}
    for question in asked_of(solution):
        sections.setdefault(question.section, []).append(question)
    return {section: _state(questions, lacking, values) for section, questions in sections.items()}


def _state(questions: list[FormQuestion], lacking: set[FormQuestion], values: Mapping[int, object]) -> str:
    has_any = any(question.id in values for question in questions)
    if not lacking.isdisjoint(questions):
        return "incomplete" if has_any else "not_started"
    return "completed" if has_any or any(question.is_required for question in questions) else "optional"


def _filled(solution: Solution) -> dict[Gap, object]:
    fields = solution.challenge.entry_fields
    chosen = {Gap("field", "summary"): solution.field in fields} if fields else {}
    return chosen | {
        Gap("title", "summary"): solution.title_vi or solution.title_en,
        Gap("summary", "summary"): solution.summary,
        Gap("approach", "approach"): solution.approach,
        Gap("impact", "approach"): solution.impact,
        Gap("team", "team"): solution.team,
        Gap("pilot_plan", "pilot"): solution.pilot_plan,
        Gap("cost", "pilot"): solution.cost_vnd is not None,
        Gap("trl", "pilot"): solution.trl,
        Gap("terms", "terms"): solution.terms_accepted_at,
    }


def _on_paper(solution: Solution) -> dict[Gap, object]:
    """Of what came on paper the scan says it all; whatever is typed beside it is for the reader's ease."""
    return {
        Gap("title", "summary"): solution.title_vi or solution.title_en,
        Gap("scan", "attachments"): any(each.file.scan != Scan.REFUSED for each in solution.attachments),
        Gap("terms", "terms"): solution.terms_accepted_at,
    }


def _agreed(solution: Solution) -> dict[Gap, object]:
    """What changes, authors and a consortium ask for, in the order in which it is reached; nothing without any."""
    needed: dict[Gap, object] = {}
    if unread_amendments(solution):
        needed[Gap("amendments", "terms")] = False
    if solution.organisation.kind == Kind.GROUP:
        needed[Gap("authors", "authors")] = len(authorship.named(solution)) > 1
    if authorship.named(solution):
        needed[Gap("author_shares", "authors")] = authorship.shares_are_whole(solution)
        needed[Gap("certifications", "authors")] = not authorship.uncertified(solution)
    if not consortium.standing(solution):
        return needed
    confirms = solution.challenge.partners_confirm
    return needed | {
        Gap("partner_answers", "partners"): not consortium.has_open_invitations(solution),
        Gap("partner_lines", "partners"): consortium.is_described(solution),
        Gap("confirmations", "partners"): not confirms or not consortium.unconfirmed(solution),
    }
