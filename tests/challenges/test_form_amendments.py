"""The entry form of an open challenge changes by amendments: read as a difference, told, and answered anew."""

import pytest
from sqlalchemy import select

from marketplace.challenges.amending.models import Amendment
from marketplace.challenges.entry_form.models import FormQuestion
from marketplace.challenges.entry_form.queries import questions_of
from marketplace.challenges.entry_form.stages import Kind
from marketplace.db import db, token
from marketplace.notifications.models import Letter
from marketplace.organisations.stages import Role
from marketplace.solutions import services
from tests import make
from tests.site import Site
from tests.solutions.entries import a_solution


@pytest.fixture
def challenge(app):
    return make.a_challenge()


@pytest.fixture
def manager(challenge):
    return make.a_member(challenge.agency, Role.MANAGER, "Hoàng Văn Ký")


def form_of(app, challenge, person) -> Site:
    return Site(app, person, language="en").open(f"/challenges/{challenge.slug}/amendment/form")


def publish(site, reason="Theo câu hỏi của đơn vị nộp hồ sơ.") -> Site:
    site.open(site.address.removeprefix("/en").partition("/amendment")[0] + "/amendment")
    return site.click("Give the reason").press("Save", reason_vi=reason).press("Publish the amendment")


def labels(challenge) -> list[str]:
    db.session.expire_all()
    return [question.label_vi for question in questions_of(challenge)]


def sent(solution):
    services.submit_solution(solution, actor=solution.author, idempotency_key=token())
    db.session.commit()
    return solution


@pytest.mark.feature("3", "14", "15", "N10")
def test_questions_are_added_changed_and_taken_off_by_a_numbered_amendment(app, challenge, manager):
    make.a_question(challenge, "Đã lắp mấy trạm?", kind=Kind.NUMBER, unit="trạm")
    make.a_question(challenge, "Ai bảo trì?")
    make.a_question(challenge, "Có nguồn điện không?")
    drafter = make.a_member(make.an_organisation(), email="viet@example.vn")
    a_solution(challenge, drafter)

    site = Site(app, manager, language="en").open(f"/challenges/{challenge.slug}").click("Prepare a change")
    site.click("Entry form").press("Remove Ai bảo trì?")
    site.click("Đã lắp mấy trạm?").press("Save", label_vi="Đã lắp bao nhiêu trạm?")
    site.click("Add a question").press("Save", label_vi="Bảo hành mấy năm?", kind="number", unit="năm")
    site.press("Move up Bảo hành mấy năm?")
    assert "Taken off by this amendment Ai bảo trì?" in site.main
    assert labels(challenge) == ["Đã lắp mấy trạm?", "Ai bảo trì?", "Có nguồn điện không?"]
    publish(site)

    visitor = Site(app, language="en").open(f"/challenges/{challenge.slug}").click("Amendment 1")
    told = {each.h3.get_text(): each for each in visitor.page.select("section.card")}
    assert list(told) == [
        "Question changed: Đã lắp bao nhiêu trạm?",
        "Question added: Bảo hành mấy năm?",
        "Question taken off: Ai bảo trì?",
    ]
    assert [next(iter(told.values())).find(kind).get_text() for kind in ("del", "ins")] == [
        "Removed: mấy",
        "Added: bao nhiêu",
    ]
    assert "Number with unit · năm" in told["Question added: Bảo hành mấy năm?"].ins.get_text()
    assert "counts only when its owner confirms it" in visitor.main
    assert labels(challenge) == ["Đã lắp bao nhiêu trạm?", "Bảo hành mấy năm?", "Có nguồn điện không?"]
    forms = [Site(app).open(f"/challenges/{challenge.slug}/{place}").main for place in ("versions/1", "form")]
    assert ["Ai bảo trì?" in text for text in forms] == [True, False]
    letters = db.session.scalars(select(Letter).where(Letter.kind == "challenge_amended")).all()
    assert [(each.to_email == "viet@example.vn", "Bảo hành mấy năm?" in each.body) for each in letters] == [
        (True, True)
    ]


@pytest.mark.feature("15", "N10", "N12")
def test_a_new_required_question_is_missing_in_what_was_received_until_it_is_sent_again(app, challenge, manager):
    old = make.a_question(challenge, "Ai bảo trì?")
    solution = a_solution(challenge, make.a_member(make.an_organisation()))
    services.save_answers(solution, actor=solution.author, values={old.id: "Công ty tôi."})
    sent(solution)
    site = form_of(app, challenge, manager).press("Remove Ai bảo trì?").click("Add a question")
    publish(site.press("Save", label_vi="Bảo hành mấy năm?", kind="number", is_required="y"))

    entrant = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}")
    assert "It asks for something that this version does not answer." in entrant.main
    assert "Confirm it as received" not in entrant.buttons()
    entrant.send(f"/solutions/{solution.reference}/confirmation")
    assert "The amendment asks for something new." in entrant.text
    entrant.click("Bảo hành mấy năm?").press("Save", **{db.session.scalars(_newest()).one().reference: "2"})
    entrant.open(f"/solutions/{solution.reference}/check").click("Missing: the terms accepted again")
    entrant.press("Accept", accepts="y", certifies="y")
    entrant.open(f"/solutions/{solution.reference}/check").press("Submit")

    db.session.expire_all()
    told = [[(each["label_vi"], each["value"]) for each in version.content["answers"]] for version in solution.versions]
    assert told == [[("Ai bảo trì?", "Công ty tôi.")], [("Bảo hành mấy năm?", "2")]]
    assert "It asks for something" not in entrant.open(f"/solutions/{solution.reference}").main


def _newest():
    return select(FormQuestion).order_by(FormQuestion.id.desc()).limit(1)


@pytest.mark.feature("15")
def test_what_still_answers_everything_is_only_confirmed(app, challenge, manager):
    first, second = make.a_question(challenge, "Ai bảo trì?"), make.a_question(challenge, "Có nguồn điện không?")
    solution = a_solution(challenge, make.a_member(make.an_organisation()))
    services.save_answers(solution, actor=solution.author, values={first.id: "Công ty tôi.", second.id: "Có."})
    sent(solution)
    site = form_of(app, challenge, manager).press("Remove Có nguồn điện không?")
    publish(site.click("Ai bảo trì?").press("Save", label_vi="Đơn vị nào bảo trì?"))

    entrant = Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}")
    entrant.press("Confirm it as received")

    assert "Confirmed: what was received stands as it is." in entrant.text
    assert len(solution.versions) == 1


@pytest.mark.feature("4")
def test_a_form_in_force_keeps_its_conditions_and_the_kinds_that_were_answered(app, challenge, manager):
    tried = make.a_question(challenge, "Đã thử chưa?", kind=Kind.YES_NO)
    make.a_question(challenge, "Thử ở đâu?", asked_if_id=tried.id, asked_if_value="yes")
    site = form_of(app, challenge, manager)

    for button in ("Remove Đã thử chưa?", "Move down Đã thử chưa?"):
        site.press(button)
        assert site.status == 422
        assert "Another question is asked only because of an answer given here." in site.main
    site.click("Đã thử chưa?").press("Save", kind="long_text")
    assert (site.status, site.errors) == (422, ["Not a valid choice."])
    site.open(f"/challenges/{challenge.slug}/amendment/form").click("Thử ở đâu?")
    site.press("Save", asked_if=f"{tried.reference}.no")
    publish(site)

    db.session.expire_all()
    where = questions_of(challenge)[1]
    assert (where.asked_if, where.asked_if_value) == (tried, "no")
    form_of(app, challenge, manager).press("Remove Thử ở đâu?").press("Give up all changes of the form")
    assert db.session.scalars(select(Amendment).where(Amendment.number.is_(None))).one().after == {}


def test_sections_are_added_renamed_moved_and_taken_off_with_their_questions(app, challenge, manager):
    make.a_question(challenge, "Một", section=make.a_form_section(challenge, "Trước"))
    make.a_question(challenge, "Hai", section=make.a_form_section(challenge, "Sau"))
    site = form_of(app, challenge, manager)
    assert site.press("Add the section", title_vi="").errors == ["Enter a heading in Vietnamese."]

    site.press("Add the section", title_vi="Mới", title_en="").press("Move up Mới").press("Remove Trước")
    site.click("Rename").press("Save", title_vi="Hoàn toàn mới")
    publish(site)

    assert labels(challenge) == ["Hai"]
    told = Site(app, language="en").open(f"/challenges/{challenge.slug}/amendments/1").main
    assert [each in told for each in ("Section added", "Section taken off", "Question taken off", "Một")] == [True] * 4
    assert "Section renamed" not in told


def test_only_writers_of_the_agency_prepare_it_and_only_before_closing(app, challenge, manager):
    question = make.a_question(challenge, "Đứng yên")
    base = f"/challenges/{challenge.slug}/amendment/form"
    viewer, outsider = make.a_member(challenge.agency, Role.VIEWER), make.a_member(make.an_agency(), Role.OWNER)
    paths = ["/sections", "/questions/new", f"/questions/{question.reference}/removal", "/original"]

    for person in (viewer, outsider, make.an_operator()):
        site = Site(app, person)
        assert site.open(base).status == 403
        assert {site.send(base + path, title_vi="x", label_vi="x").status for path in paths} == {403}
    draft = make.a_draft_challenge(challenge.agency)
    site = Site(app, manager)
    assert site.open(f"/challenges/{draft.slug}/amendment/form").status == 404
    assert site.open(f"{base}/questions/MH-KHONGCO1").status == 404
    with make.clock.at(challenge.closes_at):
        assert site.send(f"{base}/questions/{question.reference}/removal").status == 409
    assert db.session.scalars(select(Amendment)).all() == []
