"""The forms of a page as a browser would send them, and what of them a person types."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from tests.make import PASSWORD
from tests.parsed import chosen, own_text

TYPED = frozenset({"text", "textarea", "email", "search", "tel", "url", "number", "date", "datetime-local"})

_FIT = {
    "text": "Nội dung thử nghiệm đủ dài",
    "textarea": "Nội dung thử nghiệm đủ dài để không ai chê là ngắn.",
    "email": "nguoi-moi@example.vn",
    "password": PASSWORD,
    "number": "3",
    "date": "2031-03-03",
    "datetime-local": "2031-03-03T17:00",
}


@dataclass(frozen=True)
class Input:
    """A field that is sent: its name, its kind (type attribute, select or textarea) and the value it has."""

    name: str
    kind: str
    value: str


@dataclass(frozen=True)
class Form:
    """A form that is sent by POST: where to, and its fields in order, with the button that was pressed."""

    role: str
    page: str
    action: str
    inputs: tuple[Input, ...]
    # boxes and options that are not chosen
    offers: tuple[Input, ...] = ()

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What is sent when nothing is changed."""
        return [(each.name, each.value) for each in self.inputs if each.kind != "file"]

    @property
    def typed(self) -> list[str]:
        """Names of the fields into which text is typed."""
        return list(dict.fromkeys(each.name for each in self.inputs if each.kind in TYPED))

    @property
    def uploads(self) -> list[str]:
        return [each.name for each in self.inputs if each.kind == "file"]

    def with_typed(self, text: str | bytes) -> list[tuple[str, str | bytes]]:
        """The fields with this text in every one into which text is typed, and in passwords."""
        typed = TYPED | {"password"}
        return [(each.name, text if each.kind in typed else each.value) for each in self.inputs if each.kind != "file"]

    def completed(self) -> tuple[list[tuple[str, str]], list[tuple[str, str, bytes]]]:
        """Fields and files with something fit in each that is empty, and an answer to each question."""
        fields = [(each.name, each.value or _FIT.get(each.kind, "")) for each in self.inputs if each.kind != "file"]
        asked = {each.name: each.value for each in reversed(self.offers)}
        fields += [(name, value) for name, value in asked.items() if name not in dict(fields)]
        return fields, [(name, "Phụ lục.pdf", b"%PDF-1.4 phu luc") for name in self.uploads]

    def __str__(self) -> str:
        return f"{self.role} on {self.page}: {self.action} {[each.name for each in self.inputs]}"


def forms_of(page: HtmlElement, *, role: str, path: str) -> Iterator[Form]:
    """Every way to send something from this page: one for each button of each form."""
    for tag in page.iter("form"):
        inputs, offers = tuple(_inputs(tag)), tuple(_offers(tag))
        for button in tag.iter("button"):
            if (button.get("formmethod") or tag.get("method") or "get").lower() != "post":
                continue
            name = button.get("name")
            pressed = (Input(name, "button", button.get("value", "")),) if name else ()
            action = urljoin(path, button.get("formaction") or tag.get("action") or path)
            yield Form(role, path, action, inputs + pressed, offers)


def _offers(form: HtmlElement) -> Iterator[Input]:
    for tag in form.iter("input"):
        kind = tag.get("type", "text")
        if kind in {"checkbox", "radio"} and tag.get("name") and "checked" not in tag.attrib:
            yield Input(tag.get("name", ""), kind, tag.get("value", "on"))


def _inputs(form: HtmlElement) -> Iterator[Input]:
    for tag in form.iter("input", "textarea", "select"):
        name = tag.get("name")
        kind = tag.get("type", "text") if tag.tag == "input" else str(tag.tag)
        if name and kind not in {"submit", "button", "image"}:
            yield from _sent(tag, name, kind)


def _sent(tag: HtmlElement, name: str, kind: str) -> Iterator[Input]:
    if kind in {"checkbox", "radio"}:
        if "checked" in tag.attrib:
            yield Input(name, kind, tag.get("value", "on"))
    elif kind == "select":
        yield Input(name, kind, chosen(tag))
    elif kind == "textarea":
        yield Input(name, kind, own_text(tag))
    else:
        yield Input(name, kind, tag.get("value", ""))


def path_of(address: str) -> str:
    """Path and query of an address of our site."""
    parts = urlsplit(address)
    return parts.path + (f"?{parts.query}" if parts.query else "")
