"""What solutions show on the pages of packages below and of home."""

from datetime import datetime

from flask import render_template

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.audit.queries import latest_closing
from marketplace.challenges.models import Challenge
from marketplace.challenges.policy import can_run_challenge, may_answer_for
from marketplace.challenges.stages import Applicant
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import entrants_of
from marketplace.organisations.stages import PERSONAL_KINDS
from marketplace.pages import fills, me
from marketplace.solutions import queries, services
from marketplace.solutions.comparing import queries as comparing
from marketplace.solutions.models import Solution
from marketplace.solutions.next_steps import next_step
from marketplace.solutions.policy import can_answer_as, can_screen_solution
from marketplace.solutions.queries.authors import authorships_asked
from marketplace.solutions.queries.consortium import partnerships_offered


@fills("challenge.action")
def challenge_action(challenge: Challenge, at: datetime) -> str:
    """The way to answer, to go on answering, or to what was received."""
    person = me()
    return render_template(
        "solutions/_action.html",
        challenge=challenge,
        at=at,
        person=person,
        answers=queries.answers_to(challenge, person),
        places=_places(person, challenge),
        runs_it=can_run_challenge(person, challenge) and challenge.is_closed(at),
    )


def _places(person: Person | None, challenge: Challenge) -> int:
    """How many entries this person could have here in all, in every name in which they may answer."""
    people = [each for each in Applicant if each != Applicant.ORGANISATION and can_answer_as(person, challenge, each)]
    organisations = [each for each in _organisations_of(person) if may_answer_for(me(), each, challenge)]
    return challenge.most_entries * len([*organisations, *people])


def _organisations_of(person: Person | None) -> list[Organisation]:
    """The organisations for which somebody may answer, without their own name and their groups."""
    return [each for each in entrants_of(person) if each.kind not in PERSONAL_KINDS]


@fills("challenge.eligibility")
def challenge_eligibility(challenge: Challenge) -> str | None:
    """Which of one's own organisations may answer."""
    entrants = _organisations_of(me())
    if not entrants:
        return None
    rows = [(organisation, services.standing_of(organisation, challenge)) for organisation in entrants]
    return render_template("solutions/_eligibility.html", rows=rows)


@fills("challenge.aside")
def challenge_closing(challenge: Challenge) -> str | None:
    """The closing root, once it was signed."""
    opened_at = challenge.sealed_until
    if opened_at is None or clock.now() < opened_at:
        return None
    checkpoint = latest_closing(challenge.reference, since=opened_at)
    return render_template("solutions/_closing.html", checkpoint=checkpoint) if checkpoint is not None else None


@fills("challenge.next")
def challenge_next(challenge: Challenge, at: datetime) -> str | None:
    """For the agency's own list: what to do with a challenge that has closed."""
    if challenge.phase(at) not in {"closed", "screening"}:
        return None
    return render_template("solutions/_next.html", challenge=challenge)


@fills("work.waiting")
def work_waiting(person: Person, at: datetime) -> str | None:
    """One's own solutions, and what waits to be checked."""
    rows = [(solution, next_step(solution, at)) for solution in queries.solutions_of(person, at=at)]
    to_screen, offers = queries.to_screen(person, at=at), partnerships_offered(person, at=at)
    authorships = authorships_asked(person, at=at)
    if not rows and not to_screen and not offers and not authorships:
        return None
    return render_template(
        "solutions/_waiting.html", rows=rows, to_screen=to_screen, offers=offers, authorships=authorships, at=at
    )


@fills("solution.hints")
def solution_likeness(solution: Solution) -> str | None:
    """For the secretary: which texts agree with others, and what the entrant has won before."""
    if not can_screen_solution(me(), solution):
        return None
    return render_template(
        "solutions/_likeness.html",
        solution=solution,
        comparison=comparing.comparison_of(solution.challenge),
        hints=comparing.hints_on(queries.solution_version(solution)),
        prizes=comparing.earlier_prizes(solution),
    )
