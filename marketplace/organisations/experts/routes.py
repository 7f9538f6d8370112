"""Addresses of experts: the list, a page, and one's own."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required
from flask_wtf import FlaskForm

from marketplace.accounts.models import Person
from marketplace.accounts.moderating.hiding import hidden_page
from marketplace.errors import NotFound
from marketplace.labels import FIELDS
from marketplace.organisations.experts import queries, services
from marketplace.organisations.experts.forms import AffiliationForm, EvidenceForm, ExpertForm, SupervisionForm
from marketplace.organisations.experts.models import Expert
from marketplace.organisations.experts.stages import Readers
from marketplace.pages import (
    fills,
    flash_done,
    language,
    listed,
    me,
    page,
    see_other,
    status_of,
    url,
)
from marketplace.text import clean_line

experts = Blueprint("experts", __name__)
PAGE_SIZE = 20


@experts.get("/experts")
def index() -> ResponseReturnValue:
    asked = {name: clean_line(request.args.get(name, ""))[:200] for name in ("q", "field")}
    field = asked["field"] if asked["field"] in FIELDS else ""
    found = queries.experts_like(me(), words=asked["q"], field=field)
    listing = listed(found, size=PAGE_SIZE)
    return page("experts/index.html", listing=listing, asked=asked)


@experts.get("/experts/<reference>")
def show(reference: str) -> ResponseReturnValue:
    expert = queries.get_expert(reference, me())
    if instead := hidden_page("expert", reference, title=expert.full_name):
        return instead
    return _shown(expert, queries.reader_of(me(), expert))


def _shown(expert: Expert, reader: Readers, **context: Any) -> ResponseReturnValue:
    return page("experts/show.html", expert=expert, reader=reader, **context)


@experts.get("/account/expert/seen-by-<any(public,organisers):reader>")
@auth_required("session")
def preview(reader: str) -> ResponseReturnValue:
    return _shown(_mine(), Readers(reader), preview=reader)


@experts.route("/account/expert", methods=["GET", "POST"])
@auth_required("session")
def edit() -> ResponseReturnValue:
    expert = queries.expert_of(me())
    form = ExpertForm.of(expert, language=language())
    if request.method == "POST" and form.validate():
        readers = Readers(form.readers.data)
        services.write_expert(me(), readers=readers, part_readers=form.part_readers, **form.said)
        flash_done(_("Your page as an expert was saved."))
        return see_other(url("experts.edit"))
    return _edit_page(expert, form=form)


def _edit_page(expert: Expert | None, **forms: FlaskForm) -> ResponseReturnValue:
    shown: dict[str, FlaskForm] = {
        "form": ExpertForm.of(expert, language=language()) if "form" not in forms else forms["form"],
        "evidence": EvidenceForm(formdata=None),
        "affiliation": AffiliationForm(formdata=None),
        "supervision": SupervisionForm(formdata=None),
    }
    wrong = any(form.errors for form in forms.values())
    status = 422 if wrong else max((status_of(form) for form in forms.values()), default=200)
    return page("experts/edit.html", expert=expert, has_errors=wrong, status=status, **shown | forms)


@experts.post("/account/expert/evidence")
@auth_required("session")
def add_evidence() -> ResponseReturnValue:
    expert, form = _mine(), EvidenceForm()
    if not form.validate():
        return _edit_page(expert, evidence=form)
    services.add_expertise(expert, actor=me(), **form.columns)
    return see_other(url("experts.edit", _anchor="evidence"))


@experts.post("/account/expert/evidence/<reference>/removal")
@auth_required("session")
def remove_evidence(reference: str) -> ResponseReturnValue:
    services.remove_expertise(queries.get_evidence(_mine(), reference), actor=me())
    return see_other(url("experts.edit", _anchor="evidence"))


@experts.post("/account/expert/affiliations")
@auth_required("session")
def add_affiliation() -> ResponseReturnValue:
    expert, form = _mine(), AffiliationForm()
    if not form.validate():
        return _edit_page(expert, affiliation=form)
    services.add_affiliation(expert, actor=me(), **form.columns)
    return see_other(url("experts.edit", _anchor="affiliations"))


@experts.post("/account/expert/affiliations/<reference>/removal")
@auth_required("session")
def withdraw_affiliation(reference: str) -> ResponseReturnValue:
    services.withdraw_affiliation(queries.get_affiliation(_mine(), reference), actor=me())
    return see_other(url("experts.edit", _anchor="affiliations"))


@experts.post("/account/expert/supervisions")
@auth_required("session")
def note_supervision() -> ResponseReturnValue:
    form = SupervisionForm()
    if not form.validate():
        return _edit_page(queries.expert_of(me()), supervision=form)
    services.note_supervision(me(), **form.columns)
    return see_other(url("experts.edit", _anchor="supervisions"))


@experts.post("/account/expert/supervisions/<reference>/removal")
@auth_required("session")
def withdraw_supervision(reference: str) -> ResponseReturnValue:
    services.withdraw_supervision(queries.get_supervision(_mine(), reference), actor=me())
    return see_other(url("experts.edit", _anchor="supervisions"))


def _mine() -> Expert:
    expert = queries.expert_of(me())
    if expert is None:
        raise NotFound("expert")
    return expert


@fills("account.organisations")
def expert_link(person: Person) -> str:
    return render_template("experts/_link.html", person=person, expert=queries.expert_of(person))
