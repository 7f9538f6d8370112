"""Which questions are asked: the rule alone."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from marketplace.challenges.entry_form.applying import applying, stands_after


@dataclass(frozen=True)
class Asked:
    id: int
    asked_if_id: int | None = None
    asked_if_value: str | None = None


answers = st.one_of(
    st.none(), st.sampled_from(["yes", "no", "o1"]), st.lists(st.sampled_from(["o1", "o2"]), unique=True)
)
values = st.dictionaries(st.integers(1, 8), answers.filter(lambda value: value is not None))


@st.composite
def forms(draw):
    """Up to eight questions; a condition may name any of them, itself and later ones too."""
    count = draw(st.integers(0, 8))
    named = st.one_of(st.none(), st.integers(1, 8))
    found = []
    for number in range(1, count + 1):
        other = draw(named)
        value = draw(st.sampled_from(["yes", "no", "o1", "o2"])) if other else None
        found.append(Asked(number, other, value))
    return found


def ids(questions):
    return [question.id for question in questions]


def test_a_branch_is_asked_only_after_its_answer():
    form = [Asked(1), Asked(2, 1, "yes"), Asked(3, 1, "no")]

    assert ids(applying(form, {})) == [1]
    assert ids(applying(form, {1: "yes"})) == [1, 2]
    assert ids(applying(form, {1: "no"})) == [1, 3]


def test_one_of_several_ticks_is_enough():
    assert ids(applying([Asked(1), Asked(2, 1, "o2")], {1: ["o1", "o2"]})) == [1, 2]


def test_an_answer_kept_below_a_closed_branch_opens_nothing():
    form = [Asked(1), Asked(2, 1, "yes"), Asked(3, 2, "yes")]

    assert ids(applying(form, {1: "no", 2: "yes"})) == [1]


@given(forms(), values)
def test_each_asked_question_has_its_reason_among_those_asked_before(form, given_values):
    asked = applying(form, given_values)

    for place, question in enumerate(asked):
        if question.asked_if_id is not None:
            assert question.asked_if_id in ids(asked[:place])
            answer = given_values[question.asked_if_id]
            assert question.asked_if_value in (answer if isinstance(answer, list) else [answer])


@given(forms(), values)
def test_answers_to_questions_not_asked_change_nothing(form, given_values):
    asked = ids(applying(form, given_values))

    kept = {key: value for key, value in given_values.items() if key in asked}

    assert ids(applying(form, kept)) == asked


@given(forms(), values)
def test_the_order_of_the_form_is_kept_and_nothing_is_invented(form, given_values):
    asked = applying(form, given_values)

    assert [each for each in form if each in asked] == asked
    assert [each for each in form if each.asked_if_id is None and each not in asked] == []


@given(forms())
def test_a_sound_form_can_ask_each_of_its_questions(form):
    if not stands_after(form):
        return
    needed = {question.id: question for question in form}
    for question in form:
        chain, here = {}, question
        while here.asked_if_id is not None:
            if chain.setdefault(here.asked_if_id, here.asked_if_value) != here.asked_if_value:
                break
            here = needed[here.asked_if_id]
        else:
            assert question in applying(form, chain)
