"""Addresses of organisations: read input, call one deed, answer."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock, limits
from marketplace.accounts.models import Person
from marketplace.accounts.moderating.hiding import hidden_page
from marketplace.accounts.proof import proof_asked
from marketplace.errors import Conflict, NotFound
from marketplace.labels import ROLES, word
from marketplace.organisations import queries, services
from marketplace.organisations import words as own_words
from marketplace.organisations.audiences import audience_of
from marketplace.organisations.completeness import missing_parts
from marketplace.organisations.forms import EditForm, EvidenceForm, InvitationForm, RegisterForm
from marketplace.organisations.models import Organisation
from marketplace.organisations.policy import (
    can_edit_organisation,
    can_end_membership,
    can_revoke_invitation,
    can_see_members,
)
from marketplace.organisations.reference_data import glossary_with
from marketplace.organisations.showing import Face
from marketplace.organisations.stages import KINDS_TO_REGISTER, Audience, Helix, Kind, Role
from marketplace.pages import (
    fills,
    flash_done,
    language,
    listed,
    me,
    page,
    plain,
    see_other,
    status_of,
    url,
)
from marketplace.relevance.concepts import topic_label
from marketplace.text import clean_line

organisations = Blueprint("organisations", __name__)
PAGE_SIZE = 20
organisations.app_context_processor(
    lambda: {name: table for name, table in vars(own_words).items() if name.isupper()} | {"topic_label": topic_label}
)


@organisations.get("/organisations")
def index() -> ResponseReturnValue:
    asked = {name: clean_line(request.args.get(name, ""))[:200] for name in ("q", "house", "kind")}
    house = Helix(asked["house"]) if asked["house"] in set(Helix) else None
    kind = Kind(asked["kind"]) if asked["kind"] in set(Kind) else None
    found = queries.matching(asked["q"], house, kind)
    listing = listed(found, size=PAGE_SIZE)
    return page("organisations/index.html", parts=("results",), listing=listing, asked=asked)


@organisations.get("/organisations/<slug>")
def show(slug: str) -> ResponseReturnValue:
    if (survivor := queries.survivor_of(slug)) is not None:
        return redirect(url("organisations.show", slug=survivor.slug), code=301)
    organisation = queries.get_organisation(slug)
    if instead := hidden_page("organisation", organisation.reference, title=str(organisation)):
        return instead
    may_edit = can_edit_organisation(me(), organisation)
    return page(
        "organisations/show.html",
        organisation=organisation,
        profile=Face(organisation, audience_of(me(), organisation)),
        missing=missing_parts(organisation) if may_edit else [],
        may_edit=may_edit,
        may_see_members=can_see_members(me(), organisation),
        is_stale=organisation.is_stale(clock.now()),
    )


@organisations.route("/organisations/new", methods=["GET", "POST"])
@auth_required("session")
def new() -> ResponseReturnValue:
    form = RegisterForm()
    form.offer_places(queries.places(), language=language())
    if request.method == "POST" and form.validate():
        try:
            organisation = services.register_organisation(
                form.chosen_kind, helix=KINDS_TO_REGISTER[form.chosen_kind], actor=me(), **form.columns()
            )
        except Conflict:
            form.tax_code.errors = [_taken(form.tax_code.data)]
        else:
            flash_done(_("The organisation is registered, and you are its owner."))
            return see_other(url("organisations.show", slug=organisation.slug))
    return page("organisations/new.html", form=form, status=status_of(form))


@organisations.route("/organisations/<slug>/profile", methods=["GET", "POST"])
@auth_required("session")
def edit(slug: str) -> ResponseReturnValue:
    organisation = _editable(slug)
    own = Face(organisation, Audience.OWN)
    form = EditForm(data={name: getattr(own, name) for name in services.PROFILE})
    form.offer_places(queries.places(), language=language())
    form.offer_topics(language=language())
    if request.method == "POST" and form.validate():
        try:
            services.edit_organisation(organisation, actor=me(), **form.columns())
        except Conflict:
            form.tax_code.errors = [_taken(form.tax_code.data)]
        else:
            flash_done(_("The profile was saved."))
            return see_other(url("organisations.show", slug=slug))
    return page("organisations/edit.html", form=form, organisation=organisation, status=status_of(form))


@organisations.post("/organisations/<slug>/profile/confirmation")
@auth_required("session")
def confirm(slug: str) -> ResponseReturnValue:
    services.confirm_profile(_editable(slug), actor=me())
    flash_done(_("Thank you: the profile stands as confirmed today."))
    return see_other(url("organisations.show", slug=slug))


@organisations.route("/organisations/<slug>/track-record", methods=["GET", "POST"])
@auth_required("session")
def track_record(slug: str) -> ResponseReturnValue:
    organisation, form = _editable(slug), EvidenceForm()
    if request.method == "POST" and form.validate():
        services.add_track_record(organisation, actor=me(), **form.columns())
        flash_done(_("The track record has a new line."))
        return see_other(url("organisations.track_record", slug=slug))
    return page("organisations/track_record.html", form=form, organisation=organisation, status=status_of(form))


@organisations.route("/organisations/<slug>/track-record/<reference>", methods=["GET", "POST"])
@auth_required("session")
def edit_track_record(slug: str, reference: str) -> ResponseReturnValue:
    organisation = _editable(slug)
    line = queries.get_track_record(organisation, reference)
    form = EvidenceForm.of(line)
    if request.method == "POST" and form.validate():
        services.edit_track_record(line, actor=me(), **form.columns())
        flash_done(_("The line was saved, and the profile stands as confirmed today."))
        return see_other(url("organisations.track_record", slug=slug))
    return page("organisations/evidence.html", form=form, organisation=organisation, line=line, status=status_of(form))


@organisations.post("/organisations/<slug>/track-record/<reference>/removal")
@auth_required("session")
def remove_track_record(slug: str, reference: str) -> ResponseReturnValue:
    item = queries.get_track_record(queries.get_organisation(slug), reference)
    services.remove_track_record(item, actor=me())
    flash_done(_("The line was taken off the track record."))
    return see_other(url("organisations.track_record", slug=slug))


@organisations.get("/organisations/<slug>/members")
@auth_required("session")
def members(slug: str) -> ResponseReturnValue:
    return _members_page(_with_members(slug), InvitationForm(formdata=None))


@organisations.post("/organisations/<slug>/invitations")
@proof_asked
def invite(slug: str) -> ResponseReturnValue:
    organisation, form = _with_members(slug), InvitationForm()
    form.offer_roles(me(), organisation)
    if not form.validate():
        return _members_page(organisation, form)
    limits.spend({"invite.sender": me().reference, "invite.address": form.email.data.lower()})
    services.invite(organisation, form.email.data, role=Role(form.role.data), actor=me())
    flash_done(_("An invitation is on its way to %(email)s.", email=form.email.data))
    return see_other(url("organisations.members", slug=slug))


@organisations.post("/organisations/<slug>/invitations/<reference>/revocation")
@auth_required("session")
def revoke(slug: str, reference: str) -> ResponseReturnValue:
    invitation = queries.get_invitation(_with_members(slug), reference)
    services.revoke_invitation(invitation, actor=me())
    flash_done(_("The invitation to %(email)s was taken back.", email=invitation.email))
    return see_other(url("organisations.members", slug=slug))


@organisations.post("/organisations/<slug>/members/<reference>/departure")
@proof_asked
def end_membership(slug: str, reference: str) -> ResponseReturnValue:
    membership = queries.get_membership(_with_members(slug), reference)
    services.end_membership(membership, actor=me())
    if membership.person_id == me().id:
        flash_done(_("You have left the organisation."))
        return see_other(url("organisations.show", slug=slug))
    flash_done(_("%(name)s has no role here any more.", name=membership.person.full_name))
    return see_other(url("organisations.members", slug=slug))


@organisations.get("/invitations/<key>")
def invitation(key: str) -> ResponseReturnValue:
    found = queries.open_invitation(key)
    if found is None:
        return page("organisations/invitation_gone.html", status=404)
    late = found.expires_at < clock.now()
    return page("organisations/invitation.html", invitation=found, key=key, late=late, person=me())


@organisations.post("/invitations/<key>/acceptance")
@auth_required("session")
def accept_invitation(key: str) -> ResponseReturnValue:
    organisation = services.accept_invitation(key, actor=me())
    role = queries.open_membership(organisation, me())
    flash_done(
        _(
            "You now belong to %(organisation)s, in the role: %(role)s.",
            organisation=plain(organisation, "name"),
            role=word(ROLES, role.role) if role else "",
        )
    )
    return see_other(url("organisations.show", slug=organisation.slug))


@organisations.get("/glossary")
def glossary() -> ResponseReturnValue:
    words = clean_line(request.args.get("q", ""))[:100]
    return page("organisations/glossary.html", parts=("terms",), terms=glossary_with(words), words=words)


@fills("account.organisations")
def roles_of(person: Person) -> str:
    return render_template("organisations/_roles.html", person=person, memberships=queries.memberships_of(person))


def _editable(slug: str) -> Organisation:
    """The organisation whose forms this person may fill in; for everybody else they do not exist."""
    organisation = queries.get_organisation(slug)
    if not can_edit_organisation(me(), organisation):
        raise NotFound(slug)
    return organisation


def _with_members(slug: str) -> Organisation:
    organisation = queries.get_organisation(slug)
    if not can_see_members(me(), organisation):
        raise NotFound(slug)
    return organisation


def _members_page(organisation: Organisation, form: InvitationForm) -> ResponseReturnValue:
    form.offer_roles(me(), organisation)
    return page(
        "organisations/members.html",
        form=form,
        organisation=organisation,
        memberships=queries.open_memberships(organisation),
        invitations=queries.open_invitations(organisation, clock.now()),
        may_end=lambda membership: can_end_membership(me(), membership),
        only_owner=queries.open_owner_count(organisation) == 1,
        may_revoke=lambda invitation: can_revoke_invitation(me(), invitation),
        status=status_of(form),
    )


def _taken(tax_code: str | None) -> str:
    return _("An organisation with the tax code %(code)s is here already: ask its owner for a role.", code=tax_code)
