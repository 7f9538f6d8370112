"""Files in pieces, for the script on the page of attachments; answers are JSON. Without a script the form is sent."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.db import db
from marketplace.errors import TooLarge, WrongKind, WrongStage
from marketplace.files import SecretKey, keep_upload, key_for
from marketplace.files.resuming import (
    WrongOffset,
    add_piece,
    assembled,
    finish_upload,
    forget_upload,
    is_finished,
    received_size,
)
from marketplace.pages import me
from marketplace.solutions import services
from marketplace.solutions.next_steps import is_editable
from marketplace.solutions.routes.attaching import no_room, too_many, why_not_taken
from marketplace.solutions.routes.blueprint import solutions, writable_solution
from marketplace.solutions.uploads import Upload, new_upload, upload_of

LARGEST_PIECE = 2_000_000


@solutions.post("/solutions/<reference>/uploads")
@auth_required("session")
def begin_upload(reference: str) -> ResponseReturnValue:
    solution = writable_solution(reference)
    if not is_editable(solution, clock.database_now()):
        return _refusal(409, _closed())
    name, size = request.form.get("name", ""), request.form.get("size", "")
    try:
        upload = new_upload(solution, actor=me(), name=name, size=int(size) if size.isdecimal() else 0)
    except (WrongKind, TooLarge) as refusal:
        return _refusal(refusal.status, why_not_taken(refusal, name))
    try:
        services.must_have_room_for(solution, upload.size, actor=me())
    except services.NoRoomLeft:
        return _refusal(422, no_room(solution))
    key_for(solution.challenge.reference)
    return {"upload": upload.key, "offset": 0}, 201


@solutions.get("/solutions/<reference>/uploads/<key>")
@auth_required("session")
def upload_state(reference: str, key: str) -> ResponseReturnValue:
    upload = upload_of(key, writable_solution(reference), actor=me())
    return _done(upload) if is_finished(upload.word) else {"offset": received_size(upload.word)}


@solutions.post("/solutions/<reference>/uploads/<key>/pieces")
@auth_required("session")
def take_piece(reference: str, key: str) -> ResponseReturnValue:
    solution = writable_solution(reference)
    upload = upload_of(key, solution, actor=me())
    if is_finished(upload.word):
        return _done(upload)
    secret, offset = key_for(solution.challenge.reference), request.form.get("offset", "")
    # a new key is kept; storing is slow, and other writers go on meanwhile
    db.session.commit()
    sent = request.files.get("piece")
    content = sent.read(LARGEST_PIECE) if sent is not None else b""
    start = int(offset) if offset.isascii() and offset.isdecimal() else -1
    if not content or start < 0 or start + len(content) > upload.size:
        return _refusal(422, _("This piece does not belong to the file."))
    try:
        received = add_piece(upload.word, content, offset=start, key=secret)
    except WrongOffset:
        return {"offset": received_size(upload.word)}, 409
    return _completed(reference, upload, secret) if received >= upload.size else {"offset": received}


def _completed(reference: str, upload: Upload, key: SecretKey) -> ResponseReturnValue:
    """Every piece is there: the file is checked, kept and attached, as one that came whole."""
    person_id = me().id
    db.session.commit()
    try:
        with assembled(upload.word, key) as stream:
            file = keep_upload(stream, name=upload.name, uploaded_by_id=person_id, key=key)
        services.attach_files(writable_solution(reference), actor=me(), files=[file])
    except (WrongKind, TooLarge) as refusal:
        forget_upload(upload.word)
        return _refusal(refusal.status, why_not_taken(refusal, upload.name))
    except services.TooManyFiles:
        return _refusal(422, too_many())
    except services.NoRoomLeft:
        db.session.rollback()
        forget_upload(upload.word)
        return _refusal(422, no_room(writable_solution(reference)))
    except WrongStage:
        return _refusal(409, _closed())
    finish_upload(upload.word)
    return _done(upload)


def _done(upload: Upload) -> dict[str, Any]:
    return {"offset": upload.size, "attached": True}


def _closed() -> str:
    return _("The time for solutions is over. Files attached before are safe.")


def _refusal(status: int, message: str) -> tuple[dict[str, Any], int]:
    return {"error": message}, status
