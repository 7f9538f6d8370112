"""Cleaning, folding, slugs and file names: what is kept, what goes, and that nothing ever breaks them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.text import clean_line, clean_text, file_name, fold, nfc, random_reference, slugify

ANYTHING = st.text(st.characters(exclude_categories=[]))  # lone surrogates too


def invisible(text):
    return [letter for letter in text if unicodedata.category(letter) in {"Cc", "Cf", "Cs"}]


def test_a_decomposed_name_becomes_the_composed_one():
    assert nfc(unicodedata.normalize("NFD", "Đống Đa")) == "Đống Đa"


def test_a_line_loses_what_nobody_sees_and_keeps_single_spaces():
    assert clean_line("  Sở\u200b Khoa\t học\u202e \r\n và\x00 Công\ud800 nghệ\u2066\ufeff ") == (
        "Sở Khoa học và Công nghệ"
    )


def test_a_text_keeps_its_lines_and_inner_spaces():
    assert clean_text("\r\nMột\u202e  hai \r\nba\rbốn\x00\u2028năm\n\n") == "Một  hai\nba\nbốn\nnăm"


@given(ANYTHING)
def test_cleaning_twice_is_cleaning_once(text):
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_text(clean_text(text)) == clean_text(text)


@given(ANYTHING)
def test_a_cleaned_text_can_be_stored_and_holds_nothing_invisible(text):
    line, lines = clean_line(text), clean_text(text)

    assert invisible(line) == []
    assert set(invisible(lines)) <= {"\n", "\t"}
    assert line.encode("utf-8").decode("utf-8") == line == nfc(line)
    assert lines.encode("utf-8").decode("utf-8") == lines == nfc(lines)


@pytest.mark.parametrize("spelling", ["Đà Nẵng", "ĐÀ NẴNG", "Ðà Nẵng", unicodedata.normalize("NFD", "đà nẵng")])
def test_every_spelling_of_da_nang_folds_to_the_same(spelling):
    assert fold(spelling) == "da nang"


def test_all_vietnamese_letters_fold_to_ascii():
    letters = "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"

    assert set(fold(letters + letters.upper())) == set("adeiouy")


@given(ANYTHING)
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(ANYTHING)
def test_folding_does_not_see_how_a_text_was_composed(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Xử lý nước thải làng nghề – Hà Nội 2026!", "xu-ly-nuoc-thai-lang-nghe-ha-noi-2026"),
        ("Đường Đê", "duong-de"),
        ("🌊🚦", ""),
    ],
)
def test_a_title_becomes_an_address(title, slug):
    assert slugify(title) == slug


def test_a_long_address_is_cut_between_words():
    assert slugify("mot hai ba bon", max_length=8) == "mot-hai"
    assert slugify("mot hai ba bon", max_length=7) == "mot-hai"
    assert slugify("motmotmotmot", max_length=8) == "motmotmo"


@given(ANYTHING, st.integers(1, 90))
def test_an_address_is_short_plain_and_stable(text, length):
    slug = slugify(text, length)

    assert len(slug) <= length
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug == slug.strip("-") == slugify(slug, length)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Thuyết minh.pdf", "Thuyết minh.pdf"),
        ("C:\\Users\\Lan\\hồ sơ.docx", "hồ sơ.docx"),
        ("../../etc/passwd", "passwd"),
        ("hóa\u202efdp.exe", "hóafdp.exe"),
        ("a\x00b?.csv", "ab_.csv"),
        (".", "file"),
        ("", "file"),
        ("mật/", "file"),
    ],
)
def test_a_file_is_shown_by_a_harmless_name(sent, shown):
    assert file_name(sent) == shown


def test_a_long_file_name_keeps_its_extension():
    assert file_name("ă" * 300 + ".pdf") == "ă" * 146 + ".pdf"


@given(ANYTHING)
def test_a_file_name_is_never_empty_nor_long_nor_a_path(text):
    name = file_name(text)

    assert 1 <= len(name) <= 150
    assert set(name) & set('/\\<>:"|?*') == set()
    assert invisible(name) == []
    assert file_name(name) == name


def test_references_are_readable_and_do_not_repeat():
    references = {random_reference("BT") for _ in range(500)}

    assert len(references) == 500
    assert {len(reference) for reference in references} == {11}
    assert {reference[:3] for reference in references} == {"BT-"}
    assert set("".join(reference[3:] for reference in references)) == set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
