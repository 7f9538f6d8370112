"""The demo year is made by the real deeds, once."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from marketplace.accounts.models import Person
from marketplace.audit.models import JournalEntry
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.demo.services import make_demo
from marketplace.files import StoredFile, whole_content
from marketplace.organisations.models import Organisation
from marketplace.organisations.reference_data import load_reference
from marketplace.solutions.models import Solution
from tests.site import Site


def _count(model, *conditions):
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions))


@pytest.mark.once
def test_a_year_is_made_once_marked_and_kept_out_of_search_engines(app):
    load_reference()
    db.session.commit()

    assert make_demo() is True
    assert make_demo() is False

    stages = Counter(db.session.scalars(select(Challenge.stage)).all())
    assert stages == {
        Stage.DRAFT: 1,
        Stage.IN_REVIEW: 1,
        Stage.PUBLISHED: 6,
        Stage.JUDGING: 2,
        Stage.RESULTS_PUBLISHED: 2,
    }
    assert (_count(Solution), _count(Solution, Solution.is_demo)) == (40, 40)
    assert _count(Organisation, Organisation.is_demo) == 20
    assert _count(Organisation, Organisation.tax_code.is_not(None)) == 0
    assert _count(Challenge, ~Challenge.is_demo) == _count(Person, ~Person.is_demo) == 0
    assert all(len(whole_content(file)) == file.size for file in db.session.scalars(select(StoredFile)))
    assert _count(JournalEntry, JournalEntry.event == "ResultsPublished") == 2

    experts = Site(app).open("/experts")
    assert "5 chuyên gia" in experts.main
    experts.click("Hà Minh Nguyệt")
    assert experts.page.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert "Dữ liệu minh họa" in experts.text
    visitor = Site(app).open("/results").click("Dự báo và cảnh báo ngập")
    assert visitor.page.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    assert "Giải Nhất" in visitor.main
