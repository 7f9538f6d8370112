"""Addresses of claims and hand-over, for the people of a body."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.accounts.proof import proof_asked
from marketplace.authority import require
from marketplace.db import db
from marketplace.errors import Conflict, NotFound, TooLarge, WrongKind
from marketplace.files import StoredFile, download, keep_upload, key_for
from marketplace.labels import ROLES, word
from marketplace.organisations.models import Membership, Organisation
from marketplace.organisations.policy import can_see_members
from marketplace.organisations.queries import get_membership, get_organisation
from marketplace.organisations.stages import Role
from marketplace.organisations.standing import services
from marketplace.organisations.standing.forms import ClaimForm
from marketplace.organisations.standing.policy import can_change_role, can_claim_body, can_hand_over, can_judge_standing
from marketplace.organisations.standing.queries import open_claim_of
from marketplace.pages import fills, flash_done, me, page, see_other, status_of, url
from marketplace.text import file_name

standing = Blueprint("standing", __name__)


@standing.route("/organisations/<slug>/claim", methods=["GET", "POST"])
@auth_required("session")
def claim(slug: str) -> ResponseReturnValue:
    organisation, form = get_organisation(slug), ClaimForm()
    require(can_claim_body, me(), organisation)
    if request.method == "POST" and form.validate() and (file := _stored(organisation, form)) is not None:
        said = {name: getattr(form, name).data for name in ("position", "paper", "phone", "note")}
        db.session.add(file)
        services.claim_body(get_organisation(slug), actor=me(), file=file, **said)
        flash_done(_("Your claim was sent. We look at it and write to you."))
        return see_other(url("standing.claim", slug=slug))
    claim = open_claim_of(me(), organisation)
    return page("standing/claim.html", organisation=organisation, form=form, claim=claim, status=status_of(form))


def _stored(organisation: Organisation, form: ClaimForm) -> StoredFile | None:
    """The proof in the store, sealed; None where it is not taken, and the form says why."""
    upload, person_id, key = form.file.data, me().id, key_for(f"{organisation.reference}-DD")
    db.session.commit()  # a new key is kept; storing is slow, and other writers go on meanwhile
    try:
        file = keep_upload(upload.stream, name=file_name(upload.filename or ""), uploaded_by_id=person_id, key=key)
    except TooLarge:
        limit = f"{current_app.config['UPLOAD_LIMIT_BYTES'] // 1_000_000} MB"
        form.file.errors = [_("The file must be smaller than %(limit)s.", limit=limit)]
        return None
    except WrongKind:
        form.file.errors = [_("Choose a PDF, JPG or PNG file.")]
        return None
    if not file.media_type.startswith(("image/", "application/pdf")):
        form.file.errors = [_("Choose a PDF, JPG or PNG file.")]
        return None
    return file


@standing.get("/organisations/<slug>/claim/proof")
@auth_required("session")
def own_proof(slug: str) -> ResponseReturnValue:
    found = open_claim_of(me(), get_organisation(slug))
    if found is None or found.file is None:
        raise NotFound(slug)
    return download(found.file)


@standing.post("/organisations/<slug>/claim/withdrawal")
@auth_required("session")
def withdraw(slug: str) -> ResponseReturnValue:
    found = open_claim_of(me(), get_organisation(slug))
    if found is None:
        raise NotFound(slug)
    services.withdraw_claim(found, actor=me())
    flash_done(_("Your claim was taken back."))
    return see_other(url("organisations.show", slug=slug))


@standing.post("/organisations/<slug>/members/<reference>/role")
@proof_asked
def change_role(slug: str, reference: str) -> ResponseReturnValue:
    membership = get_membership(_with_members(slug), reference)
    asked = request.form.get("role", "")
    if asked not in set(Role):
        raise NotFound(asked)
    try:
        services.change_role(membership, Role(asked), actor=me())
    except Conflict:
        return page("standing/last_owner.html", organisation=membership.organisation, status=409)
    name, role = membership.person.full_name, word(ROLES, Role(asked))
    flash_done(_("%(name)s now has the role: %(role)s.", name=name, role=role))
    return see_other(url("organisations.members", slug=slug))


@standing.post("/organisations/<slug>/members/<reference>/hand-over")
@proof_asked
def hand_over(slug: str, reference: str) -> ResponseReturnValue:
    membership = get_membership(_with_members(slug), reference)
    services.hand_over(membership, actor=me())
    flash_done(_("%(name)s is owner now, and you have left.", name=membership.person.full_name))
    return see_other(url("organisations.show", slug=slug))


@fills("organisation.standing")
def in_short(organisation: Organisation) -> str:
    person = me()
    return render_template(
        "standing/_standing.html",
        organisation=organisation,
        may_claim=person is None or can_claim_body(person, organisation),
        may_judge=can_judge_standing(person, organisation),
    )


@fills("membership.deeds")
def deeds_on(membership: Membership) -> str:
    """Another role for somebody, or the whole organisation into their hands."""
    roles = [role for role in reversed(Role) if role != membership.role and can_change_role(me(), membership, role)]
    may_hand_over = membership.person_id != me().id and can_hand_over(me(), membership.organisation)
    return render_template("standing/_deeds.html", membership=membership, roles=roles, may_hand_over=may_hand_over)


def _with_members(slug: str) -> Organisation:
    organisation = get_organisation(slug)
    if not can_see_members(me(), organisation):
        raise NotFound(slug)
    return organisation
