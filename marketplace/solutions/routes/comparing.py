"""What changed from one version to another, word by word; for the entrant."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_security import auth_required

from marketplace.errors import NotFound
from marketplace.pages import page
from marketplace.solutions.changes import State, file_changes, states_of, text_changes
from marketplace.solutions.routes.blueprint import own_solution, solutions


@solutions.get("/solutions/<reference>/differences")
@auth_required("session")
def differences(reference: str) -> ResponseReturnValue:
    """From ?before= to ?after=; without them the last version and the draft."""
    solution = own_solution(reference)
    states = states_of(solution)
    before = _asked(states, "before", default=states[-2] if len(states) > 1 else states[-1])
    after = _asked(states, "after", default=states[-1])
    return page(
        "solutions/differences.html",
        solution=solution,
        states=states,
        before=before,
        after=after,
        texts=text_changes(before, after),
        files=file_changes(before, after),
    )


def _asked(states: list[State], name: str, *, default: State) -> State:
    wanted = request.args.get(name)
    found = default if wanted is None else next((each for each in states if each.name == wanted), None)
    if found is None:
        raise NotFound(str(wanted))
    return found
