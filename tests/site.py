"""A person at a browser, without a browser: Site(app, lan).open("/challenges").press("Publish")."""

from contextvars import Context
from io import BytesIO
from time import time
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from marketplace import clock
from marketplace.accounts.models import OpenSession, Person
from marketplace.accounts.queries import hashed
from marketplace.db import db, token
from tests.make import PASSWORD
from tests.parsed import parsed, said, values_of


class Site:
    """Goes through pages as `person` (None: a visitor), in one language, following redirects."""

    def __init__(self, app: Flask, person: Person | None = None, *, language: str = "vi"):
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.prefix = "/en" if language == "en" else ""
        self.status = 0
        self.html = ""
        self.body = b""
        self.headers: Any = None
        self.address = ""
        self._soup: tuple[str, BeautifulSoup] = "", BeautifulSoup("", "lxml")
        self._tree: tuple[str, HtmlElement] = "", parsed("")
        if person is not None:
            self._be_signed_in(person)

    def _be_signed_in(self, person: Person) -> None:
        """Leave in browser and database what the sign-in page would have left, without its password check."""
        key = token()
        db.session.add(OpenSession(person_id=person.id, key_hash=hashed(key), agent="Site", started_at=clock.now()))
        identity = person.fs_uniquifier
        db.session.commit()
        with self.client.session_transaction() as session:
            session.update({"_user_id": identity, "_fresh": True, "key": key, "fs_cc": "set", "fs_paa": time()})
            # tests go through months in one session: proof is asked of those who came through the sign-in page
            session["proved_at"] = clock.now().timestamp() + 365 * 86400

    def sign_in(self, email: str, password: str = PASSWORD) -> "Site":
        self.open("/sign-in")
        return self.send("/sign-in", email=email, password=password)

    def open(self, path: str, **headers: str) -> "Site":
        """GET an address (without language prefix), following redirects."""
        return self._request("GET", self._full(path), headers=headers)

    def send(self, path: str, files: dict[str, tuple[bytes, str]] | None = None, **fields: Any) -> "Site":
        """POST fields to an address as a form of the page last seen would, token included."""
        data: dict[str, Any] = {"csrf_token": self.csrf_token(), **fields}
        for name, content in (files or {}).items():
            many = content if isinstance(content, list) else [content]
            data[name] = [(BytesIO(body), file_name) for body, file_name in many]
        return self._request("POST", self._full(path), data=data, content_type="multipart/form-data")

    def press(self, label: str, files: dict[str, Any] | None = None, **fields: Any) -> "Site":
        """Press the button with this label, with its form as it stands and `fields` typed over it."""
        form = self._form_with(label)
        data = {**values_of(form), **fields}
        button = next(each for each in form.iter("button") if said(each) == label)
        if button.get("name"):
            data[button.attrib["name"]] = button.get("value", "")
        action = button.get("formaction") or form.get("action") or self.address
        if (form.get("method") or "get").lower() == "get":
            return self._request("GET", action, query_string=data)
        for name, content in (files or {}).items():
            many = content if isinstance(content, list) else [content]
            data[name] = [(BytesIO(body), file_name) for body, file_name in many]
        return self._request("POST", action, data=data, content_type="multipart/form-data")

    def click(self, label: str) -> "Site":
        """Follow the first link with this text."""
        link = next((each for each in self.tree.iter("a") if label in said(each)), None)
        assert link is not None, f"no link {label!r} on {self.address}: {self.links()}"
        return self._request("GET", link.attrib["href"])

    @property
    def page(self) -> BeautifulSoup:
        """The page, to look for anything in it."""
        if self._soup[0] is not self.html:
            self._soup = self.html, BeautifulSoup(self.html, "lxml")
        return self._soup[1]

    @property
    def tree(self) -> HtmlElement:
        """The page as those here read it: the same parser without its comfort, twenty times as fast."""
        if self._tree[0] is not self.html:
            self._tree = self.html, parsed(self.html)
        return self._tree[1]

    @property
    def text(self) -> str:
        """What a person reads on the page, spaces collapsed."""
        return said(self.tree)

    @property
    def main(self) -> str:
        """What a person reads in the main part of the page."""
        found = self.tree.xpath('//*[@id="main"]')
        return said(found[0]) if found else self.text

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary."""
        found = self.tree.find_class("error-summary")
        return [said(each) for each in found[0].iter("li")] if found else []

    def links(self) -> list[str]:
        return [said(each) for each in self.tree.iter("a")]

    def buttons(self) -> list[str]:
        return [said(each) for each in self.tree.iter("button")]

    def value(self, name: str) -> str:
        """What stands in a field of the page."""
        for form in self.tree.iter("form"):
            values = values_of(form)
            if name in values:
                return values[name]
        raise AssertionError(f"no field {name!r} on {self.address}")

    def csrf_token(self) -> str:
        found = self.tree.xpath('//input[@name="csrf_token"]/@value')
        if not found:
            # the cheapest page that has a form for everybody; the sign-in page leads on to what waits for them
            Site._request(self, "GET", self._full("/receipts"))
            found = self.tree.xpath('//input[@name="csrf_token"]/@value')
        return str(found[0]) if found else ""

    def _full(self, path: str) -> str:
        return path if path.startswith(("/en/", "http")) else self.prefix + path

    def _form_with(self, label: str) -> HtmlElement:
        for form in self.tree.iter("form"):
            if any(said(each) == label for each in form.iter("button")):
                return form
        raise AssertionError(f"no button {label!r} on {self.address} ({self.status}): {self.buttons()}")

    def _request(self, method: str, path: str, **arguments: Any) -> "Site":
        # What the test wrote is committed and its transaction ended, so that the request finds it and can write.
        db.session.commit()
        shift = clock._shift.get()
        context = Context()
        context.run(clock._shift.set, shift)
        response = context.run(self.client.open, path, method=method, follow_redirects=True, **arguments)
        self.status, self.headers, self.address = (
            response.status_code,
            response.headers,
            response.request.path,
        )
        if response.request.root_path:
            self.address = response.request.root_path + self.address
        self.body = response.get_data()
        self.html = self.body.decode("utf-8", "replace")
        return self
