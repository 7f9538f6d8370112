"""Addresses of copies for blind rounds, on the secretary's page of an entry."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.db import db
from marketplace.errors import NotFound, TooLarge, WrongKind
from marketplace.files import keep_upload, key_for
from marketplace.judging.forms.redactions import RedactionForm
from marketplace.judging.policy import can_redact
from marketplace.judging.queries.redactions import copies_of
from marketplace.judging.queries.rules import rules_of
from marketplace.judging.routes.blueprint import judging
from marketplace.judging.services import redactions as deeds
from marketplace.judging.stages import Blind
from marketplace.pages import fills, flash_done, me, page, see_other, status_of, url
from marketplace.solutions.models import Solution
from marketplace.solutions.queries import get_solution, solution_version


@judging.route("/solutions/<reference>/files/<file_reference>/copy", methods=["GET", "POST"])
@auth_required("session")
def redact_file(reference: str, file_reference: str) -> ResponseReturnValue:
    solution, form = _asked(reference, file_reference), RedactionForm()
    if not form.validate_on_submit():
        return _page(solution, file_reference, form)
    person_id, key = me().id, key_for(solution.challenge.reference)
    # a new key is kept; storing is slow, and other writers go on meanwhile
    db.session.commit()
    try:
        upload = form.copy.data
        stored = keep_upload(upload.stream, name=upload.filename or "", uploaded_by_id=person_id, key=key)
    except (WrongKind, TooLarge):
        form.copy.errors = [_("This file is too large or of a kind that is not taken.")]
        return _page(_asked(reference, file_reference), file_reference, form)
    solution = _asked(reference, file_reference)
    deeds.redact_file(solution, actor=me(), of_file=file_reference, copy=stored, reason=form.reason.data)
    flash_done(_("Judges of blind rounds get the copy; the file itself stays as it was received."))
    return see_other(url("solutions.show", reference=reference))


def _asked(reference: str, file_reference: str) -> Solution:
    solution = get_solution(reference, me(), at=clock.database_now())
    known = any(line.get("reference") == file_reference for line in _files(solution))
    if not can_redact(me(), solution) or not known or not _is_blind(solution):
        raise NotFound(reference)
    return solution


def _files(solution: Solution) -> list[dict[str, Any]]:
    return solution_version(solution).files if solution.versions else []


def _is_blind(solution: Solution) -> bool:
    return any(each["blind"] != Blind.OPEN for each in rules_of(solution.challenge).rounds)


def _page(solution: Solution, file_reference: str, form: RedactionForm) -> ResponseReturnValue:
    line = next(each for each in _files(solution) if each.get("reference") == file_reference)
    standing = copies_of(solution).get(file_reference)
    told: dict[str, Any] = {"line": line, "standing": standing, "form": form, "status": status_of(form)}
    return page("judging/redaction.html", solution=solution, **told)


@fills("solution.hints")
def copies_for_judges(solution: Solution) -> str | None:
    """For the secretary, where a round is blind: which files judges get as copies, and the way to make one."""
    if not can_redact(me(), solution) or not _files(solution) or not _is_blind(solution):
        return None
    told = {"copies": copies_of(solution), "may": solution.challenge.stage in deeds.REDACTED_IN}
    return render_template("judging/_redactions.html", solution=solution, files=_files(solution), **told)
