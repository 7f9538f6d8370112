"""Every form of every page, sent with every kind of text: what is refused is shown again with what was typed."""

from collections import defaultdict
from collections.abc import Sequence

import pytest

from marketplace.db import db
from marketplace.text import clean_line
from tests.trust.bad_text import CORPUS
from tests.trust.crowd import Answer
from tests.trust.dealing import DEEP, dealt
from tests.trust.forms import Form, forms_of
from tests.trust.oracle import wrongs

pytestmark = pytest.mark.each_database

# Each form meets this; the others of the corpus are dealt out among the forms.
ALWAYS = ("over every limit",)


def texts_for(place: int) -> dict[str, str | bytes]:
    """The bad texts for the form at this place of the list."""
    others = [name for name in CORPUS if name not in ALWAYS]
    return {name: CORPUS[name] for name in (*ALWAYS, *dealt(others, 60, place=place))}


def half_of(forms: list[Form]) -> Sequence[Form]:
    """Every second form on SQLite, the others on PostgreSQL: each is sent everything once."""
    return dealt(forms, 2, place=int(db.engine.dialect.name == "postgresql"))


def lost(form: Form, answer: Answer, text: str | bytes) -> list[str]:
    """The fields of a refused form that do not show what was typed into them, cleaned of what nobody sees."""
    if isinstance(text, bytes) or "\ud800" in text:
        return []  # no browser can type it
    # a page may hold the form several times, once for each section: one of them shows what was typed
    again = defaultdict(str)
    for other in forms_of(answer.tree, role="", path=""):
        for each in other.inputs:
            again[each.name] += f"\n{each.value}"
    names = [name for name in form.typed if name not in again or clean_line(text) not in clean_line(again[name])]
    return [f"{answer}: {name} lost {text[:20]!r}" for name in names]


@pytest.mark.feature("T-034", "T-053", "T-055", "T-080", "T-104")
def test_every_form_takes_or_refuses_every_text_and_keeps_what_was_typed(town):
    found = []
    for place, form in enumerate(half_of(town.forms)):
        for text in texts_for(place).values() if form.typed else []:
            answer = town.crowd.post(form.role, form.action, form.with_typed(text), multipart=True)
            town.before.go_back()
            found += wrongs(answer)
            found += lost(form, answer, text) if answer.status == 422 else []

    assert found == []


def test_every_form_refuses_to_be_empty_in_words(town):
    found = []
    for form in half_of(town.forms):
        names = [name for name, _value in form.fields]
        odd = ([], [(f"{name}[]", "1") for name in names]) if DEEP else ()
        for fields in ([(name, "") for name in names], *odd):
            answer = town.crowd.post(form.role, form.action, fields)
            town.before.go_back()
            found += wrongs(answer)
            found += [str(answer)] if answer.status in {400, 401, 405} else []

    assert found == []
