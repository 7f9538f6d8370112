import check_translations
import pytest
from babel.messages.catalog import Catalog


def faults(messages, *, wanted, language="vi", same=()):
    template = Catalog()
    for text in wanted:
        template.add(text)
    catalogue = Catalog(locale=language)
    for text, translation in messages.items():
        catalogue.add(text, translation)
    return list(check_translations.faults_of(f"{language}/messages", catalogue, template, set(same)))


def test_a_complete_catalogue_has_no_fault():
    plural = ("%(number)d solution", "%(number)d solutions")
    messages = {"Closes on %(day)s": "Đóng ngày %(day)s", plural: ("%(number)d giải pháp",)}

    assert faults(messages, wanted=["Closes on %(day)s", plural]) == []


def test_a_text_that_only_the_code_knows_is_missing():
    assert faults({}, wanted=["Sign in"]) == ["vi/messages: missing 'Sign in'"]


def test_a_text_that_only_the_catalogue_knows_is_stale():
    assert faults({"Log in": "Đăng nhập"}, wanted=[]) == ["vi/messages: stale 'Log in'"]


@pytest.mark.parametrize(
    ("original", "translation", "fault"),
    [
        ("Sign in", "", "empty"),
        ("Sign in", "Sign in", "not translated:"),
        ("By %(name)s", "Của ai đó", "other places than in"),
        ("By %(name)s", "Của %(tên)s", "other places than in"),
        ("By <b>%(name)s</b>", "Của %(name)s", "other places than in"),
        ("By %(name)s", "Của %(name) ấy", "a place that cannot be filled in the translation of"),
        ("Price", "Gia\u0301", "not in NFC:"),
    ],
)
def test_a_translation_that_would_mislead_is_a_fault(original, translation, fault):
    found = faults({original: translation}, wanted=[original])

    assert found == [f"vi/messages: {fault} {original!r}"]


def test_the_same_word_in_both_languages_passes_when_it_is_listed():
    assert faults({"Email": "Email"}, wanted=["Email"], same=["Email"]) == []


def test_an_english_text_may_equal_its_msgid():
    assert faults({"Sign in": "Sign in"}, wanted=["Sign in"], language="en") == []
