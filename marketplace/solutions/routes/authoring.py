"""The authors of a solution for those who write it, and an author's own answer."""

from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.errors import Conflict, NotFound, WrongStage
from marketplace.pages import flash_done, me, page, see_other, url
from marketplace.solutions import services
from marketplace.solutions.authorship import named
from marketplace.solutions.forms.authors import AuthorForm, NamedAuthorForm, SupervisorForm
from marketplace.solutions.models import Author, Solution
from marketplace.solutions.next_steps import is_editable
from marketplace.solutions.policy import can_edit_solution
from marketplace.solutions.queries.authors import asked_author, author_of
from marketplace.solutions.routes.blueprint import not_open, own_solution, solutions, writable_solution


@solutions.get("/solutions/<reference>/authors")
@auth_required("session")
def authors(reference: str) -> ResponseReturnValue:
    return _authors_page(own_solution(reference), NamedAuthorForm(formdata=None))


def _authors_page(solution: Solution, form: Any, status: int = 200) -> Response:
    at = clock.database_now()
    may_edit = is_editable(solution, at) and can_edit_solution(me(), solution)
    context = {"form": form, "at": at, "may_edit": may_edit, "authors": named(solution)}
    return page("solutions/authors.html", status=status, solution=solution, **context)


@solutions.post("/solutions/<reference>/authors")
@auth_required("session")
def name_author(reference: str) -> ResponseReturnValue:
    solution, form = writable_solution(reference), NamedAuthorForm()
    if not form.validate():
        return _authors_page(solution, form, status=422)
    try:
        services.name_author(solution, actor=me(), **form.columns())
    except Conflict:
        form.email.errors = [_("This address is named already.")]
        return _authors_page(solution, form, status=422)
    except WrongStage:
        return not_open(solution.challenge, solution)
    flash_done(_("%(name)s was named and gets a letter with a link to certify it.", name=form.full_name.data))
    return see_other(url("solutions.authors", reference=reference))


@solutions.route("/solutions/<reference>/authors/<author_reference>", methods=["GET", "POST"])
@auth_required("session")
def change_author(reference: str, author_reference: str) -> ResponseReturnValue:
    solution = writable_solution(reference)
    author = author_of(solution, author_reference)
    form = AuthorForm(obj=author)
    if not form.validate_on_submit():
        return _author_page(author, form=form, supervisor=SupervisorForm(formdata=None, obj=author))
    try:
        services.change_author(author, actor=me(), **form.columns())
    except WrongStage:
        return not_open(solution.challenge, solution)
    flash_done(_("The author was saved."))
    return see_other(url("solutions.authors", reference=reference))


def _author_page(author: Author, **forms: Any) -> Response:
    wrong = any(form.errors for form in forms.values())
    context = {"solution": author.solution, "author": author, "has_errors": wrong, **forms}
    return page("solutions/author.html", status=422 if wrong else 200, **context)


@solutions.post("/solutions/<reference>/authors/<author_reference>/supervisor")
@auth_required("session")
def name_supervisor(reference: str, author_reference: str) -> ResponseReturnValue:
    solution, form = writable_solution(reference), SupervisorForm()
    author = author_of(solution, author_reference)
    if not form.validate():
        return _author_page(author, form=AuthorForm(formdata=None, obj=author), supervisor=form)
    told = {"email": form.supervisor_email.data, "until": form.supervised_until.data}
    try:
        services.name_supervisor(author, actor=me(), **told)
    except WrongStage:
        return not_open(solution.challenge, solution)
    flash_done(_("The author was saved."))
    return see_other(url("solutions.authors", reference=reference))


@solutions.post("/solutions/<reference>/authors/<author_reference>/removal")
@auth_required("session")
def remove_author(reference: str, author_reference: str) -> ResponseReturnValue:
    solution = writable_solution(reference)
    author = author_of(solution, author_reference)
    try:
        services.remove_author(author, actor=me())
    except WrongStage:
        return not_open(solution.challenge, solution)
    flash_done(_("%(name)s is no longer named as an author.", name=author.full_name))
    return see_other(url("solutions.authors", reference=reference))


@solutions.get("/authorships/<key>")
def authorship(key: str) -> ResponseReturnValue:
    """What an author is asked; open to whoever holds the link, and to themselves when signed in."""
    author = _asked(key)
    is_open = is_editable(author.solution, clock.database_now())
    return page("solutions/authorship.html", author=author, solution=author.solution, key=key, is_open=is_open)


@solutions.post("/authorships/<key>/certification")
def certify_authorship(key: str) -> ResponseReturnValue:
    return _answer(key, certifies=True)


@solutions.post("/authorships/<key>/objection")
def object_to_authorship(key: str) -> ResponseReturnValue:
    return _answer(key, certifies=False)


def _answer(key: str, *, certifies: bool) -> ResponseReturnValue:
    author = _asked(key)
    try:
        services.answer_authorship(author, actor=me(), certifies=certifies)
    except WrongStage:
        return not_open(author.solution.challenge)
    flash_done(
        _("Thank you. You are certified as an author.") if certifies else _("Thank you. The entrant sees your answer.")
    )
    return see_other(url("solutions.authorship", key=key))


def _asked(key: str) -> Author:
    author = asked_author(key, me())
    if author is None:
        raise NotFound("authorship")
    return author
