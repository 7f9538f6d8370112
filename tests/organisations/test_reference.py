"""The city as data, and the glossary."""

from sqlalchemy import func, select

from marketplace.db import db
from marketplace.organisations.models import Organisation, Place
from marketplace.organisations.reference_data import glossary, load_reference
from marketplace.organisations.stages import Claim
from marketplace.text import sort_key
from tests.site import Site


def counts():
    return {
        "places": db.session.scalar(select(func.count()).select_from(Place)),
        "bodies": db.session.scalar(select(func.count()).select_from(Organisation)),
        "claimed": db.session.scalar(select(func.count()).where(Organisation.claim == Claim.CLAIMED)),
    }


def test_reference_data_is_the_whole_city_and_nobody_speaks_for_its_bodies(app):
    added = load_reference()

    assert added == (126, 61)
    assert counts() == {"places": 126, "bodies": 61, "claimed": 0}


def test_loading_reference_data_twice_adds_nothing(app):
    load_reference()

    assert load_reference() == (0, 0)
    assert counts() == {"places": 126, "bodies": 61, "claimed": 0}


def test_bodies_have_names_in_both_languages(app):
    load_reference()

    assert db.session.scalars(select(Organisation).where(Organisation.name_en.is_(None))).all() == []
    assert len(set(db.session.scalars(select(Organisation.slug)))) == 61


def test_the_glossary_lists_its_terms_in_vietnamese_order(visitor):
    site = visitor.open("/glossary")

    terms = [each.get_text() for each in site.page.select("#terms th[lang=vi]")]

    assert len(glossary()) == len(terms) == 195
    assert terms == sorted(terms, key=sort_key)


def test_the_glossary_is_searched_in_both_languages_without_marks(app):
    def found(words):
        site = Site(app).open(f"/glossary?q={words}")
        return {each.get_text() for each in site.page.select("#terms th[lang=vi]")}

    assert "bài toán lớn" in found("bai toan lon")
    assert "bài toán lớn" in found("grand challenge")
    assert found("khong-co-tu-nay") == set()
