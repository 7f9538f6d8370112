"""The letters that publishing results will send, word by word, for whoever reviews the results before."""

from dataclasses import dataclass

from marketplace.accounts.models import Person
from marketplace.judging.models import Result
from marketplace.judging.services.results import facts_of
from marketplace.notifications.services import words_of
from marketplace.solutions.queries.consortium import people_of


@dataclass(frozen=True)
class LetterToCome:
    """Subject and body as this person will read them; the secret link that is the person's own is left out."""

    person: Person
    subject: str
    body: str


def letters_of(result: Result) -> list[LetterToCome]:
    """One for each person of the entrant, in the language of each."""
    kind = "results_awarded" if result.awarded else "results_not_selected"
    told = {"solution": result.solution, "facts": facts_of(result), "stop": None}
    people = dict.fromkeys(people_of(result.solution))
    return [LetterToCome(each, *words_of(kind, person=each, language=each.language, **told)) for each in people]
