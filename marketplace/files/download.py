"""A file as an answer that no browser renders in our origin."""

from collections.abc import Iterable
from urllib.parse import quote

from flask import Response
from flask_babel import gettext as _

from marketplace.files.models import Scan, StoredFile
from marketplace.files.reading import content_of
from marketplace.pages import error_page
from marketplace.text import fold


def download(file: StoredFile, *, name: str | None = None) -> Response:
    """The file as a download, under its own name or this one."""
    response = as_download(content_of(file), name=name or file.name, media_type=file.media_type)
    response.headers["Content-Length"] = str(file.size)
    return response


def as_download(content: Iterable[bytes] | bytes, *, name: str, media_type: str) -> Response:
    """Any content under this name as a download: never shown, never kept by anybody on the way."""
    response = Response(content, mimetype=media_type)
    plain = fold(name).encode("ascii", "ignore").decode().replace('"', "").replace("\\", "")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain or 'file'}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store, private"
    return response


def not_clean(file: StoredFile) -> Response:
    """The page for a file that others must not open now; its name is nothing new to them."""
    if file.scan == Scan.REFUSED:
        return error_page(409, _("Malware was found in this file"), _("Nobody can open it. Its entrant is told."))
    return error_page(
        409,
        _("This file is still being checked for malware"),
        _("Try again in a few minutes. Nothing else is in its way."),
    )
