"""What is shown as a reason, and when a profile shows a capability: values in, values out."""

import pytest

from marketplace.matching.profiles import Need, Piece, Problem, Profile
from marketplace.matching.reasons import facts, missing_needs, readable, shared_topics, shown_needs
from marketplace.organisations.stages import Helix


def a_profile(*pieces, **fields):
    return Profile("pho-kho", Helix.BUSINESS, pieces, **fields)


def a_problem(*needs, title="", text=""):
    return Problem("so", Helix.STATE, title, needs, text)


def shows(profile, need):
    return need in shown_needs(a_problem(need), profile)


@pytest.mark.parametrize(
    ("phrase", "shown"),
    [
        ("xử lý nước thải", "xử lý nước thải"),
        ("và xử lý nước thải của", "xử lý nước thải"),
        ("nước", ""),
        ("của các", ""),
        ("trong", ""),
        ("which", ""),
        ("hydrology", "hydrology"),
        ("AI", "AI"),
        ("IoT", "IoT"),
        ("đê điều", "đê điều"),
        ("", ""),
    ],
)
def test_a_reason_says_something_to_a_reader(phrase, shown):
    assert readable(phrase) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mô hình thủy văn đô thị", True),
        ("Mo hinh thuy van do thi", True),
        ("Studies of urban hydrology", True),
        ("Quy hoạch đô thị", False),
        ("Văn hóa và thị trường", False),
        ("", False),
    ],
)
def test_a_profile_shows_a_capability_it_names_in_either_language(text, shown):
    profile = a_profile(Piece("summary", text_vi=text))

    assert shows(profile, Need("Thủy văn đô thị", "urban hydrology")) is shown


def test_a_capability_is_shown_by_its_topic_in_other_words():
    profile = a_profile(Piece("capabilities", tags_vi=("học máy",)))

    assert shows(profile, Need("Trí tuệ nhân tạo", "artificial intelligence"))


def test_half_a_capability_in_each_of_two_pieces_is_none():
    profile = a_profile(Piece("summary", text_vi="thủy văn"), Piece("record", title_vi="đô thị"))

    assert not shows(profile, Need("Thủy văn đô thị", "urban hydrology"))


def test_an_empty_need_is_shown_by_nobody():
    assert not shows(a_profile(Piece("summary", text_vi="Mọi thứ")), Need())


def test_topics_are_shared_across_languages():
    problem = a_problem(title="Dự báo ngập úng bằng trí tuệ nhân tạo")
    profile = a_profile(Piece("summary", text_vi="Machine learning against floods and flooding"))

    assert shared_topics(problem, profile) == ["artificial-intelligence", "flooding"]


def test_facts_are_those_on_the_profile_and_the_rest_is_missing():
    needs = (Need("Cảm biến mực nước", "water level sensors"), Need("Kế toán", "accounting"))
    profile = a_profile(
        Piece("capabilities", tags_vi=("Cảm biến mực nước",)),
        Piece("record", title_vi="Trạm đo", year=2023),
        Piece("record", title_vi="Trạm bơm"),
        trl=(4, 7),
        place=("Phường Hoàn Kiếm", "Hoan Kiem Ward"),
        award_count=2,
    )

    shown = shown_needs(a_problem(*needs), profile)

    assert facts(a_problem(*needs), profile, shown=shown) == [
        {"code": "capabilities", "values": [{"vi": "Cảm biến mực nước", "en": "water level sensors"}]},
        {"code": "topics", "values": ["sensing"]},
        {"code": "awards", "values": [2]},
        {"code": "records", "values": [2, 2023]},
        {"code": "readiness", "values": [4, 7]},
        {"code": "place", "values": [{"vi": "Phường Hoàn Kiếm", "en": "Hoan Kiem Ward"}]},
    ]
    assert missing_needs(a_problem(*needs), shown=shown) == [{"vi": "Kế toán", "en": "accounting"}]
