"""Answering a challenge's own questions in a draft, and what of it is sent."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace.audit.models import JournalEntry
from marketplace.challenges.entry_form.stages import Kind
from marketplace.db import db
from marketplace.organisations.stages import Role
from marketplace.solutions import services
from marketplace.solutions.models import Answer
from marketplace.solutions.snapshot import content_hash, content_of
from tests import make
from tests.queries import count_queries
from tests.site import Site
from tests.solutions.entries import a_solution, received

OPTIONS = [{"key": "o1", "vi": "Thuê", "en": "Rent"}, {"key": "o2", "vi": "Mua", "en": "Buy"}]
GIVEN = {
    Kind.SHORT_TEXT: ("Phường Láng", "Phường Láng"),
    Kind.LONG_TEXT: ("Hai dòng\r\ncó dấu", "Hai dòng\ncó dấu"),
    Kind.NUMBER: ("12,5", "12.5"),
    Kind.MONEY: ("1.650.000", 1_650_000),
    Kind.DATE: ("2026-12-31", "2026-12-31"),
    Kind.YES_NO: ("no", "no"),
    Kind.ONE_OF: ("o2", "o2"),
    Kind.SEVERAL_OF: (["o1", "o2"], ["o1", "o2"]),
    Kind.LINK: ("https://mua-pho.vn/thu", "https://mua-pho.vn/thu"),
}


@pytest.fixture
def challenge(app):
    return make.a_challenge()


@pytest.fixture
def minh(app):
    return make.a_member(make.an_organisation())


def the_answer() -> Answer | None:
    db.session.expire_all()
    return db.session.scalars(select(Answer)).one_or_none()


def open_section(app, solution, title="Năng lực triển khai") -> Site:
    return Site(app, solution.author, language="en").open(f"/solutions/{solution.reference}").click(title)


@pytest.mark.feature("3")
@pytest.mark.parametrize("kind", list(GIVEN))
def test_an_answer_of_every_kind_is_kept_shown_again_and_taken_away(app, challenge, minh, kind):
    typed, kept = GIVEN[kind]
    question = make.a_question(challenge, kind=kind, options=OPTIONS if kind in {Kind.ONE_OF, Kind.SEVERAL_OF} else [])
    solution = a_solution(challenge, minh)
    site = open_section(app, solution)
    assert "Missing" in site.open(f"/solutions/{solution.reference}").main

    site.click("Năng lực triển khai").press("Save", **{question.reference: typed})

    assert the_answer().value == kept
    assert "Missing" not in site.main
    site.click("Năng lực triển khai").press("Save")
    assert the_answer().value == kept
    site.click("Năng lực triển khai").press("Save", **{question.reference: [] if kind == Kind.SEVERAL_OF else ""})
    assert the_answer() is None


@pytest.mark.feature("3")
def test_a_file_that_is_asked_for_is_chosen_among_those_attached(app, challenge, minh):
    question = make.a_question(challenge, "Báo cáo tài chính", kind=Kind.FILE)
    solution = a_solution(challenge, minh)
    site = Site(app, minh, language="en").open(f"/solutions/{solution.reference}/edit/attachments")
    site.press("Attach", files={"files": (b"%PDF-1.7 bao cao", "Bao cao.pdf")})
    file = solution.attachments[0].file

    open_section(app, solution).press("Save", **{question.reference: file.reference})

    (kept,) = content_of(solution)["answers"]
    assert (kept["value"], kept["name"]) == (file.reference, "Bao cao.pdf")
    site.open(f"/solutions/{solution.reference}/edit/attachments").press("Remove Bao cao.pdf")
    assert "Missing: Báo cáo tài chính" in site.open(f"/solutions/{solution.reference}").main
    db.session.expire_all()
    assert content_of(solution)["answers"] == []


@pytest.mark.feature("4")
def test_a_question_appears_after_the_answer_that_asks_for_it(app, challenge, minh):
    tried = make.a_question(challenge, "Đã thử chưa?", kind=Kind.YES_NO)
    where = make.a_question(challenge, "Thử ở đâu?", asked_if_id=tried.id, asked_if_value="yes")
    solution = a_solution(challenge, minh)
    site = open_section(app, solution)
    assert "Thử ở đâu?" not in site.main

    site.press("Save", **{tried.reference: "yes"})
    assert "What you answered opens further questions below." in site.text
    site.press("Save", **{where.reference: "Phường Láng"})

    assert [answer["label_vi"] for answer in content_of(solution)["answers"]] == ["Đã thử chưa?", "Thử ở đâu?"]
    open_section(app, solution).press("Save", **{tried.reference: "no"})
    db.session.expire_all()
    assert [answer["label_vi"] for answer in content_of(solution)["answers"]] == ["Đã thử chưa?"]
    assert {answer.value for answer in solution.answers} == {"no", "Phường Láng"}
    site = open_section(app, solution).press("Save", **{tried.reference: "yes"})
    assert "Missing" not in site.open(f"/solutions/{solution.reference}").main


@pytest.mark.feature("4")
def test_with_a_script_only_the_questions_are_exchanged(app, challenge, minh):
    tried = make.a_question(challenge, "Đã thử chưa?", kind=Kind.YES_NO)
    make.a_question(challenge, "Thử ở đâu?", asked_if_id=tried.id, asked_if_value="yes")
    solution = a_solution(challenge, minh)
    site = open_section(app, solution)
    address = site.address
    sent = {name: site.value(name) for name in ("csrf_token", "edition")} | {tried.reference: "yes"}

    answer = site.client.post(address, data=sent, headers={"HX-Request": "true", "HX-Target": "asked"})
    part = site.client.get(answer.location, headers={"HX-Request": "true", "HX-Target": "asked"}).get_data(as_text=True)

    assert answer.status_code == 303
    assert "Thử ở đâu?" in part
    assert "<html" not in part


@pytest.mark.feature("3")
@pytest.mark.parametrize(
    ("kind", "typed", "error"),
    [
        (Kind.SHORT_TEXT, "ă" * 301, "Câu hỏi: use at most 300 characters."),
        (Kind.LONG_TEXT, "một hai ba bốn", "Câu hỏi: use at most 3 words; there are 4."),
        (Kind.NUMBER, "mười hai", "Write a number, for example 12,5."),
        (Kind.MONEY, "1,5 tỷ", "Write a whole number of đồng, for example 1.500.000.000."),
        (Kind.DATE, "mai", "Write a day, for example 2026-12-31."),
        (Kind.ONE_OF, "o9", "Not a valid choice."),
        (Kind.LINK, "javascript:alert(1)", "Write the whole address, beginning with https://"),
        (Kind.FILE, "TL-KHONGCO1", "Not a valid choice."),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_is_lost(app, challenge, minh, kind, typed, error):
    question = make.a_question(
        challenge, "Câu hỏi", kind=kind, options=OPTIONS, most_words=3 if kind == Kind.LONG_TEXT else None
    )
    other = make.a_question(challenge, "Câu khác")
    solution = a_solution(challenge, minh)

    site = open_section(app, solution).press("Save", **{question.reference: typed, other.reference: "giữ lại"})

    assert (site.status, site.errors) == (422, [error])
    assert site.value(other.reference) == "giữ lại"
    if kind not in {Kind.ONE_OF, Kind.FILE}:
        assert site.value(question.reference) == typed
    assert the_answer() is None


@pytest.mark.feature("3")
def test_a_required_question_keeps_the_draft_from_being_sent(app, challenge, minh):
    question = make.a_question(challenge, "Đã lắp bao nhiêu trạm?")
    make.a_question(challenge, "Ghi chú", is_required=False)
    solution = a_solution(challenge, minh)
    site = Site(app, minh, language="en").open(f"/solutions/{solution.reference}/check")
    assert "Missing: Đã lắp bao nhiêu trạm?" in site.main
    assert "Submit" not in site.buttons()

    site.click("Missing: Đã lắp bao nhiêu trạm?").press("Save", **{question.reference: "Mười hai"})
    site.open(f"/solutions/{solution.reference}/check").press("Submit")

    assert "Your solution was received" in site.main
    version = solution.last_version
    assert [(each["question"], each["value"]) for each in version.content["answers"]] == [
        (question.reference, "Mười hai")
    ]
    assert version.content_sha256 == content_hash(version.content)


@pytest.mark.feature("3")
def test_a_later_answer_is_a_change_that_is_not_sent_yet(app, challenge, minh):
    question = make.a_question(challenge)
    solution = a_solution(challenge, minh)
    services.save_answers(solution, actor=minh, values={question.id: "Một"})
    received(solution)

    open_section(app, solution).press("Save", **{question.reference: "Hai"})

    site = Site(app, minh, language="en").open(f"/solutions/{solution.reference}")
    assert "Your later changes are not sent yet" in site.main
    assert solution.last_version.content["answers"][0]["value"] == "Một"


def test_a_solution_to_a_challenge_that_asks_nothing_says_nothing_of_answers(app, challenge, minh):
    assert "answers" not in content_of(a_solution(challenge, minh))


@pytest.mark.each_database
def test_two_who_answer_at_once_get_both_texts(app, challenge, minh):
    question = make.a_question(challenge)
    solution = a_solution(challenge, minh)
    mine, theirs = open_section(app, solution), open_section(app, solution)
    theirs.press("Save", **{question.reference: "Của họ"})

    mine.press("Save", **{question.reference: "Của tôi"})

    assert mine.status == 409
    assert "Somebody else saved this section meanwhile" in mine.main
    assert "Của họ" in mine.main
    mine.press("Save mine instead")
    assert the_answer().value == "Của tôi"


def test_after_closing_an_answer_is_refused_and_shown(app, challenge, minh):
    question = make.a_question(challenge)
    solution = a_solution(challenge, minh)
    site = open_section(app, solution)
    challenge.closes_at = challenge.opens_at + timedelta(hours=1)

    site.press("Save", **{question.reference: "Muộn một phút"})

    assert site.status == 409
    assert site.value(question.reference) == "Muộn một phút"
    assert the_answer() is None


def test_others_neither_read_nor_answer(app, challenge, minh):
    question = make.a_question(challenge)
    solution = a_solution(challenge, minh)
    address = f"/solutions/{solution.reference}/answers/{question.section.reference}"
    viewer = make.a_member(solution.organisation, Role.VIEWER)

    for person, status in (
        (make.a_member(challenge.agency, Role.OWNER), 404),
        (make.an_operator(), 404),
        (viewer, 403),
    ):
        site = Site(app, person)
        assert site.open(address).status == status
        assert site.send(address, **{question.reference: "x"}).status == status
    assert the_answer() is None


@pytest.mark.feature("N8")
def test_no_answer_reaches_the_journal(app, challenge, minh):
    question = make.a_question(challenge)
    solution = a_solution(challenge, minh)

    open_section(app, solution).press("Save", **{question.reference: "Bí mật nghề"})

    lines = db.session.scalars(select(JournalEntry)).all()
    assert "SolutionSaved" in [line.event for line in lines]
    assert [line for line in lines if "Bí mật" in f"{line.changes}{line.facts}{line.object_name}"] == []


def test_the_list_of_ones_solutions_asks_the_same_with_many(app, minh):
    def answer_one() -> None:
        challenge = make.a_challenge()
        question = make.a_question(challenge)
        services.save_answers(a_solution(challenge, minh), actor=minh, values={question.id: "x"})

    site = Site(app, minh)
    answer_one()
    with count_queries() as with_one:
        site.open("/solutions")
    answer_one()
    answer_one()
    with count_queries() as with_three:
        site.open("/solutions")

    assert len(with_three) == len(with_one)
