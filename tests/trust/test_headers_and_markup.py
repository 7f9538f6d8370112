"""What is true of every answer and of every page, whoever reads it and in whichever language."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest

from tests.trust.crowd import Answer
from tests.trust.dealing import DEEP
from tests.trust.forms import path_of

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}
pytestmark = pytest.mark.once
SANDBOX = "sandbox; default-src 'none'"


def faults(answer: Answer, language: str) -> Iterator[str]:
    """What is wrong with a page, in words."""
    page = answer.page
    if len(page.find_all("h1")) != 1:
        yield f"{len(page.find_all('h1'))} h1"
    if page.html.get("lang") != language:
        yield f"lang {page.html.get('lang')}"
    if not (page.title and page.title.get_text(strip=True)):
        yield "no title"
    if "%(" in page.get_text() or "Traceback" in page.get_text():
        yield "a place left open, or a traceback"
    ids = Counter(tag["id"] for tag in page.find_all(id=True))
    yield from (f"id {name} {count} times" for name, count in ids.items() if count > 1)
    for tag in page.find_all(True):
        handlers = [name for name in tag.attrs if name.startswith("on") or name in {"style", "hx-on"}]
        if handlers or (tag.name == "script" and not tag.get("src")) or tag.name == "style":
            yield f"inline code: {tag.name} {handlers}"
    yield from _unlabelled(page)
    yield from _loose_references(page, {*ids})


def _unlabelled(page) -> Iterator[str]:
    labelled = {label.get("for") for label in page.find_all("label")}
    for field in page.find_all(["input", "select", "textarea"]):
        if field.get("type") in {"hidden", "submit", "button"}:
            continue
        named = field.get("aria-label") or field.get("aria-labelledby") or field.find_parent("label")
        if not named and field.get("id") not in labelled:
            yield f"no label for {field.get('name')}"
    for control in page.find_all(["a", "button"]):
        if control.find_parent("template"):
            continue  # its text waits with it, and is not counted among the page's
        pictures = [image.get("alt") for image in control.find_all("img")]
        if not (control.get_text(strip=True) or control.get("aria-label") or any(pictures)):
            yield f"no name for {control}"


def _loose_references(page, ids: set[str]) -> Iterator[str]:
    for tag in page.find_all(True):
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for target in (tag.get(name) or "").split() if isinstance(tag.get(name), str) else tag.get(name) or []:
                if target not in ids:
                    yield f"{name}={target} leads nowhere"
        if tag.name == "a" and tag.get("href", "").startswith("#") and tag["href"][1:] not in ids:
            yield f"{tag['href']} leads nowhere"


@pytest.mark.feature("T-040", "102")
def test_every_vietnamese_page_is_well_made(town):
    found = [f"{page}: {fault}" for page in town.pages for fault in faults(page, "vi")]

    assert found == []


@pytest.mark.feature("103")
def test_every_english_page_is_well_made(town):
    pages = [town.crowd.get(page.role, f"/en{page.path}") for page in town.one_page_each()]

    assert [str(page) for page in pages if page.status != 200] == []
    assert [f"{page}: {fault}" for page in pages for fault in faults(page, "en")] == []


def test_every_link_leads_somewhere_for_whoever_sees_it(town):
    known = {(answer.role, answer.path): answer.status for answer in town.answers}
    dead = []
    for page in town.pages if DEEP else town.one_page_each():
        for link in page.page.find_all("a", href=True):
            address = urljoin(page.path, link["href"])
            if urlsplit(address).scheme or address.startswith("/static/") or urlsplit(address).netloc:
                continue
            here = page.role, path_of(address)
            if here not in known:
                known[here] = town.crowd.get(*here).status
            if known[here] >= 400:
                dead.append(f"{page.role} on {page.path}: {address} -> {known[here]}")

    assert dead == []


@pytest.mark.feature("T-017", "T-023")
def test_every_answer_carries_the_policy_that_forbids_frames_and_inline_code(town):
    loose = []
    for answer in town.answers:
        policy = answer.headers.get("Content-Security-Policy", "")
        said = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if " " in rule.strip())
        if policy != SANDBOX and {name: said.get(name) for name in POLICY} != POLICY:
            loose.append(f"{answer}: {policy}")

    assert loose == []


@pytest.mark.feature("T-006", "T-023")
def test_every_answer_forbids_sniffing_and_foreign_readers_and_private_ones_are_kept_by_nobody(town):
    loose = []
    for answer in town.answers:
        headers = answer.headers
        fits = headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "same-origin"
        if not fits or "Access-Control-Allow-Origin" in headers:
            loose.append(str(answer))
        elif not answer.path.startswith("/static/"):
            private = answer.role == "visitor" or "private" in headers["Cache-Control"]
            loose += [] if private and "Cookie" in headers["Vary"] else [str(answer)]

    assert loose == []


@pytest.mark.feature("T-024")
def test_no_answer_is_a_fault_of_ours(town):
    assert [str(answer) for answer in town.answers if answer.status >= 500] == []
