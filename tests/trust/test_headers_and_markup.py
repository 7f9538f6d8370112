"""What is true of every answer and of every page, whoever reads it and in whichever language."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import etree
from lxml.html import HtmlElement
from werkzeug.exceptions import HTTPException

from tests.parsed import said
from tests.trust.crowd import Answer
from tests.trust.dealing import DEEP, most
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
    page = answer.tree
    if (headings := len(list(page.iter("h1")))) != 1:
        yield f"{headings} h1"
    if page.get("lang") != language:
        yield f"lang {page.get('lang')}"
    if not said(page.find(".//title")):
        yield "no title"
    if "%(" in said(page) or "Traceback" in said(page):
        yield "a place left open, or a traceback"
    ids = Counter(page.xpath("//@id"))
    yield from (f"id {name} {count} times" for name, count in ids.items() if count > 1)
    for tag in page.iter(etree.Element):
        handlers = [name for name in tag.attrib if name.startswith("on") or name in {"style", "hx-on"}]
        if handlers or (tag.tag == "script" and not tag.get("src")) or tag.tag == "style":
            yield f"inline code: {tag.tag} {handlers}"
    yield from _unlabelled(page)
    yield from _loose_references(page, {*ids})


def _unlabelled(page: HtmlElement) -> Iterator[str]:
    labelled = {label.get("for") for label in page.iter("label")}
    for field in page.iter("input", "select", "textarea"):
        if field.get("type") in {"hidden", "submit", "button"}:
            continue
        named = field.get("aria-label") or field.get("aria-labelledby") or _is_in(field, "label")
        if not named and field.get("id") not in labelled:
            yield f"no label for {field.get('name')}"
    for control in page.iter("a", "button"):
        if _is_in(control, "template"):
            continue  # its text waits with it, and is not counted among the page's
        pictures = [image.get("alt") for image in control.iter("img")]
        if not (said(control) or control.get("aria-label") or any(pictures)):
            yield f"no name for {control.attrib}"


def _is_in(tag: HtmlElement, name: str) -> bool:
    return next(tag.iterancestors(name), None) is not None


def _loose_references(page: HtmlElement, ids: set[str]) -> Iterator[str]:
    for tag in page.iter(etree.Element):
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for target in (tag.get(name) or "").split():
                if target not in ids:
                    yield f"{name}={target} leads nowhere"
        if tag.tag == "a" and tag.get("href", "").startswith("#") and tag.get("href")[1:] not in ids:
            yield f"{tag.get('href')} leads nowhere"


@pytest.mark.feature("T-040", "102")
def test_every_vietnamese_page_is_well_made(town):
    found = [f"{page}: {fault}" for page in town.pages for fault in faults(page, "vi")]

    assert found == []


@pytest.mark.feature("103")
def test_every_english_page_is_well_made(town):
    pages = [town.crowd.get(page.role, f"/en{page.path}") for page in town.different_pages()]

    assert [str(page) for page in pages if page.status != 200] == []
    assert [f"{page}: {fault}" for page in pages for fault in faults(page, "en")] == []


def kind_of(town, address: str) -> str:
    """What all addresses of one rule of the map have in common; an address that is none of ours stands for itself."""
    path = urlsplit(address).path
    try:
        return town.app.url_map.bind("localhost").match(path.removeprefix("/en") or "/")[0]
    except HTTPException:
        return path


def test_every_link_leads_somewhere_for_whoever_sees_it(town):
    known = {(answer.role, answer.path): answer.status for answer in town.answers}
    followed = Counter[object]()
    dead = []
    for page in town.pages if DEEP else town.one_page_each():
        for link in page.tree.xpath("//a/@href"):
            address = urljoin(page.path, link)
            if urlsplit(address).scheme or address.startswith("/static/") or urlsplit(address).netloc:
                continue
            here = page.role, path_of(address)
            if here not in known:
                # of the links to one kind of page that a reader meets, the first few are followed
                followed[kind := (page.role, kind_of(town, address))] += 1
                if followed[kind] > most(2):
                    continue
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
