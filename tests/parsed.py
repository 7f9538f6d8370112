"""A page as a tree, what it says, and the fields of its forms, as a browser would read them."""

from typing import Any

from lxml.html import HtmlElement, HTMLParser, document_fromstring

_PARSER = HTMLParser(encoding="utf-8")
_EMPTY = "<html></html>"
# neither code nor what a browser keeps for later is read
_READ = ".//text()[not(ancestor::script or ancestor::style or ancestor::template)]"


def parsed(html: str) -> HtmlElement:
    """The tree of a page or of a part of one; a NUL, at which the parser would end, is left out."""
    text = html.replace("\0", "").strip()
    return document_fromstring(text.encode("utf-8", "replace") if text else _EMPTY, parser=_PARSER)


def said(element: HtmlElement) -> str:
    """What a person reads in it, spaces collapsed."""
    return " ".join(" ".join(element.xpath(_READ)).split())


def own_text(element: HtmlElement) -> str:
    """Its text to the letter, without the line that a browser drops after <textarea>."""
    return "".join(element.itertext()).removeprefix("\r").removeprefix("\n")


def chosen(select: HtmlElement) -> str:
    """The value that a list sends: of the option chosen, else of the first."""
    options = list(select.iter("option"))
    option = next((each for each in options if "selected" in each.attrib), options[0] if options else None)
    return "" if option is None else str(option.get("value", own_text(option)))


def values_of(form: HtmlElement) -> dict[str, Any]:
    """The fields of a form as a browser would send them; buttons not pressed are left out."""
    values: dict[str, Any] = {}
    for field in form.iter("input", "textarea", "select"):
        name, kind = field.get("name"), field.get("type", "text")
        if not name or kind in {"submit", "button", "file", "image"}:
            continue
        if kind in {"checkbox", "radio"} and "checked" not in field.attrib:
            continue
        if field.tag == "textarea":
            value = own_text(field)
        elif field.tag == "select":
            value = chosen(field)
        else:
            value = field.get("value", "on" if kind == "checkbox" else "")
        if name in values:
            values[name] = [*(values[name] if isinstance(values[name], list) else [values[name]]), value]
        else:
            values[name] = value
    return values
