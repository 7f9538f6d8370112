"""A document's page as the plain blocks that a paper is set from, so that both say the same. Pure."""

from html.parser import HTMLParser
from typing import Any

Block = dict[str, Any]
_CELLS = {"td", "th"}
_TEXTS = {"h1", "h2", "p", "li", *_CELLS}


def blocks_of(html: str) -> list[Block]:
    """Headings, paragraphs, items, tables and signatures in their order, with the texts as a reader sees them."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.blocks


class _Reader(HTMLParser):
    """Knows the few elements that the documents' templates use; whatever else there is counts as its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._parts: list[str] | None = None
        self._table: list[list[str]] | None = None
        self._signatures: list[str] | None = None
        self._kind, self._centred, self._number = "", False, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if tag in _TEXTS:
            self._parts, self._centred = [], bool({"about", "to"} & set(classes))
        elif tag == "br" and self._parts is not None:
            self._parts.append("\n")
        elif tag == "table":
            self._table = []
        elif tag == "tr" and self._table is not None:
            self._table.append([])
        elif tag == "ol":
            self._number = 0
        elif tag == "div" and "signatures" in classes:
            self._signatures = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._table is not None:
            self.blocks.append({"kind": "table", "rows": self._table})
            self._table = None
        elif tag == "div" and self._signatures is not None:
            self.blocks.append({"kind": "signatures", "texts": self._signatures})
            self._signatures = None
        elif tag in _TEXTS and self._parts is not None:
            lines = "".join(self._parts).split("\n")
            self._parts = None
            self._keep(tag, "\n".join(" ".join(line.split()) for line in lines).strip())

    def handle_data(self, data: str) -> None:
        if self._parts is not None:
            self._parts.append(data.replace("\n", " "))

    def _keep(self, tag: str, text: str) -> None:
        if tag in _CELLS and self._table:
            self._table[-1].append(text)
        elif self._signatures is not None:
            self._signatures.append(text)
        elif tag == "li":
            self._number += 1
            self.blocks.append({"kind": "text", "text": f"{self._number}. {text}", "centred": False})
        elif tag in {"h1", "h2"}:
            self.blocks.append({"kind": tag, "text": text})
        else:
            self.blocks.append({"kind": "text", "text": text, "centred": self._centred})
