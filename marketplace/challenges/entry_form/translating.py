"""What of an entry form is said in two languages, for the page on the challenge's translation."""

from marketplace.challenges.entry_form.models import FormQuestion, FormSection
from marketplace.challenges.entry_form.queries import sections_of
from marketplace.challenges.models import Challenge
from marketplace.challenges.translating import Beside, keeps_texts


@keeps_texts
def texts_of_form(challenge: Challenge) -> dict[str, Beside]:
    """By reference, in the order of the form: a question's label, help and choices are one field."""
    found: dict[str, Beside] = {}
    for section in sections_of(challenge):
        title = _pair(section, "title")
        found[section.reference] = Beside(title, [title])
        found |= {question.reference: _of_question(question) for question in section.questions}
    return found


def _of_question(question: FormQuestion) -> Beside:
    options = [{"vi": each.get("vi") or "", "en": each.get("en") or ""} for each in question.options]
    label = _pair(question, "label")
    return Beside(label, [label, _pair(question, "hint"), *options])


def _pair(thing: FormSection | FormQuestion, name: str) -> dict[str, str]:
    return {language: getattr(thing, f"{name}_{language}") or "" for language in ("vi", "en")}
