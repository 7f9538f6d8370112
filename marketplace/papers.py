"""Papers: PDF that Typst sets from a layout of templates/papers and plain data, which it never reads as markup."""

import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import segno

from marketplace.errors import TooLarge
from marketplace.text import nfc

LAYOUTS = Path(__file__).resolve().parent.parent / "templates" / "papers"
# some two hundred pages, which take half a second: whoever has more to say makes several papers
MOST_LETTERS = 400_000


def paper(layout: str, told: Mapping[str, Any], *, language: str) -> bytes:
    """The A4 PDF of `told` (what JSON holds) as templates/papers/`layout`.typ sets it, in fonts Typst brings along.

    Texts are set as they stand: the layout finds them as strings in its `told`, so nobody's title or file name can be
    markup. The same data gives the same bytes. Raises TooLarge for more than MOST_LETTERS of JSON.
    """
    import typst  # noqa: PLC0415 - 80 MB that most processes never need

    text = nfc(json.dumps({**told, "language": language}, ensure_ascii=False)).encode("utf-8", "replace").decode()
    if len(text) > MOST_LETTERS:
        raise TooLarge(layout)
    made: bytes = typst.compile(
        LAYOUTS / f"{layout}.typ", root=LAYOUTS, ignore_system_fonts=True, sys_inputs={"told": text}
    )
    return made


def code_for(address: str) -> str:
    """The QR code of an address as SVG, for a layout's `code`."""
    drawn = BytesIO()
    segno.make(address, micro=False, error="m").save(drawn, kind="svg", xmldecl=False, border=0)
    return drawn.getvalue().decode()
