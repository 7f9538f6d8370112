"""What the rules say about closing times, and what words changed; for all values."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from marketplace.challenges.amending.closing import (
    OFFICE_CLOSES,
    OFFICE_OPENS,
    OutageRule,
    closing_after_change,
    closing_after_outage,
    is_material,
    needs_second_person,
    shortens_too_much,
)
from marketplace.challenges.amending.differences import word_differences
from marketplace.text import HANOI

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
SPANS = st.timedeltas(timedelta(), timedelta(days=30))
RULE = OutageRule(grace=timedelta(hours=2), extension=timedelta(hours=6))


def hanoi(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HANOI).astimezone(UTC)


@given(MOMENTS, MOMENTS, SPANS)
def test_a_change_leaves_the_least_time_by_whole_days_and_never_more_than_needed(closes_at, at, least):
    after = closing_after_change(closes_at, at=at, least=least)

    assert after >= closes_at
    assert after - at >= least
    assert (after - closes_at) % timedelta(days=1) == timedelta()
    assert after == closes_at or after - timedelta(days=1) - at < least
    assert closing_after_change(after, at=at, least=least) == after


@given(MOMENTS, MOMENTS, MOMENTS)
def test_a_closing_is_moved_forward_only_to_where_a_day_is_left(before, after, at):
    assert shortens_too_much(before, after, at=at) == (after < before and after < at + timedelta(hours=24))


@given(MOMENTS, MOMENTS, MOMENTS)
def test_near_the_old_or_the_new_closing_two_people_are_needed(before, after, at):
    near = before < at + timedelta(hours=24) or after < at + timedelta(hours=24)

    assert needs_second_person(before, after, at=at) == near


@given(MOMENTS, SPANS, MOMENTS)
def test_an_outage_moves_a_deadline_inside_it_to_office_hours_and_no_other(began_at, length, closes_at):
    ended_at = began_at + length

    after = closing_after_outage(closes_at, began_at=began_at, ended_at=ended_at, rule=RULE)

    assert (after is None) == (not began_at <= closes_at <= ended_at + timedelta(hours=2))
    if after is not None:
        assert after >= max(closes_at, ended_at + timedelta(hours=6))
        assert after <= ended_at + timedelta(hours=6 + 16)
        assert OFFICE_OPENS <= after.astimezone(HANOI).time() <= OFFICE_CLOSES or after == closes_at


def test_six_hours_after_recovery_or_nine_the_next_morning():
    def after(ended):
        moved = closing_after_outage(
            hanoi("2026-11-20T10:00"), began_at=hanoi("2026-11-20T08:00"), ended_at=hanoi(ended), rule=RULE
        )
        return moved.astimezone(HANOI).strftime("%d %H:%M")

    assert after("2026-11-20T10:30") == "20 16:30"
    assert after("2026-11-20T11:00") == "20 17:00"
    assert after("2026-11-20T11:01") == "21 09:00"
    assert after("2026-11-20T20:00") == "21 09:00"


def test_times_and_translations_are_no_change_of_substance():
    def matters(before, after, language="vi"):
        return is_material({"x": before}, {"x": after}, original_language=language)

    times = {
        "closes_at": "2026-12-01",
        "decision_on": "2027-01-01",
        "periods": [{"name_vi": "Chung kết"}],
        "title_en": "B",
    }
    assert not is_material({}, times, original_language="vi")
    assert is_material({"title_en": "A"}, {"title_en": "B"}, original_language="en")
    assert [matters([{"vi": "A", "en": "B"}], [{"vi": "A", "en": "C"}], each) for each in ("vi", "en")] == [False, True]
    assert not matters([{"name_vi": "A", "name_en": None, "weight_bp": 1}], [{"name_vi": "A", "name_en": "B"}])
    assert matters([{"name_vi": "A", "weight_bp": 1}], [{"name_vi": "A", "weight_bp": 2}])
    phases = [{"name_vi": "Chung kết", "judged_vi": judged} for judged in (None, "Thuyết trình")]
    assert is_material({"periods": phases[:1]}, {"periods": phases[1:]}, original_language="vi")
    first, second = ({"reference": name, "label_vi": name} for name in "AB")
    assert not matters([first, second], [second, first])
    assert matters([first, second], [first])


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_stayed_and_went_is_the_old_text_and_what_stayed_and_came_the_new(before, after):
    pieces = word_differences(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
    assert all(first.kind != second.kind for first, second in pairwise(pieces))


def test_only_the_changed_words_are_marked():
    pieces = word_differences("Cảnh báo trước 60 phút.", "Cảnh báo trước 45 phút.")

    assert [(piece.kind, piece.text) for piece in pieces if piece.kind != "same"] == [
        ("removed", "60"),
        ("added", "45"),
    ]
