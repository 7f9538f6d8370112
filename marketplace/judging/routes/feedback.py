"""An entrant's address after publication: what the judges made of the entry."""

from flask.typing import ResponseReturnValue
from flask_security import auth_required

from marketplace import clock
from marketplace.errors import NotFound
from marketplace.judging.queries.panels import panel_of
from marketplace.judging.queries.results import feedback_for, own_solution, result_of
from marketplace.judging.routes.blueprint import judging
from marketplace.matching.queries import other_problems_for
from marketplace.pages import me, page


@judging.get("/solutions/<reference>/feedback")
@auth_required("session")
def feedback(reference: str) -> ResponseReturnValue:
    solution = own_solution(reference, me())
    result, panel = result_of(solution), panel_of(solution.challenge)
    if result is None or panel is None:
        raise NotFound(reference)
    at = clock.database_now()
    others = [] if result.awarded else other_problems_for(result.entry.version.content, besides=panel.challenge, at=at)
    feedback = feedback_for(solution, panel)
    return page("judging/feedback.html", solution=solution, result=result, feedback=feedback, others=others, at=at)
