"""The forty demo solutions, written, attached and sent by their organisations while the challenges were open."""

import hashlib
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.demo.content import content
from marketplace.demo.papers import paper
from marketplace.files import keep_upload, key_for
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import people_with_role
from marketplace.organisations.stages import Role
from marketplace.solutions.models import Solution
from marketplace.solutions.services.attaching import attach_files
from marketplace.solutions.services.drafting import accept_terms, save_solution, start_solution
from marketplace.solutions.services.screening import admit_solution, begin_screening, exclude_solution
from marketplace.solutions.services.sending import submit_solution, withdraw_solution

_TEXTS = ("summary", "approach", "impact", "team", "pilot_plan", "cost_vnd", "trl")
Told = dict[str, Any]


def make_solutions(
    today: datetime, *, challenges: dict[str, Challenge], organisations: dict[str, Organisation]
) -> list[tuple[Told, Solution]]:
    """Every solution beside what is told of it."""
    return [
        (
            told,
            _solution(
                told, today, challenge=challenges[told["challenge"]], entrant=organisations[told["organisation"]]
            ),
        )
        for told in content("solutions")
    ]


def _solution(told: Told, today: datetime, *, challenge: Challenge, entrant: Organisation) -> Solution:
    actor = people_with_role(entrant, Role.OWNER)[0]
    begun, sent = _days(told, challenge, today)
    with clock.at(begun):
        titles = {name: told[name] for name in ("title_vi", "title_en") if told.get(name)}
        solution = start_solution(challenge, actor=actor, organisation=entrant, language=told["language"], **titles)
        solution.is_demo = True
        save_solution(solution, actor=actor, **{name: told[name] for name in _TEXTS})
        attach_files(solution, actor=actor, files=_files(told, actor, challenge.reference))
    if told["stage"] != "draft":
        with clock.at(sent):
            accept_terms(solution, actor=actor)
            submit_solution(solution, actor=actor, idempotency_key=f"demo-{solution.reference}")
    if told["stage"] == "withdrawn":
        with clock.at(sent + timedelta(hours=1)):
            withdraw_solution(solution, actor=actor)
    return solution


def _days(told: Told, challenge: Challenge, today: datetime) -> tuple[datetime, datetime]:
    """Begun a third of the way, sent between then and the end: different for every entrant, the same every time."""
    opens, closes = challenge.opens_at, challenge.closes_at
    if opens is None or closes is None:
        raise ValueError(challenge.slug)
    last = min(closes, today) - timedelta(hours=2)
    spread = hashlib.sha256(f"{told['challenge']} {told['organisation']}".encode()).digest()[0] / 255
    begun = opens + (last - opens) / 4
    return begun, begun + (last - begun) * (0.2 + 0.75 * spread)


def _files(told: Told, actor: Person, scope: str) -> list[Any]:
    return [_file(each, told, actor=actor, scope=scope) for each in told["attachments"]]


def _file(told: Told, solution: Told, *, actor: Person, scope: str) -> Any:
    title = told["name"].rsplit(".", 1)[0]
    lines = [told["about"], *solution["approach"].split(". ")]
    body = paper(told["kind"], title=title, lines=lines)
    return keep_upload(BytesIO(body), name=told["name"], uploaded_by_id=actor.id, key=key_for(scope))


def screen(solutions: list[tuple[Told, Solution]], *, secretary: Person) -> None:
    """What the agency's secretary decided about the entries of one challenge."""
    begin_screening(solutions[0][1].challenge, actor=secretary)
    for told, solution in solutions:
        if told["stage"] == "ineligible":
            exclude_solution(solution, actor=secretary, reasons=told["reason_vi"])
        elif told["stage"] != "withdrawn":
            admit_solution(solution, actor=secretary)
