"""The operator's pages of claims and bodies; for everybody else they do not exist."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.accounts.doors import ROWS, for_operators
from marketplace.accounts.models import Person
from marketplace.accounts.proof import proof_asked
from marketplace.authority import require
from marketplace.errors import NotFound
from marketplace.files import download, is_openable, not_clean
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import (
    get_organisation,
    open_memberships,
    organisation_by_reference,
    organisation_by_slug,
)
from marketplace.organisations.standing import merging, queries, services
from marketplace.organisations.standing.forms import HowForm, MergeForm, ReasonForm, TypedNameForm
from marketplace.organisations.standing.policy import can_open_proof
from marketplace.pages import fills, flash_done, listed, me, page, see_other, url
from marketplace.text import clean_line

operating = for_operators(Blueprint("bodies", __name__, url_prefix="/operator"))


@operating.get("/claims")
def claims() -> ResponseReturnValue:
    return page("standing/claims.html", listing=listed(queries.claims_visible_to(me()), size=ROWS))


@operating.get("/claims/<reference>")
def claim(reference: str) -> ResponseReturnValue:
    return _claim_page(reference, ReasonForm(formdata=None))


@operating.get("/claims/<reference>/proof")
def proof(reference: str) -> ResponseReturnValue:
    found = queries.get_claim(reference, me())
    if found.file is None:
        raise NotFound(reference)
    require(can_open_proof, me(), found)
    return download(found.file) if is_openable(found.file) else not_clean(found.file)


@operating.post("/claims/<reference>/acceptance")
@proof_asked
def accept(reference: str) -> ResponseReturnValue:
    found = queries.get_claim(reference, me())
    services.accept_claim(found, actor=me())
    flash_done(_("%(name)s is an owner now, and the organisation is verified.", name=found.person.full_name))
    return see_other(url("bodies.show", slug=found.organisation.slug))


@operating.post("/claims/<reference>/refusal")
@proof_asked
def refuse(reference: str) -> ResponseReturnValue:
    form = ReasonForm()
    if not form.validate():
        return _claim_page(reference, form, status=422)
    services.refuse_claim(queries.get_claim(reference, me()), reason=form.reason.data, actor=me())
    flash_done(_("The claim was refused, and the claimant gets a letter with your reason."))
    return see_other(url("bodies.claims"))


@operating.get("/organisations")
def index() -> ResponseReturnValue:
    asked = {name: clean_line(request.args.get(name, ""))[:200] for name in ("q", "state")}
    listing = listed(queries.bodies(asked["q"], asked["state"]), size=ROWS)
    return page("standing/bodies.html", listing=listing, asked=asked)


@operating.get("/organisations/<slug>")
def show(slug: str) -> ResponseReturnValue:
    return _body_page(get_organisation(slug))


@operating.post("/organisations/<slug>/verification")
@proof_asked
def verify(slug: str) -> ResponseReturnValue:
    organisation, form = get_organisation(slug), HowForm()
    if not form.validate():
        return _body_page(organisation, how=form, status=422)
    services.verify_organisation(organisation, how=form.how.data, actor=me())
    flash_done(_("The organisation is verified from today on."))
    return see_other(url("bodies.show", slug=slug))


@operating.post("/organisations/<slug>/suspension")
@proof_asked
def suspend(slug: str) -> ResponseReturnValue:
    organisation = get_organisation(slug)
    form = TypedNameForm(organisation)
    if not form.validate():
        return _body_page(organisation, suspension=form, status=422)
    services.suspend_organisation(organisation, reason=form.reason.data, actor=me())
    flash_done(_("Nobody can act for it any more. You can lift this at any time."))
    return see_other(url("bodies.show", slug=slug))


@operating.post("/organisations/<slug>/suspension/end")
@proof_asked
def lift(slug: str) -> ResponseReturnValue:
    services.lift_suspension(get_organisation(slug), actor=me())
    flash_done(_("Its people can act again."))
    return see_other(url("bodies.show", slug=slug))


@operating.post("/organisations/<slug>/merge")
@proof_asked
def merge(slug: str) -> ResponseReturnValue:
    organisation, form = get_organisation(slug), MergeForm()
    if form.validate():
        gone = organisation_by_reference(form.gone.data.upper())
        if gone is not None and gone.is_listed and gone != organisation:
            merging.merge_into(organisation, gone, actor=me())
            flash_done(_("The duplicate is part of this organisation now. You can undo it below."))
            return see_other(url("bodies.show", slug=slug))
        form.gone.errors = [_("There is no other organisation with this reference.")]
    return _body_page(organisation, merge=form, status=422)


@operating.post("/organisations/<slug>/separation")
@proof_asked
def separate(slug: str) -> ResponseReturnValue:
    gone = organisation_by_slug(slug)
    if gone is None:
        raise NotFound(slug)
    survivor = merging.undo_merge(gone, actor=me())
    flash_done(_("Both stand alone again."))
    return see_other(url("bodies.show", slug=survivor.slug))


@fills("operator.links")
def links(_person: Person) -> str:
    return render_template("standing/_links.html", waiting=queries.open_claim_count())


def _claim_page(reference: str, form: ReasonForm, status: int = 200) -> ResponseReturnValue:
    found = queries.get_claim(reference, me())
    speakers = open_memberships(found.organisation)
    return page("standing/decide.html", claim=found, form=form, speakers=speakers, status=status)


def _body_page(organisation: Organisation, status: int = 200, **forms: Any) -> ResponseReturnValue:
    blank: dict[str, Any] = {
        "how": HowForm(formdata=None),
        "suspension": TypedNameForm(organisation, formdata=None),
        "merge": MergeForm(formdata=None),
    }
    return page(
        "standing/body.html",
        organisation=organisation,
        memberships=open_memberships(organisation),
        alike=queries.alike(organisation),
        gone=queries.merged_into(organisation),
        status=status,
        **blank | forms,
    )
