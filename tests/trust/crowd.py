"""Everybody of the city at browsers of their own; they send exactly the bytes that a test says."""

from collections.abc import Iterable, Sequence
from contextvars import Context
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote_plus

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from marketplace import clock
from marketplace.db import db
from tests.parsed import parsed
from tests.site import Site

Pairs = Sequence[tuple[str | bytes, str | bytes]]
_BOUNDARY = "ranh-gioi-7d1f"


@dataclass
class Answer:
    """What came back, redirects not followed."""

    role: str
    method: str
    path: str
    status: int
    body: bytes
    headers: Any

    @property
    def html(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def is_page(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")

    @cached_property
    def tree(self) -> HtmlElement:
        return parsed(self.html)

    @cached_property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.html.replace("\0", ""), "lxml")  # for lxml a NUL is the end

    def __str__(self) -> str:
        return f"{self.role}: {self.method} {self.path} -> {self.status} {self.location}".strip()


@dataclass
class Sent:
    """The body of a request: fields in order, as text or raw bytes, and files (name, file name, content)."""

    fields: Pairs = ()
    files: Sequence[tuple[str, str | bytes, bytes]] = ()
    multipart: bool = False

    def encoded(self) -> tuple[bytes, str]:
        """The bytes and their media type."""
        if not self.files and not self.multipart:
            pairs = (f"{quote_plus(_raw(name))}={quote_plus(_raw(value))}" for name, value in self.fields)
            return "&".join(pairs).encode(), "application/x-www-form-urlencoded"
        parts = [_part(_raw(name), _raw(value)) for name, value in self.fields]
        parts += [_part(_raw(name), content, file_name=_raw(shown)) for name, shown, content in self.files]
        return b"".join(parts) + f"--{_BOUNDARY}--\r\n".encode(), f"multipart/form-data; boundary={_BOUNDARY}"


@dataclass
class Crowd:
    """Signed-in browsers by role; "visitor" is not signed in."""

    app: Flask
    cookies: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def enter(self, emails: dict[str, str]) -> None:
        """Sign everybody in, once."""
        for role, email in {"visitor": "", **emails}.items():
            site = Site(self.app)
            site = site.sign_in(email) if email else site.open("/sign-in")
            assert site.status == 200, (role, site.address, site.status)
            self.tokens[role] = site.csrf_token()
            self.cookies[role] = site.client.get_cookie("session").value

    @property
    def roles(self) -> list[str]:
        return [*self.cookies]

    def get(self, role: str, path: str, **options: Any) -> Answer:
        return self.ask(role, "GET", path, **options)

    def post(self, role: str, path: str, fields: Pairs = (), **options: Any) -> Answer:
        """Send a form with the reader's token."""
        pairs = [("csrf_token", self.tokens[role]), *((name, value) for name, value in fields if name != "csrf_token")]
        return self.ask(role, "POST", path, sent=Sent(pairs, **options))

    def ask(
        self, role: str, method: str, path: str, *, sent: Sent | None = None, headers: Iterable[tuple[str, str]] = ()
    ) -> Answer:
        """One request as this role."""
        client: FlaskClient = self.app.test_client()
        client.set_cookie("session", self.cookies[role])
        body, kind = sent.encoded() if sent is not None else (b"", "")
        known: dict[str, Any] = {"data": body, "content_type": kind} if sent is not None else {}
        db.session.rollback()
        context = Context()
        context.run(clock._shift.set, clock._shift.get())
        answer = context.run(client.open, path, method=method, headers=[*headers], **known)
        content = answer.get_data()
        answer.close()
        return Answer(role, method, path, answer.status_code, content, answer.headers)


def _raw(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")


def _part(name: bytes, content: bytes, *, file_name: bytes | None = None) -> bytes:
    """A part of a form; quotes and line ends in names are escaped as browsers do."""
    shown = [
        each.replace(b"\r", b"%0D").replace(b"\n", b"%0A").replace(b'"', b"%22") for each in (name, file_name or b"")
    ]
    head = b'Content-Disposition: form-data; name="' + shown[0] + b'"'
    if file_name is not None:
        head += b'; filename="' + shown[1] + b'"\r\nContent-Type: application/octet-stream'
    return f"--{_BOUNDARY}\r\n".encode() + head + b"\r\n\r\n" + content + b"\r\n"
