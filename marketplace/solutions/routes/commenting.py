"""The draft with what its writers say to each other about it."""

from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.authority import require
from marketplace.errors import WrongStage
from marketplace.pages import flash_done, me, page, see_other, url
from marketplace.solutions import services
from marketplace.solutions.completeness import progress
from marketplace.solutions.forms import COLUMNS, SECTIONS, CommentForm
from marketplace.solutions.models import Solution
from marketplace.solutions.next_steps import is_editable
from marketplace.solutions.policy import can_comment_on_solution, can_resolve_comment
from marketplace.solutions.queries import writers
from marketplace.solutions.routes.blueprint import not_open, own_solution, solutions


@solutions.get("/solutions/<reference>/comments")
@auth_required("session")
def comments(reference: str) -> ResponseReturnValue:
    return _comments_page(own_solution(reference), CommentForm(formdata=None))


def _comments_page(solution: Solution, form: CommentForm, status: int = 200) -> Response:
    at = clock.database_now()
    threads = writers.threads_of(solution)
    may_talk = is_editable(solution, at) and can_comment_on_solution(me(), solution)
    return page(
        "solutions/comments.html",
        status=status,
        solution=solution,
        form=form,
        at=at,
        sections={name: [each for each in threads if each.section == name] for name in progress(solution)},
        texts={name: _texts(solution, name) for name in SECTIONS},
        may_talk=may_talk,
        may_resolve=lambda comment: may_talk and can_resolve_comment(me(), comment),
    )


def _texts(solution: Solution, section: str) -> list[tuple[str, str]]:
    """Each field's name with what it says now, as the form shows it."""
    form = SECTIONS[section](formdata=None, obj=solution)
    return [(form[name].label.text, _shown(form[name])) for name in COLUMNS[section]]


def _shown(field: Any) -> str:
    if hasattr(field, "choices"):
        return str(dict(field.choices).get(str(field.data or ""), "")) if field.data else ""
    return str(field._value()) if hasattr(field, "_value") else str(field.data or "")


@solutions.post("/solutions/<reference>/comments")
@auth_required("session")
def write_comment(reference: str) -> ResponseReturnValue:
    solution, form = own_solution(reference), CommentForm()
    require(can_comment_on_solution, me(), solution)
    if not form.validate():
        return _comments_page(solution, form, status=422)
    answers = writers.get_comment(solution, form.answers.data) if form.answers.data else None
    try:
        comment = services.write_comment(
            solution, actor=me(), section=form.section.data, body=form.body.data, answers=answers
        )
    except WrongStage:
        return not_open(solution.challenge, solution)
    flash_done(_("Your comment was added."))
    return see_other(url("solutions.comments", reference=reference, _anchor=comment.section))


@solutions.post("/solutions/<reference>/comments/<comment_reference>/resolution")
@auth_required("session")
def resolve_comment(reference: str, comment_reference: str) -> ResponseReturnValue:
    solution = own_solution(reference)
    comment = writers.get_comment(solution, comment_reference)
    is_resolved = request.form.get("is_resolved", "yes") == "yes"
    try:
        services.resolve_comment(comment, actor=me(), is_resolved=is_resolved)
    except WrongStage:
        return not_open(solution.challenge, solution)
    flash_done(_("The comment is settled.") if is_resolved else _("The comment is open again."))
    return see_other(url("solutions.comments", reference=reference, _anchor=comment.section))
