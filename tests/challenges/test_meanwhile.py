"""Two clerks in one section of a draft, or of a prepared amendment: both read both texts, and nothing is lost."""

from threading import Barrier, Thread

import pytest

from marketplace.db import db
from tests import make
from tests.site import Site


@pytest.fixture
def agency(app):
    return make.an_agency("Sở Xây dựng thử nghiệm")


@pytest.fixture
def two_clerks(app, agency):
    return [Site(app, make.a_member(agency, name=name), language="en") for name in ("Đỗ Hồng", "Lê Nga")]


def cards(site):
    return [card.get_text(" ", strip=True) for card in site.page.select(".columns .card")]


@pytest.mark.feature("1", "T-072")
def test_the_second_of_two_clerks_reads_both_texts_and_decides(app, agency, two_clerks):
    challenge = make.a_draft_challenge(agency)
    hong, nga = two_clerks
    for clerk in two_clerks:
        clerk.open(f"/challenges/{challenge.slug}/edit/statement")
    before = hong.value("title_en") or "Not given"

    nga.press("Save", users_vi="Người đi bộ.", title_en="Theirs")
    hong.press("Save", users_vi="Người đi xe máy.", summary_vi="Tóm tắt của Hồng.")

    assert (nga.status, hong.status) == (200, 409)
    assert "Somebody else saved this section meanwhile" in hong.text
    assert ("Saved by somebody else Theirs", f"Typed by you {before}") == tuple(cards(hong)[-2:])
    assert {"Saved by somebody else Người đi bộ.", "Typed by you Người đi xe máy."} <= set(cards(hong))
    db.session.refresh(challenge)
    assert (challenge.users_vi, challenge.title_en) == ("Người đi bộ.", "Theirs")
    # what was typed stands in the form; a mistake in it does not forget whose text it replaces
    hong.press("Save mine instead", users_vi="Người đi bộ và đi xe máy.", title_vi="")
    assert hong.status == 422
    nga.open(f"/challenges/{challenge.slug}/edit/statement").press("Save", users_vi="Học sinh.")
    hong.press("Save", title_vi="Cảnh báo ngập")
    assert hong.status == 409
    hong.press("Save mine instead")
    db.session.refresh(challenge)
    assert (hong.status, challenge.users_vi) == (200, "Người đi bộ và đi xe máy.")
    assert (challenge.summary_vi, challenge.title_vi) == ("Tóm tắt của Hồng.", "Cảnh báo ngập")


@pytest.mark.feature("1", "T-072")
@pytest.mark.parametrize(
    ("section", "typed", "said"),
    [
        ("outcome", {"lines-0-target_milli": "75"}, "Target: 75"),
        ("prizes", {"lines-0-name_vi": "Giải Nhất", "lines-0-amount_vnd": "90.000.000"}, "90.000.000"),
        ("eligibility", {"applicants": "group"}, "group"),
        ("timetable", {"closes_at": "2027-03-31T17:00"}, "2027"),
        ("criteria", {"lines-0-low_vi": "Không có gì mới"}, "What earns 0: Không có gì mới"),
        ("entries", {"partners_confirm": "y", "most_entries": "3"}, "3"),
    ],
)
def test_in_each_section_the_text_of_the_other_is_kept_and_shown(app, agency, two_clerks, section, typed, said):
    challenge = make.a_draft_challenge(agency)
    hong, nga = two_clerks
    for clerk in two_clerks:
        clerk.open(f"/challenges/{challenge.slug}/edit/{section}")

    nga.press("Save", **typed)
    same = Site(app, make.a_member(agency, name="Vũ An"), language="en")
    same.open(f"/challenges/{challenge.slug}/edit/{section}").press("Save")
    hong.press("Save")

    assert (nga.status, same.status, hong.status) == (200, 200, 409)
    assert any(card.startswith("Saved by somebody else") and said.lower() in card.lower() for card in cards(hong))


@pytest.mark.feature("1", "T-072")
@pytest.mark.each_database
def test_of_two_who_save_at_once_one_is_asked_and_the_same_text_is_no_other(app, agency, two_clerks):
    challenge, barrier = make.a_draft_challenge(agency), Barrier(2)
    address = f"/challenges/{challenge.slug}/edit/resources"
    edition = next(reversed([clerk.open(address).value("edition") for clerk in two_clerks]))
    typed = {"capabilities": "Thủy văn", "edition": edition}

    def press(site, text):
        with app.app_context():
            barrier.wait()
            site.press("Save", data_vi=text, **typed)
            db.session.remove()

    db.session.commit()
    for texts, statuses in ((["Của Hồng", "Của Nga"], [200, 409]), (["Của cả hai"] * 2, [200, 200])):
        threads = [Thread(target=press, args=pair) for pair in zip(two_clerks, texts, strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(clerk.status for clerk in two_clerks) == statuses
        typed["edition"] = next(reversed([clerk.open(address).value("edition") for clerk in two_clerks]))

    db.session.refresh(challenge)
    assert challenge.data_vi == "Của cả hai"


@pytest.mark.feature("14", "T-072")
def test_two_who_prepare_one_amendment_read_both_texts_too(app, agency, two_clerks):
    challenge = make.a_challenge(agency, users_vi="Người đi xe máy.")
    hong, nga = two_clerks
    for clerk in two_clerks:
        clerk.open(f"/challenges/{challenge.slug}/amendment/statement")

    nga.press("Keep for the amendment", users_vi="Người đi bộ.")
    hong.press("Keep for the amendment", users_vi="Học sinh.")

    assert (nga.status, hong.status) == (200, 409)
    assert cards(hong) == ["Saved by somebody else Người đi bộ.", "Typed by you Học sinh."]
    hong.press("Save mine instead")
    assert hong.open(f"/challenges/{challenge.slug}/amendment/statement").value("users_vi") == "Học sinh."
