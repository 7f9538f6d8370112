"""What the agency's secretary does after closing."""

from collections import Counter

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.authority import require
from marketplace.challenges.models import Challenge
from marketplace.challenges.policy import can_run_challenge
from marketplace.challenges.queries import get_challenge
from marketplace.errors import NotFound
from marketplace.pages import flash_done, me, page, see_other, url
from marketplace.solutions import queries, services
from marketplace.solutions.forms import ReasonsForm
from marketplace.solutions.next_steps import unconfirmed_of
from marketplace.solutions.policy import can_screen_solution
from marketplace.solutions.routes.blueprint import solutions
from marketplace.solutions.routes.reading import received_page


@solutions.get("/challenges/<slug>/solutions")
@auth_required("session")
def received(slug: str) -> ResponseReturnValue:
    challenge = _run_by_me(slug)
    rows = [(solution, queries.solution_version(solution)) for solution in queries.received_of(challenge)]
    counts = Counter(solution.organisation_id for solution, _version in rows)
    return page(
        "solutions/received_list.html",
        challenge=challenge,
        rows=rows,
        at=clock.database_now(),
        unconfirmed_of=unconfirmed_of,
        # a paper may have come beside what was sent online; nobody could tell before opening
        over_limit={entrant for entrant, count in counts.items() if count > challenge.most_entries},
    )


def _run_by_me(slug: str) -> Challenge:
    challenge = get_challenge(slug, me())
    if not can_run_challenge(me(), challenge):
        raise NotFound(slug)
    return challenge


@solutions.post("/challenges/<slug>/screening")
@auth_required("session")
def begin_screening(slug: str) -> ResponseReturnValue:
    services.begin_screening(get_challenge(slug, me()), actor=me())
    flash_done(_("The check of eligibility has begun."))
    return see_other(url("solutions.received", slug=slug))


@solutions.post("/solutions/<reference>/admission")
@auth_required("session")
def admit(reference: str) -> ResponseReturnValue:
    solution = queries.get_solution(reference, me(), at=clock.database_now())
    services.admit_solution(solution, actor=me())
    flash_done(_("%(reference)s is eligible.", reference=reference))
    return see_other(url("solutions.received", slug=solution.challenge.slug))


@solutions.post("/solutions/<reference>/exclusion")
@auth_required("session")
def exclude(reference: str) -> ResponseReturnValue:
    solution, form = queries.get_solution(reference, me(), at=clock.database_now()), ReasonsForm()
    require(can_screen_solution, me(), solution)
    if not form.validate():
        return received_page(solution, form, status=422)
    services.exclude_solution(solution, actor=me(), reasons=form.reasons.data)
    flash_done(_("%(reference)s is not eligible.", reference=reference))
    return see_other(url("solutions.received", slug=solution.challenge.slug))
