"""A person at a real Chromium: labels are given in English and looked for in the language of the page."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from flask import Flask
from flask_babel import force_locale, gettext
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from marketplace.accounts.models import Person
from marketplace.db import db
from tests.make import PASSWORD
from tests.site import Site

SCREENS = Path("build/screens")
WIDTHS = {"wide": 1280, "phone": 360}
_UNFOLD_AND_TELL_KINDS = """names => {
  document.querySelectorAll("details").forEach(part => (part.open = true));
  const fields = names.map(name => document.querySelector(`[name='${name}']`));
  return fields.map(field => `${field.tagName}:${field.type ?? ""}`);
}"""


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The site on a free port of this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


class Reader:
    """Somebody signed in at a browser of their own."""

    def __init__(self, browser: Browser, *, app: Flask, address: str, language: str = "vi", script: bool = True):
        self.app, self.language = app, language
        self.prefix = address + ("/en" if language == "en" else "")
        self.context = browser.new_context(java_script_enabled=script, viewport={"width": 1280, "height": 900})
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("console", lambda message: self.faults.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def words(self, msgid: str, **places: Any) -> str:
        """A text of the site in the reader's language."""
        with self.app.test_request_context(), force_locale(self.language):
            return gettext(msgid, **places)

    def enter(self, person: Person) -> "Reader":
        """Be signed in already, without the way through the sign-in page."""
        cookie = Site(self.app, person).client.get_cookie("session")
        self.context.add_cookies([{"name": "session", "value": cookie.value, "url": self.prefix}])
        return self

    def sign_in(self, person: Person) -> "Reader":
        """Come in by the sign-in page, as everybody does."""
        email = person.email
        db.session.commit()
        self.open("/sign-in")
        self.page.fill("input[name=email]", email)
        self.page.fill("input[name=password]", PASSWORD)
        return self.press("Sign in")

    def open(self, path: str) -> "Reader":
        db.session.commit()
        self.page.goto(self.prefix + path)
        return self

    def press(self, label: str, **places: Any) -> "Reader":
        """Press the first button with this label inside the main part, and wait for the page that follows."""
        name = self.words(label, **places)
        db.session.commit()  # a transaction of the test's own would keep the site from writing
        with self.page.expect_navigation():
            self.page.locator("main, aside").get_by_role("button", name=name, exact=True).first.click()
        return self

    def click(self, label: str, **places: Any) -> "Reader":
        """Follow the first link whose text holds this."""
        db.session.commit()
        with self.page.expect_navigation():
            self.page.locator("main, aside").get_by_role("link", name=self.words(label, **places)).first.click()
        return self

    def fill(self, **fields: str) -> "Reader":
        """Type into fields by their names; folded parts of the page are unfolded first, as a person would."""
        kinds = self.page.evaluate(_UNFOLD_AND_TELL_KINDS, list(fields))
        for (name, value), kind in zip(fields.items(), kinds, strict=True):
            field = self.page.locator(f"[name='{name}']").first
            if kind.startswith("SELECT"):
                field.select_option(value)
            elif kind.endswith((":checkbox", ":radio")):
                self.page.locator(f"[name='{name}'][value='{value}']").first.check()
            else:
                field.fill(value)
        return self

    def attach(self, name: str, *files: tuple[str, bytes, str]) -> "Reader":
        """Choose files (name, content, media type) in a file field."""
        self.page.set_input_files(
            f"input[name='{name}']", [{"name": file, "mimeType": kind, "buffer": body} for file, body, kind in files]
        )
        return self

    def sees(self, text: str) -> bool:
        """Whether the text stands on the page."""
        return text in " ".join(self.page.locator("body").inner_text().split())

    @property
    def main(self) -> str:
        return " ".join(self.page.locator("main").inner_text().split())

    def picture(self, name: str) -> None:
        """With PICTURES=1 the page is kept as a picture, wide and on a phone, for people to look at."""
        if not os.environ.get("PICTURES"):
            return
        SCREENS.mkdir(parents=True, exist_ok=True)
        for width_name, width in WIDTHS.items():
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.screenshot(path=SCREENS / f"{name}-{self.language}-{width_name}.png", full_page=True)
        self.page.set_viewport_size({"width": 1280, "height": 900})

    def leave(self) -> None:
        self.context.close()
