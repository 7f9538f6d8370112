"""Addresses of who reads what of a profile, of looking at it as others do, and of taking it along."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.errors import NotFound
from marketplace.files.download import as_download
from marketplace.organisations.forms import AudiencesForm
from marketplace.organisations.models import Organisation
from marketplace.organisations.policy import can_edit_organisation, role_of
from marketplace.organisations.queries import get_organisation
from marketplace.organisations.services import PROFILE, set_audiences
from marketplace.organisations.showing import PARTS, Face
from marketplace.organisations.stages import Audience
from marketplace.pages import flash_done, me, page, see_other, status_of, url
from marketplace.text import canonical_json

faces = Blueprint("faces", __name__)
SHOWN_AS = (Audience.PUBLIC, Audience.PARTNER, Audience.JUDGE)


@faces.route("/organisations/<slug>/audiences", methods=["GET", "POST"])
@auth_required("session")
def audiences(slug: str) -> ResponseReturnValue:
    organisation = get_organisation(slug)
    if not can_edit_organisation(me(), organisation):
        raise NotFound(slug)
    form = AudiencesForm.of(organisation)
    if request.method == "POST" and form.validate():
        set_audiences(organisation, actor=me(), parts=form.chosen("part_"), lines=form.chosen("line_"))
        flash_done(_("Saved. Look at the profile as others see it."))
        return see_other(url("faces.audiences", slug=slug))
    own = Face(organisation, Audience.OWN)
    return page(
        "organisations/audiences.html",
        organisation=organisation,
        profile=own,
        form=form,
        columns_of=PARTS,
        shown_as=SHOWN_AS,
        status=status_of(form),
    )


@faces.get("/organisations/<slug>/seen-by-<any(public,partner,judge):reader>")
@auth_required("session")
def preview(slug: str, reader: str) -> ResponseReturnValue:
    organisation = _of_mine(slug)
    return page(
        "organisations/show.html",
        organisation=organisation,
        profile=Face(organisation, Audience(reader)),
        preview=reader,
        shown_as=SHOWN_AS,
        missing=[],
        may_edit=False,
        may_see_members=False,
        is_stale=organisation.is_stale(clock.now()),
    )


@faces.get("/organisations/<slug>/profile.json")
@auth_required("session")
def take_along(slug: str) -> ResponseReturnValue:
    organisation = _of_mine(slug)
    own = Face(organisation, Audience.OWN)
    lines = [
        {name: getattr(line, name) for name in _LINE} | {"audience": line.audience.value} for line in organisation.lines
    ]
    told = {name: getattr(own, name) for name in PROFILE} | {"kind": organisation.kind.value, "track_record": lines}
    return as_download(canonical_json(told), name=f"{organisation.slug}.json", media_type="application/json")


_LINE = (
    *("kind", "title_vi", "title_en", "description_vi", "description_en", "partner_vi", "partner_en"),
    *("year", "month", "source"),
)


def _of_mine(slug: str) -> Organisation:
    """An organisation in which this person has a role; for everybody else these pages do not exist."""
    organisation = get_organisation(slug)
    if role_of(me(), organisation) is None:
        raise NotFound(slug)
    return organisation
