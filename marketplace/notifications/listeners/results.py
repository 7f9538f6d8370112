"""Letters around published results: appeals, their answers, results that were withdrawn."""

from collections.abc import Iterable
from typing import Any

from marketplace.accounts.models import Person
from marketplace.accounts.queries import operators
from marketplace.events import listens_to
from marketplace.judging.appealing.events import AppealDecided, AppealRaised, ResultsWithdrawn
from marketplace.judging.appealing.policy import can_answer_appeals
from marketplace.judging.events import ResultsUnscheduled
from marketplace.judging.queries.panels import panel_of
from marketplace.notifications.queries import people_of_entrants
from marketplace.notifications.services import write_letter
from marketplace.organisations.queries import people_with_role
from marketplace.organisations.stages import Role
from marketplace.solutions.queries.consortium import people_of


@listens_to(AppealRaised)
def ask_for_answer(event: AppealRaised) -> None:
    """To everybody who may answer: managers of the agency and operators who had no part in the results."""
    appeal, challenge = event.subject, event.subject.decision.challenge
    panel = panel_of(challenge)
    people = [*people_with_role(challenge.agency, Role.MANAGER), *operators()]
    free = [person for person in people if can_answer_appeals(person, appeal.decision, panel)]
    _write("appeal_raised", free, appeal=appeal, challenge=challenge)


@listens_to(AppealDecided)
def tell_who_appealed(event: AppealDecided) -> None:
    """To everybody of the entrant that appealed."""
    appeal = event.subject
    _write("appeal_decided", people_of(appeal.solution), appeal=appeal, challenge=appeal.decision.challenge)


@listens_to(ResultsWithdrawn)
def tell_of_withdrawn_results(event: ResultsWithdrawn) -> None:
    """To everybody of every entrant."""
    _write("results_withdrawn", people_of_entrants(event.subject), challenge=event.subject)


@listens_to(ResultsUnscheduled)
def tell_both_people(event: ResultsUnscheduled) -> None:
    """To who drafted the results and who reviewed them, but for the one who called it off."""
    context = {"challenge": event.subject, "because": event.facts.get("because"), "actor": event.actor}
    people = [person for person in event.unsaid["people"] if person is not None and person != event.actor]
    _write("results_unscheduled", people, **context)


def _write(kind: str, people: Iterable[Person], **context: Any) -> None:
    for person in dict.fromkeys(people):
        write_letter(kind, to=person, **context)
