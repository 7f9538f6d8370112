"""A page or its part: the only module that knows HTMX headers, languages in addresses, and slots."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from babel.support import NullTranslations
from flask import (
    Flask,
    Response,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import get_locale, get_translations
from flask_login import current_user
from htmx_flask import Htmx
from htmx_flask import request as htmx_request
from markupsafe import Markup
from sqlalchemy import Select
from werkzeug.datastructures import MultiDict

from marketplace.db import count_of, db, language_text

LANGUAGES = ("vi", "en")
htmx = Htmx()
_catalogues: dict[str, NullTranslations] = {}
_slots: dict[str, list[Callable[..., str | None]]] = defaultdict(list)


class LanguageInAddress:
    """WSGI: /en/x is x in English. The prefix becomes SCRIPT_NAME, so every url_for keeps the reader's language."""

    def __init__(self, application: Callable[..., Any]):
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        path = environ.get("PATH_INFO", "")
        environ["marketplace.language"] = "vi"
        if path == "/en" or path.startswith("/en/"):
            environ["marketplace.language"] = "en"
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + "/en"
            environ["PATH_INFO"] = path[3:] or "/"
        return self.application(environ, start_response)


def language() -> str:
    """The language of this request's address, or of the letter being written."""
    if "language" in g:
        return g.language
    return request.environ.get("marketplace.language", "vi") if request else "vi"


def me() -> Any:
    """The signed-in person, or None."""
    return current_user._get_current_object() if current_user.is_authenticated else None


@contextmanager
def letter_language(reader: str) -> Iterator[None]:
    """Write the enclosed text in this reader's language, whatever the request's is."""
    before = g.get("language")
    g.language = reader
    try:
        yield
    finally:
        g.pop("language") if before is None else setattr(g, "language", before)


def page(template: str, *, parts: Sequence[str] = (), status: int = 200, **context: Any) -> Response:
    """The whole page, or only the part that HTMX asked for.

    `parts` names what may be asked: part "stage" is `_stage.html` beside the page, its element has id="stage".
    """
    target = htmx_request.htmx.target if htmx_request.htmx else None
    if target in parts:
        folder = template.rsplit("/", 1)[0]
        template = f"{folder}/_{target}.html"
    response = make_response(render_template(template, **context), status)
    response.vary.update(["HX-Request", "HX-Target"])
    return response


def asks_for(part: str) -> bool:
    """Whether HTMX asks for this part of a page."""
    return bool(htmx_request.htmx) and htmx_request.htmx.target == part


def see_other(address: str) -> Response:
    """303 to one of our own addresses."""
    return redirect(address, code=303)  # type: ignore[return-value]


def url(endpoint: str, **values: Any) -> str:
    """The address of a page in the reader's language."""
    return url_for(endpoint, **values)


def flash_done(message: str) -> None:
    """Say on the next page that something was done."""
    flash(message, "success")


def status_of(form: Any) -> int:
    """422 for a page that shows a refused form, else 200."""
    return 422 if form.is_submitted() else 200


def fills(slot_name: str) -> Callable[[Callable[..., str | None]], Callable[..., str | None]]:
    """Register a renderer for a slot of a lower package's page."""

    def register(renderer: Callable[..., str | None]) -> Callable[..., str | None]:
        if renderer not in _slots[slot_name]:
            _slots[slot_name].append(renderer)
        return renderer

    return register


def slot(slot_name: str, *things: Any) -> Markup:
    """What higher packages show at this place, in the order in which they registered.

    Where a request names packages in `g.slots_from`, only those: an operator who looks as somebody else.
    """
    packages = g.get("slots_from", "")
    fitting = [fill for fill in _slots[slot_name] if fill.__module__.startswith(packages)]
    # each renderer answers a rendered template, escaped already
    return Markup("").join(Markup(html) for fill in fitting if (html := fill(*things)))  # noqa: S704


def said(thing: Any, name: str) -> Markup:
    """A bilingual field in the reader's language; text in the other one is marked with its lang."""
    text, text_language = language_text(thing, name, language())
    if text_language == language() or not text:
        return Markup("{}").format(text)
    return Markup('<span lang="{}">{}</span>').format(text_language, text)


def prose(text: str | None, text_language: str | None = None) -> Markup:
    """Text as typed: a blank line parts paragraphs, a line that begins with a dash is an entry of a list."""
    marked = Markup(' lang="{}"').format(text_language) if text_language and text_language != language() else Markup("")
    blocks = [block for block in re.split(r"\n\s*\n", (text or "").strip()) if block.strip()]
    return Markup("\n").join(_block(block.splitlines(), marked) for block in blocks)


def _block(lines: list[str], marked: Markup) -> Markup:
    if all(re.match(r"\s*[-•*]\s+", line) for line in lines):
        entries = Markup("").join(Markup("<li>{}</li>").format(re.sub(r"^\s*[-•*]\s+", "", line)) for line in lines)
        return Markup("<ul{}>{}</ul>").format(marked, entries)
    return Markup("<p{}>{}</p>").format(marked, Markup("<br>").join(lines))


def said_text(thing: Any, name: str) -> Markup:
    """A bilingual field of several paragraphs in the reader's language."""
    return prose(*language_text(thing, name, language()))


def said_line(texts: dict[str, str]) -> Markup:
    """A text kept as {"vi": ..., "en": ...} in the reader's language."""
    other = "en" if language() == "vi" else "vi"
    if texts.get(language()) or not texts.get(other):
        return Markup("{}").format(texts.get(language(), ""))
    return Markup('<span lang="{}">{}</span>').format(other, texts[other])


def plain(thing: Any, name: str) -> str:
    """The same text without markup, for titles, letters and attributes."""
    return language_text(thing, name, language())[0]


def other_language_address() -> str:
    """This page in the other language: same path, same query; after a refused form, the page it came from."""
    path = request.full_path.rstrip("?")
    if request.method != "GET":
        came_from = urlsplit(request.referrer or "/")
        own = came_from.netloc == request.host
        path = (came_from.path.removeprefix("/en") or "/") + (f"?{came_from.query}" if came_from.query else "")
        path = path if own else "/"
    return path if language() == "en" else f"/en{path}"


def own_path(address: str | None) -> str | None:
    """`address` if it is a path of this site, else None: what a ?next= may name."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    return address if address.isprintable() and "\\" not in address else None


def absolute(endpoint: str, reader_language: str, **values: Any) -> str:
    """A full address in the given language, for letters and feeds: works without a request."""
    base = urlsplit(current_app.config["BASE_URL"])
    adapter = current_app.url_map.bind(
        base.netloc, script_name="/en" if reader_language == "en" else "/", url_scheme=base.scheme
    )
    return adapter.build(endpoint, values, force_external=True)


def asset(name: str) -> str:
    """Address of a static file, the same in both languages, with a version that changes with its content."""
    versions: dict[str, str] = current_app.extensions.setdefault("asset_versions", {})
    if name not in versions or current_app.debug:
        content = (Path(current_app.static_folder or "") / name).read_bytes()
        versions[name] = sha256(content).hexdigest()[:10]
    return f"/static/{name}?v={versions[name]}"


class Pagination:
    """One page of a list: rows, and what its links need."""

    def __init__(self, rows: Sequence[Any], *, number: int, total: int, size: int):
        self.rows, self.number, self.total, self.size = rows, number, total, size
        self.pages = max(1, -(-total // size))

    def url(self, number: int) -> str:
        arguments = MultiDict(request.args)
        arguments["page"] = str(number)
        query = "&".join(f"{quote(key, safe='')}={quote(value, safe='')}" for key, value in arguments.items(multi=True))
        return f"{request.script_root}{request.path}?{query}"


def listed(found: Select[Any], *, size: int) -> Pagination:
    """The page of a list that this request asks for, `size` rows of it: one query for the rows, one for how many."""
    number = page_number()
    rows = db.session.scalars(found.limit(size).offset((number - 1) * size)).all()
    return Pagination(rows, number=number, total=count_of(found), size=size)


def page_number() -> int:
    """The ?page= of this request, 1 where it is no sensible number."""
    raw = request.args.get("page", "1")
    return int(raw) if raw.isascii() and raw.isdigit() and 1 <= int(raw[:9]) <= 100_000 else 1


def error_page(status: int, heading: str, body: str) -> Response:
    """The page that says what went wrong, whether the work is safe, and what to do."""
    reference = g.get("request_id", "")
    return page("errors/error.html", status=status, code=status, heading=heading, body=body, reference=reference)


def _catalogue() -> NullTranslations:
    """The texts of the reader's language. A page asks a hundred times, so they are looked up by the shortest way."""
    spoken = get_locale()
    if spoken is None:
        return get_translations()
    if spoken.language not in _catalogues:
        _catalogues[spoken.language] = get_translations()
    return _catalogues[spoken.language]


def _translated(text: str, /, **places: Any) -> str:
    """`_()` of the templates."""
    said = _catalogue().ugettext(text)
    return said % places if places else said


def bind_to(app: Flask) -> None:
    """Give `app` languages in its addresses, HTMX, and the names that templates use."""
    app.wsgi_app = LanguageInAddress(app.wsgi_app)  # type: ignore[method-assign]
    htmx.init_app(app)
    app.jinja_env.globals.update(asset=asset, slot=slot, plain=plain, other_language_address=other_language_address)
    app.jinja_env.globals.update(language=language, absolute=absolute)
    app.jinja_env.filters.update(said=said, said_text=said_text, said_line=said_line, prose=prose, plain=plain)
    app.context_processor(
        lambda: {"_": _translated} | ({"other_language_url": other_language_address()} if request else {})
    )
