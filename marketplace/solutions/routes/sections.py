"""A section's form and the draft, and what saves it by itself while somebody writes."""

from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue
from flask_security import auth_required

from marketplace import meanwhile
from marketplace.db import token
from marketplace.errors import NotFound, WrongStage
from marketplace.labels import FIELDS, word
from marketplace.meanwhile import EditedMeanwhile
from marketplace.pages import me, page
from marketplace.solutions import services
from marketplace.solutions.forms import COLUMNS, SECTIONS, SectionForm
from marketplace.solutions.models import Solution, Writing
from marketplace.solutions.queries import writers
from marketplace.solutions.routes.blueprint import solutions, writable_solution
from marketplace.solutions.snapshot import edition_of


def section_form(section: str, solution: Solution, **typed: Any) -> SectionForm:
    """The form with what is stored; each page that is opened has a key of its own. `formdata=None`: as nobody typed."""
    columns = columns_of(section, solution)
    stored = {name: getattr(solution, name) for name in columns}
    marks = {"edition": edition_of(solution, columns), "form_key": token()[:20], "turn": 0}
    form = SECTIONS[section](data=stored | marks, **typed)
    if "field" in columns:
        form["field"].choices = [(each.value, word(FIELDS, each)) for each in solution.challenge.entry_fields]
    elif "field" in form:
        del form["field"]
    return form


def columns_of(section: str, solution: Solution) -> tuple[str, ...]:
    """The columns that a section asks for; a field only where the challenge has several."""
    fields = solution.challenge.entry_fields
    return tuple(name for name in COLUMNS[section] if name != "field" or fields)


def save_section(solution: Solution, section: str, form: SectionForm, *, by_itself: bool = False) -> Writing | None:
    """Save what was typed; answers who else wrote there last, raises what services.save_solution raises."""
    typed = {name: form[name].data for name in columns_of(section, solution)}
    pen = services.Pen(section, form.form_key.data or "", form.turn.data, by_itself)
    edition = form.edition.data or None
    return services.save_solution(solution, actor=me(), edition=edition, pen=pen if pen.form_key else None, **typed)


def differing(solution: Solution, section: str, form: SectionForm) -> list[meanwhile.Both]:
    """Each field with what somebody else saved there; sending the form again replaces theirs, knowingly."""
    form.edition.data = edition_of(solution, columns_of(section, solution))
    return meanwhile.differing(form, section_form(section, solution, formdata=None))


@solutions.post("/solutions/<reference>/edit/<section>/autosave")
@auth_required("session")
def autosave(reference: str, section: str) -> ResponseReturnValue:
    """What static/drafting.js sends; answers the part that says whether it was saved."""
    solution = writable_solution(reference)
    if section not in SECTIONS:
        raise NotFound(section)
    form = section_form(section, solution)
    if not form.validate():
        return _said(solution, section, form, status=422)
    try:
        colleague = save_section(solution, section, form, by_itself=True)
    except EditedMeanwhile:
        return _said(solution, section, form, status=409, differing=differing(solution, section, form))
    except WrongStage:
        return _said(solution, section, form, status=409, is_over=True)
    return _said(solution, section, form, colleague=colleague)


def _said(solution: Solution, section: str, form: SectionForm, **context: Any) -> Response:
    if "colleague" not in context:
        context["colleague"] = writers.last_writing(solution, section, but=me())
    context |= {"edition": edition_of(solution, columns_of(section, solution)), "swaps_missing": True}
    return page("solutions/_saved.html", solution=solution, form=form, **context)
