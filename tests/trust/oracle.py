"""What must be true of every answer, whatever was sent: trust.md section 2.0, U1, U5 and U6."""

import re

from tests.trust.crowd import Answer

# Pieces of bad_text.XSS that would live if they were not escaped.
ALIVE = ("<script>window.__xss", "<img src=x", "<svg/onload", "<div hx-get=")
_LANGUAGE = re.compile(r'<html lang="(\w+)"')


def wrongs(answer: Answer) -> list[str]:
    """What is wrong with an answer, each with the request that it answers."""
    found = ["a fault of ours"] if answer.status >= 500 else []
    if answer.location and not re.match(r"(http://localhost)?/(?![/\\])", answer.location):
        found.append("leads away")
    if "x=1" in answer.headers.getlist("Set-Cookie") or "Bcc" in answer.headers:
        found.append("a header from input")
    if answer.is_page and answer.method != "HEAD" and answer.status not in range(300, 400):
        found += _wrongs_of_page(answer)
    return [f"{answer}: {wrong}" for wrong in found]


def _wrongs_of_page(answer: Answer) -> list[str]:
    html, language = answer.html, _LANGUAGE.search(answer.html)
    expected = "en" if answer.path.startswith("/en/") else "vi"
    found = ["code from input"] if any(piece in html for piece in ALIVE) else []
    if "Traceback (most recent call last)" in html:
        found.append("a traceback")
    if language is not None and (language.group(1) != expected or "<h1" not in html):
        found.append("not a page in the reader's language")
    if language is None and "HX-Request" not in answer.headers.get("Vary", ""):
        found.append("neither a page nor a part")
    return found
