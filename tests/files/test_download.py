"""Stored files leave as downloads under a name that every browser reads."""

import io
from urllib.parse import unquote

import pytest

from marketplace.files import download, keep_upload


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Đề án số 1.pdf", "De an so 1.pdf"),
        ("đ.pdf", "d.pdf"),
        ("🌊.pdf", ".pdf"),
        ("лодка.pdf", ".pdf"),
        ("it's 100%; done.pdf", "it's 100%; done.pdf"),
    ],
)
def test_the_name_is_sent_in_full_and_once_more_without_marks_for_old_browsers(app, name, plain):
    file = keep_upload(io.BytesIO(b"%PDF-1.7"), name=name, uploaded_by_id=None)

    with app.test_request_context():
        headers = download(file).headers

    disposition = headers["Content-Disposition"]
    assert disposition.startswith("attachment; ")
    assert disposition.isascii()
    assert unquote(disposition.split("filename*=UTF-8''")[1]) == name
    assert disposition.split('"')[1].lower() == plain.lower()


def test_no_browser_shows_it_in_our_origin_or_keeps_it(app):
    file = keep_upload(io.BytesIO(b"<script>alert(1)</script>"), name="a.txt", uploaded_by_id=None)

    with app.test_request_context():
        headers = download(file).headers

    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store, private"
