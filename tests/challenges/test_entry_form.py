"""An agency makes the entry form of its challenge: sections, questions, conditions."""

import pytest
from sqlalchemy import func, select

from marketplace.audit.models import JournalEntry
from marketplace.challenges.entry_form.models import FormQuestion, FormSection
from marketplace.challenges.entry_form.queries import questions_of, sections_of
from marketplace.challenges.entry_form.stages import Audience, Kind
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.organisations.stages import Role
from tests import make
from tests.queries import count_queries
from tests.site import Site


@pytest.fixture
def draft(app):
    return make.a_draft_challenge()


def site_of(app, challenge, language="en") -> Site:
    return Site(app, make.a_member(challenge.agency), language=language)


def labels(challenge) -> list[str]:
    db.session.expire_all()
    return [question.label_vi for question in questions_of(challenge)]


def one_question() -> FormQuestion:
    return db.session.scalars(select(FormQuestion)).one()


@pytest.mark.feature("3")
def test_an_agency_asks_a_question_of_its_own_and_everyone_reads_it(app, draft):
    site = site_of(app, draft).open(f"/challenges/{draft.slug}/edit").click("Write the entry form")
    site.press("Add the section", title_vi="Năng lực", title_en="Ability").click("Add a question")
    site.press(
        "Save",
        label_vi="Đã lắp bao nhiêu trạm?",
        label_en="How many stations have you installed?",
        kind="number",
        unit="trạm",
        hint_vi="Chỉ tính trạm còn chạy.",
        audience="agency",
        is_required="y",
    )

    question = one_question()
    assert (question.kind, question.unit, question.audience) == (Kind.NUMBER, "trạm", Audience.AGENCY)
    assert (question.is_required, question.section.title_vi) == (True, "Năng lực")
    draft.stage = Stage.PUBLISHED
    page = Site(app, language="en").open(f"/challenges/{draft.slug}").click("1 question of the agency")
    assert "How many stations have you installed?" in page.main
    assert "Read by: the agency only" in page.main


@pytest.mark.feature("3")
@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_question_can_be_asked(app, draft, kind):
    make.a_form_section(draft)

    site = site_of(app, draft).open(f"/challenges/{draft.slug}/form/edit").click("Add a question")
    site.press("Save", label_vi="Câu hỏi", kind=kind.value, options="Một | One\nHai | Two", unit="kg", most_words="50")

    question = one_question()
    assert site.status == 200
    assert question.kind == kind
    is_choice = kind in {Kind.ONE_OF, Kind.SEVERAL_OF}
    assert question.options == (
        [{"key": "o1", "vi": "Một", "en": "One"}, {"key": "o2", "vi": "Hai", "en": "Two"}] if is_choice else []
    )
    assert question.unit == ("kg" if kind == Kind.NUMBER else None)
    assert question.most_words == (50 if kind in {Kind.SHORT_TEXT, Kind.LONG_TEXT} else None)


def test_a_question_that_is_saved_untouched_stays_as_it_was(app, draft):
    first = make.a_question(draft, kind=Kind.ONE_OF, options=[{"key": "o2", "vi": "A"}, {"key": "o7", "en": "B"}])
    second = make.a_question(
        draft, asked_if_id=first.id, asked_if_value="o7", most_words=20, hint_vi="Gợi ý", tells_entrant=True
    )
    columns = [column.key for column in FormQuestion.__table__.columns if column.key != "position"]
    before = [{name: getattr(each, name) for name in columns} for each in (first, second)]

    site = site_of(app, draft)
    for question in (first, second):
        site.open(f"/challenges/{draft.slug}/form/questions/{question.reference}").press("Save")

    db.session.expire_all()
    assert [{name: getattr(each, name) for name in columns} for each in (first, second)] == before


def test_an_option_keeps_its_key_while_its_text_is_translated(app, draft):
    question = make.a_question(
        draft, kind=Kind.ONE_OF, options=[{"key": "o1", "vi": "Thuê"}, {"key": "o2", "vi": "Mua"}]
    )

    site = site_of(app, draft).open(f"/challenges/{draft.slug}/form/questions/{question.reference}")
    site.press("Save", options="Tặng\nMua | Buy\nThuê")

    db.session.refresh(question)
    assert [option["key"] for option in question.options] == ["o3", "o2", "o1"]


@pytest.mark.feature("3")
def test_questions_and_sections_change_places_without_a_script(app, draft):
    first, second = make.a_question(draft, "Một"), make.a_question(draft, "Hai")
    make.a_question(draft, "Ba", section=make.a_form_section(draft, "Sau"))
    site, second_id = site_of(app, draft).open(f"/challenges/{draft.slug}/form/edit"), second.id

    site.press("Move down Một")
    assert labels(draft) == ["Hai", "Một", "Ba"]
    site.press("Move up Sau")
    assert labels(draft) == ["Ba", "Hai", "Một"]
    site.press("Remove Hai")
    assert labels(draft) == ["Ba", "Một"]
    site.press(f"Remove {first.section.title_vi}")
    assert labels(draft) == ["Ba"]
    assert db.session.get(FormQuestion, second_id) is None


@pytest.mark.feature("4")
def test_a_question_is_asked_only_after_an_answer(app, draft):
    tried = make.a_question(draft, "Đã thử chưa?", kind=Kind.YES_NO)

    site = site_of(app, draft).open(f"/challenges/{draft.slug}/form/edit").click("Add a question")
    site.press("Save", label_vi="Thử ở đâu?", kind="short_text", asked_if=f"{tried.reference}.yes")

    where = db.session.scalars(select(FormQuestion).where(FormQuestion.label_vi == "Thử ở đâu?")).one()
    assert (where.asked_if, where.asked_if_value) == (tried, "yes")
    assert "Only if “Đã thử chưa?” is answered with “Yes”" in site.main


@pytest.mark.feature("4")
def test_what_another_question_hangs_on_can_be_neither_removed_nor_put_behind_it(app, draft):
    tried = make.a_question(draft, "Đã thử chưa?", kind=Kind.YES_NO)
    make.a_question(draft, "Thử ở đâu?", asked_if_id=tried.id, asked_if_value="yes", section=make.a_form_section(draft))
    site = site_of(app, draft).open(f"/challenges/{draft.slug}/form/edit")

    for button in ("Remove Đã thử chưa?", "Move down Năng lực triển khai", "Remove Năng lực triển khai"):
        site.press(button)
        assert site.status == 422
        assert "Another question is asked only because of an answer given here." in site.main
    site.open(f"/challenges/{draft.slug}/form/questions/{tried.reference}").press("Save", kind="short_text")
    assert site.errors == ["A question can depend only on an answer that is asked for before it."]

    assert labels(draft) == ["Đã thử chưa?", "Thử ở đâu?"]
    db.session.refresh(tried)
    assert tried.kind == Kind.YES_NO


@pytest.mark.feature("3")
def test_criteria_become_questions_once(app, draft):
    site = site_of(app, draft).open(f"/challenges/{draft.slug}/form/edit")

    site.press("Derive questions from the criteria").press("Derive questions from the criteria")

    assert labels(draft) == ["Tính mới", "Khả năng áp dụng"]
    assert "0 questions were added." in site.text


@pytest.mark.feature("3")
def test_questions_are_copied_with_their_conditions(app, draft):
    other = make.a_challenge(draft.agency, title_vi="Bài toán năm trước", title_en=None)
    tried = make.a_question(other, "Đã thử chưa?", kind=Kind.YES_NO)
    make.a_question(other, "Thử ở đâu?", asked_if_id=tried.id, asked_if_value="yes", audience=Audience.SEALED)
    foreign = make.a_challenge(title_vi="Của cơ quan khác")
    make.a_question(foreign)
    site = site_of(app, draft).open(f"/challenges/{draft.slug}/form/edit")
    assert "Của cơ quan khác" not in site.main

    site.press("Copy its questions", source=other.slug)

    first, second = questions_of(draft)
    assert (first.label_vi, second.label_vi) == ("Đã thử chưa?", "Thử ở đâu?")
    assert (second.asked_if, second.asked_if_value, second.audience) == (first, "yes", Audience.SEALED)
    assert labels(other) == ["Đã thử chưa?", "Thử ở đâu?"]
    assert site.send(f"/challenges/{draft.slug}/form/copies", source=foreign.slug).status == 422


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"label_vi": ""}, "Enter the question in Vietnamese."),
        ({"kind": "one_of", "options": "Chỉ một"}, "Give at least two answers to choose from."),
        ({"kind": "long_text", "most_words": "0"}, "Write a number from 1 to 5,000."),
        ({"asked_if": "MH-KHONGCO1.yes"}, "Not a valid choice."),
    ],
)
def test_a_refused_question_keeps_what_was_typed(app, draft, typed, message):
    make.a_form_section(draft)
    site = site_of(app, draft).open(f"/challenges/{draft.slug}/form/edit").click("Add a question")

    site.press("Save", **({"label_vi": "Câu hỏi", "hint_vi": "Đừng mất"} | typed))

    assert (site.status, site.errors) == (422, [message])
    assert site.value("hint_vi") == "Đừng mất"
    assert db.session.scalar(select(func.count()).select_from(FormQuestion)) == 0


@pytest.mark.feature("3")
@pytest.mark.parametrize("stage", [Stage.IN_REVIEW, Stage.PUBLISHED])
def test_questions_are_locked_once_it_left_the_desk(app, stage):
    challenge = make.a_challenge(stage=stage)
    question = make.a_question(challenge, "Đứng yên")
    site = site_of(app, challenge)

    assert site.open(f"/challenges/{challenge.slug}/form/edit").address == f"/en/challenges/{challenge.slug}/form"
    base = f"/challenges/{challenge.slug}/form"
    paths = ["/sections", "/derivation", "/questions/new", f"/questions/{question.reference}/removal"]
    assert [site.send(base + path, title_vi="x", label_vi="x").status for path in paths] == [409] * 4
    assert labels(challenge) == ["Đứng yên"]


def test_other_agencies_and_viewers_change_nothing(app, draft):
    question = make.a_question(draft, "Đứng yên")
    viewer = make.a_member(draft.agency, Role.VIEWER)
    stranger = make.a_member(make.an_agency(), Role.OWNER)

    for person, status in ((viewer, 403), (stranger, 404)):
        site = Site(app, person)
        base = f"/challenges/{draft.slug}/form"
        for path in (
            "/sections",
            "/derivation",
            f"/questions/{question.reference}",
            f"/questions/{question.reference}/removal",
        ):
            assert site.send(base + path, title_vi="x", label_vi="x").status == status
    assert labels(draft) == ["Đứng yên"]


def test_a_question_of_another_challenge_is_not_found(app, draft):
    foreign = make.a_question(make.a_draft_challenge(), "Của bài khác")
    make.a_form_section(draft)

    site = site_of(app, draft)

    assert site.open(f"/challenges/{draft.slug}/form/questions/{foreign.reference}").status == 404
    assert site.send(f"/challenges/{draft.slug}/form/questions/{foreign.reference}/removal").status == 404


def test_the_journal_says_what_was_done_to_the_form(app, draft):
    site_of(app, draft).open(f"/challenges/{draft.slug}/form/edit").press("Add the section", title_vi="Năng lực")

    line = db.session.scalars(select(JournalEntry).where(JournalEntry.event == "EntryFormChanged")).one()
    assert line.facts == {"section_added": sections_of(draft)[0].reference}
    assert line.object_reference == draft.reference


def test_the_page_asks_the_same_however_many_questions_there_are(app, draft):
    make.a_question(draft)
    path = f"/challenges/{draft.slug}/form/edit"
    site = site_of(app, draft).open(path)
    with count_queries() as with_one:
        site.open(path)
    tried = make.a_question(draft, kind=Kind.YES_NO)
    for _ in range(3):
        make.a_question(draft, asked_if_id=tried.id, asked_if_value="no")
    with count_queries() as with_five:
        site.open(path)

    assert len(with_five) == len(with_one)


def test_an_empty_section_may_stand(app, draft):
    make.a_form_section(draft, "Trống")

    site = Site(app, make.a_member(draft.agency)).open(f"/challenges/{draft.slug}/form")

    assert "Trống" not in site.main
    assert db.session.scalar(select(func.count()).select_from(FormSection)) == 1
