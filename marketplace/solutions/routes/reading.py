"""One's own solutions, one solution, its files."""

from datetime import datetime

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_security import auth_required

from marketplace import clock
from marketplace.asked import know_what_is_empty
from marketplace.errors import NotFound
from marketplace.files import download, not_clean
from marketplace.pages import me, page
from marketplace.solutions import queries, snapshot
from marketplace.solutions.answers import Reader, files_seen_by, seen_by
from marketplace.solutions.completeness import answered, missing, progress
from marketplace.solutions.forms import ReasonsForm
from marketplace.solutions.ledger import openings_of
from marketplace.solutions.models import Solution
from marketplace.solutions.next_steps import has_unsent_changes, is_editable, next_step
from marketplace.solutions.policy import is_of_entrant
from marketplace.solutions.queries import writers
from marketplace.solutions.routes.blueprint import own_solution, solutions
from marketplace.solutions.services.locking import PARTS
from marketplace.solutions.services.opening import NotClean, note_reading, open_file


@solutions.get("/solutions")
@auth_required("session")
def index() -> ResponseReturnValue:
    at = clock.database_now()
    rows = [(solution, next_step(solution, at)) for solution in queries.solutions_of(me(), at=at)]
    return page("solutions/index.html", rows=rows, at=at)


@solutions.get("/solutions/<reference>")
@auth_required("session")
def show(reference: str) -> ResponseReturnValue:
    at = clock.database_now()
    solution = queries.get_solution(reference, me(), at=at)
    if not is_of_entrant(me(), solution):
        version = queries.solution_version(solution)
        if request.method == "GET":  # asking for the head sends nothing that could be read
            note_reading(solution, actor=me(), role="agency", version=version.number)
        return received_page(solution, ReasonsForm(formdata=None))
    know_what_is_empty(solution, *PARTS)
    if not is_editable(solution, at):
        return _entered_page(solution, at)
    return page(
        "solutions/tasks.html",
        solution=solution,
        at=at,
        gaps=missing(solution),
        states=progress(solution),
        answered=answered(solution),
        has_unsent_changes=has_unsent_changes(solution),
        open_comments=writers.open_comment_count(solution),
    )


def _entered_page(solution: Solution, at: datetime) -> Response:
    """What the entrant reads after closing: what was received, or the draft that was not sent."""
    version = solution.last_version
    content = version.content if version else snapshot.content_of(solution)
    listed = version.files if version else snapshot.files_of(solution)
    step = next_step(solution, at)
    return page("solutions/entered.html", solution=solution, content=content, files=listed, step=step, at=at)


def received_page(solution: Solution, form: ReasonsForm, status: int = 200) -> Response:
    """What the secretary reads: the last version received, never the draft."""
    version = queries.solution_version(solution)
    return page(
        "solutions/received.html",
        status=status,
        solution=solution,
        version=version,
        content=seen_by(Reader.AGENCY, version),
        files=files_seen_by(Reader.AGENCY, version),
        form=form,
    )


@solutions.get("/solutions/<reference>/openings")
@auth_required("session")
def openings(reference: str) -> ResponseReturnValue:
    solution = own_solution(reference)
    found = openings_of(solution)
    return page(
        "solutions/openings.html",
        solution=solution,
        openings=found,
        reader_count=len({(each.name, each.judge_number) for each in found}),
        is_blind=not solution.challenge.has_results,
    )


@solutions.get("/solutions/<reference>/files/<file_reference>")
@auth_required("session")
def file(reference: str, file_reference: str) -> ResponseReturnValue:
    solution = queries.get_solution(reference, me(), at=clock.database_now())
    if is_of_entrant(me(), solution):
        found = queries.draft_file(solution, file_reference)
    else:
        version = queries.solution_version(solution)
        readable = any(each.get("reference") == file_reference for each in files_seen_by(Reader.AGENCY, version))
        found = queries.version_file(version, file_reference) if readable else None
    if found is None:
        raise NotFound(file_reference)
    try:
        open_file(found, solution=solution, actor=me(), role="agency")
    except NotClean:
        return not_clean(found)
    return download(found)
