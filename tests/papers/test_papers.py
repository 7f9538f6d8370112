"""Papers are set from data: whatever people typed stands there as it was typed."""

import json

import pytest
import typst

from marketplace.errors import TooLarge
from marketplace.papers import LAYOUTS, MOST_LETTERS, code_for, paper
from marketplace.text import clean_line, nfc
from tests.trust.bad_text import CORPUS

MARKUP = (
    '#panic("x")',
    '#read("/etc/passwd")',
    '#import "@preview/x:1.0.0"',
    '"; #set page(width: 1pt)',
    "*đậm* _nghiêng_ $x$ <nhãn> @ref = đề mục // chú thích",
    "\\u{41} \\",
    "Ẫ Ộ ỹ g Ằ Ặ ơ ư đ Đ " + "Khôngcódấucách" * 20,
)


def told(*texts: str) -> dict:
    """A receipt in which each of these texts is a name, a value and a heading."""
    rows = [[text, text] for text in texts]
    return {
        "language": "vi",
        **dict.fromkeys(("site", "address", "title", "heading", "reference", "received", "utc"), texts[0]),
        "facts": rows,
        "notes": texts,
        "parts": [{"heading": text, "rows": []} for text in texts],
        "hashes": {"heading": "Mã băm", "rows": rows},
        "signature": {"heading": "Chữ ký", "text": "-", "note": texts[0], "key-name": "-", "key": texts[0]},
        "check": {"heading": "-", "text": "-", "address": texts[0], "code": code_for("https://example.vn/BN-1")},
    }


@pytest.mark.feature("T-040", "T-076")
def test_whatever_people_type_is_shown_and_never_read_as_markup():
    typed = [each for each in CORPUS.values() if isinstance(each, str)]
    texts = [*MARKUP, *filter(None, (clean_line(each)[:1000] for each in typed))]
    asked = {"told": nfc(json.dumps(told(*texts), ensure_ascii=False))}

    made = paper("receipt", told(*texts), language="vi")

    assert made.startswith(b"%PDF-")
    found = json.loads(typst.query(LAYOUTS / "receipt.typ", "heading.where(level: 2)", root=LAYOUTS, sys_inputs=asked))
    assert [each["body"]["text"] for each in found][: len(texts)] == texts


def test_the_same_data_gives_the_same_bytes_and_its_letters_come_from_one_font():
    letters = "aăâbcdđeêfghiklmnoôơpqrstuưvxy AĂÂĐÊÔƠƯ ẩẵậẻẽệỉĩịỏõộởỡợủũụửữựỷỹỵ"

    first, second = (paper("receipt", told(letters), language="vi") for _ in range(2))

    assert first == second
    assert b"LibertinusSerif" in first
    assert b"NewCM" not in first


def test_a_paper_without_end_is_refused():
    with pytest.raises(TooLarge):
        paper("receipt", told("ồ" * MOST_LETTERS), language="vi")
