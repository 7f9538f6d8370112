"""Addresses of data rooms: reading, accepting, opening; filling and the ledger for the agency."""

from typing import Any

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.authority import require
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import get_challenge
from marketplace.challenges.rooms import policy, queries, services
from marketplace.challenges.rooms.forms import AcceptanceForm, RoomFilesForm, RoomTextForm
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import Conflict, NotFound, TooLarge, WrongKind
from marketplace.files import KINDS, StoredFile, download, keep_upload, key_for, not_clean
from marketplace.organisations.queries import organisations_of
from marketplace.organisations.stages import Role
from marketplace.pages import fills, flash_done, me, page, plain, see_other, status_of, url
from marketplace.text import file_name

rooms = Blueprint("rooms", __name__)


@rooms.get("/challenges/<slug>/data")
def show(slug: str) -> ResponseReturnValue:
    challenge = get_challenge(slug, me())
    return _room_page(challenge, RoomFilesForm(formdata=None), _acceptance_form(challenge, formdata=None))


def _acceptance_form(challenge: Challenge, **options: Any) -> AcceptanceForm:
    text = queries.room_text(challenge)
    form = AcceptanceForm(data={"sha256": text.sha256 if text else ""}, **options)
    mine = organisations_of(me(), Role.MEMBER)
    form.organisation.choices = [*((each.slug, plain(each, "name")) for each in mine), ("", _("In my own name"))]
    return form


def _room_page(challenge: Challenge, form: RoomFilesForm, accepting: AcceptanceForm, status: int = 200) -> Response:
    text = queries.room_text(challenge)
    fills_room = policy.can_fill_room(me(), challenge)
    accepted = queries.acceptance_of(text, me())
    return page(
        "challenges/room.html",
        status=status,
        challenge=challenge,
        text=text,
        files=queries.room_files(challenge),
        form=form,
        accepting=accepting,
        accepted=accepted,
        fills_room=fills_room,
        is_filled=policy.may_be_filled(challenge),
        may_enter=policy.can_enter_room(me(), challenge),
        opens=fills_room or (accepted is not None and policy.can_enter_room(me(), challenge)),
        reads_ledger=policy.can_read_room_ledger(me(), challenge),
    )


@rooms.post("/challenges/<slug>/data/acceptance")
@auth_required("session")
def accept(slug: str) -> ResponseReturnValue:
    challenge = get_challenge(slug, me())
    require(policy.can_enter_room, me(), challenge)
    form = _acceptance_form(challenge)
    if not form.validate():
        return _room_page(challenge, RoomFilesForm(formdata=None), form, status=422)
    mine = {each.slug: each for each in organisations_of(me(), Role.MEMBER)}
    chosen = mine.get(form.organisation.data or "")
    try:
        services.accept_room_text(challenge, actor=me(), organisation=chosen, digest=form.sha256.data or "")
    except Conflict:
        form = _acceptance_form(challenge, formdata=None)
        form.accepts.errors = [_("The undertaking was changed meanwhile. Read it again.")]
        return _room_page(challenge, RoomFilesForm(formdata=None), form, status=409)
    flash_done(_("Accepted. The files are open to you, and every opening is noted."))
    return see_other(url("rooms.show", slug=slug))


@rooms.get("/challenges/<slug>/data/files/<reference>")
def file(slug: str, reference: str) -> ResponseReturnValue:
    row = queries.get_room_file(get_challenge(slug, me()), reference)
    try:
        services.open_room_file(row, actor=me())
    except services.NotClean:
        return not_clean(row.file)
    return download(row.file)


@rooms.route("/challenges/<slug>/data/undertaking", methods=["GET", "POST"])
@auth_required("session")
def undertaking(slug: str) -> ResponseReturnValue:
    challenge = _filled(slug)
    form = RoomTextForm(obj=queries.room_text(challenge))
    if form.validate_on_submit():
        texts = {"text_vi": form.text_vi.data or "", "text_en": form.text_en.data}
        services.write_room_text(challenge, actor=me(), **texts)
        return see_other(url("rooms.show", slug=slug))
    return page("challenges/undertaking.html", challenge=challenge, form=form, status=status_of(form))


def _filled(slug: str) -> Challenge:
    """For whoever fills the room; for everybody else there is no such page."""
    challenge = get_challenge(slug, me())
    if not policy.can_fill_room(me(), challenge):
        raise NotFound(slug)
    return challenge


@rooms.post("/challenges/<slug>/data/files")
@auth_required("session")
def add(slug: str) -> ResponseReturnValue:
    challenge, form = _filled(slug), RoomFilesForm()
    if not form.validate():
        return _room_page(challenge, form, _acceptance_form(challenge, formdata=None), status=422)
    stored, refusals = _stored(challenge)
    challenge = _filled(slug)
    if not refusals:
        try:
            secret = form.access.data == "confidential"
            services.add_room_files(challenge, actor=me(), files=stored, is_confidential=secret)
        except services.NoUndertaking:
            refusals = [_("Write the undertaking first; without it nothing is confidential.")]
    if refusals:
        form.files.errors = refusals
        return _room_page(challenge, form, _acceptance_form(challenge, formdata=None), status=422)
    flash_done(_("Attached: %(names)s.", names=", ".join(each.name for each in stored)))
    return see_other(url("rooms.show", slug=slug))


def _stored(challenge: Challenge) -> tuple[list[StoredFile], list[str]]:
    """The uploads in the store, under a key of the room's own, and what is said of those that are not taken."""
    key, person_id = key_for(f"{challenge.reference}-DR"), me().id
    db.session.commit()  # a new key is kept; storing is slow, and other writers go on meanwhile
    uploads = [upload for upload in request.files.getlist("files") if upload.filename]
    stored: list[StoredFile] = []
    refusals = [] if uploads else [_("Choose a file.")]
    for upload in uploads:
        name = file_name(upload.filename or "")
        try:
            stored.append(keep_upload(upload.stream, name=name, uploaded_by_id=person_id, key=key))  # type: ignore[arg-type]
        except TooLarge:
            limit = f"{current_app.config['UPLOAD_LIMIT_BYTES'] // 1_000_000} MB"
            refusals.append(_("%(name)s must be smaller than %(limit)s.", name=name, limit=limit))
        except WrongKind:
            kinds = ", ".join(kind.upper() for kind in KINDS)
            refusals.append(_("%(name)s must be of one of these kinds: %(kinds)s.", name=name, kinds=kinds))
    return stored, refusals


@rooms.post("/challenges/<slug>/data/files/<reference>/removal")
@auth_required("session")
def remove(slug: str, reference: str) -> ResponseReturnValue:
    services.remove_room_file(queries.get_room_file(_filled(slug), reference), actor=me())
    flash_done(_("The file was removed."))
    return see_other(url("rooms.show", slug=slug))


@rooms.get("/challenges/<slug>/data/ledger")
@auth_required("session")
def ledger(slug: str) -> ResponseReturnValue:
    challenge = get_challenge(slug, me())
    if not policy.can_read_room_ledger(me(), challenge):
        raise NotFound(slug)
    shown: dict[str, Any] = {"acceptances": queries.acceptances(challenge), "openings": queries.openings(challenge)}
    return page("challenges/room_ledger.html", challenge=challenge, **shown)


@fills("challenge.authoring")
def room_link(challenge: Challenge) -> str:
    """While it is written: the way to its files."""
    return render_template("challenges/_room_link.html", challenge=challenge, files=queries.room_files(challenge))


@fills("challenge.below")
def room_below(challenge: Challenge, _at: object) -> str | None:
    """Its files, on its page; to whoever fills the room also where there is none."""
    files, fills_room = queries.room_files(challenge), policy.can_fill_room(me(), challenge)
    if challenge.stage == Stage.HISTORY or not (files or (fills_room and policy.may_be_filled(challenge))):
        return None
    return render_template("challenges/_room.html", challenge=challenge, files=files, fills_room=fills_room)
