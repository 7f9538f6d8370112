"""House rules that no linter knows: nothing inline, nothing unescaped, and no HTMX where a click without
JavaScript would do nothing.

Every page is served under the policy default-src 'self', so an inline script or style would simply not work.
"""

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).parent.parent

# Who may call a text safe, because it has escaped or cleaned it there.
MAY_MARK_SAFE = {
    "marketplace/pages.py",  # joins parts that Jinja rendered; escapes what it puts into a span
    "marketplace/text.py",  # gives out what the one sanitiser cleaned
}

HTMX_VERBS = {f"{prefix}hx-{verb}" for verb in ("get", "post", "put", "patch", "delete") for prefix in ("", "data-")}
JINJA_OUTPUT = re.compile(r"\{\{.*?\}\}", re.DOTALL)
JINJA_REST = re.compile(r"\{#.*?#\}|\{%.*?%\}", re.DOTALL)
UNESCAPED_IN_TEMPLATE = re.compile(r"\|\s*safe\b|\bMarkup\s*\(|\{%-?\s*autoescape\s+false")
UNESCAPED_IN_CODE = re.compile(r"\bMarkup\s*\(|\brender_template_string\s*\(")


def main() -> int:
    """Print every fault with file and line; returns 1 if there is one."""
    faults = []
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in {".html", ".txt", ".svg", ".xml"}:
            faults += [f"{path.relative_to(ROOT)}:{line}: {fault}" for line, fault in faults_of_template(path)]
    for path in sorted((ROOT / "marketplace").rglob("*.py")):
        name = str(path.relative_to(ROOT))
        if name not in MAY_MARK_SAFE:
            found = lines_with(UNESCAPED_IN_CODE, path.read_text(encoding="utf-8"))
            faults += [f"{name}:{line}: {text} skips escaping; let a template render it" for line, text in found]
    print("\n".join(faults))
    return 1 if faults else 0


def faults_of_template(path: Path) -> Iterator[tuple[int, str]]:
    """Line and reason for everything a template may not hold."""
    source = path.read_text(encoding="utf-8")
    for line, found in lines_with(UNESCAPED_IN_TEMPLATE, source):
        yield line, f"{found} skips escaping"
    if path.suffix != ".txt":
        reader = TemplateReader()
        reader.feed(without_jinja(source))
        reader.close()
        yield from reader.faults


def lines_with(pattern: re.Pattern[str], source: str) -> Iterator[tuple[int, str]]:
    """Line number and text of every match."""
    for match in pattern.finditer(source):
        yield source.count("\n", 0, match.start()) + 1, match[0]


def without_jinja(source: str) -> str:
    """The HTML around the Jinja, with every line where it was."""
    source = JINJA_REST.sub(lambda match: " " + "\n" * match[0].count("\n"), source)
    return JINJA_OUTPUT.sub(lambda match: "x" + "\n" * match[0].count("\n"), source)


class TemplateReader(HTMLParser):
    """Collects faults tag by tag; knows whether it stands inside a form."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[tuple[int, str]] = []
        self.open_forms = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag."""
        attributes = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open_forms += 1
        for fault in [*inline_faults(tag, attributes), *htmx_faults(tag, attributes, bool(self.open_forms))]:
            self.faults.append((self.getpos()[0], fault))

    def handle_endtag(self, tag: str) -> None:
        """Leave a form."""
        if tag == "form":
            self.open_forms = max(0, self.open_forms - 1)


def inline_faults(tag: str, attributes: dict[str, str]) -> Iterator[str]:
    """Scripts and styles that the content security policy refuses."""
    if tag == "script" and "src" not in attributes:
        yield "inline <script>; write a module in static/"
    if tag == "style":
        yield "inline <style>; write it in static/site.css"
    for name, value in attributes.items():
        if name == "style":
            yield "style attribute; give it a class"
        if name.startswith(("on", "hx-on", "data-hx-on")):
            yield f"{name} is an inline script; listen in a module"
        if value.strip().lower().startswith(("javascript:", "js:")):
            yield f"{name} runs a script"


def htmx_faults(tag: str, attributes: dict[str, str], in_form: bool) -> Iterator[str]:
    """HTMX verbs on something that does nothing without JavaScript."""
    works_alone = (
        (tag == "a" and "href" in attributes)
        or (tag == "form" and "action" in attributes)
        or (tag == "button" and (in_form or "form" in attributes))
    )
    for name in sorted(HTMX_VERBS & attributes.keys()):
        if not works_alone:
            yield f"{name} on <{tag}>; it belongs on <a href>, <form action> or a <button> in a form"


if __name__ == "__main__":
    sys.exit(main())
