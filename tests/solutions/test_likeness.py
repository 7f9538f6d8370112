"""How much of one text stands in another: the rule alone."""

from hypothesis import given
from hypothesis import strategies as st

from marketplace.solutions.comparing.likeness import SIZE, Index, likeness, words_of
from marketplace.text import fold, nfc

mine = st.lists(st.sampled_from(["mưa", "ngập", "phố", "cống", "Đo", "mực", "nước"]), max_size=40).map(" ".join)
other_words = st.lists(st.sampled_from(["giáo", "viên", "lớp", "học", "sinh", "bảng"]), max_size=40).map(" ".join)
anything = st.one_of(mine, st.text(max_size=200))


def alike(first, second, known=""):
    return likeness(words_of(first), words_of(second), known=frozenset(words_of(known).shingles()))


def test_a_copied_sentence_is_found_in_both_texts_as_it_stands_there():
    first = "Chúng tôi đặt cảm biến siêu âm tại 40 điểm ngập, và báo trước một giờ."
    second = "KẾ HOẠCH: dat cam bien sieu am tai 40 diem ngap; gia re."

    found = alike(first, second)

    (passage,) = found.passages
    assert passage.mine == "đặt cảm biến siêu âm tại 40 điểm ngập"
    assert passage.theirs == "dat cam bien sieu am tai 40 diem ngap"
    assert passage.words == 9
    assert found.share_bp == 10_000 * 4 // 11


def test_words_of_the_challenge_itself_count_for_neither():
    asked = "cảnh báo ngập đến từng đoạn phố trước một giờ"

    assert alike(f"Về {asked}", f"Theo đề bài, {asked}", known=asked).share_bp == 0


@given(anything)
def test_a_text_stands_whole_in_itself(text):
    found = alike(text, text)

    assert found.share_bp == (10_000 if len(words_of(text).folded) >= SIZE else 0)


@given(mine, other_words)
def test_texts_without_a_common_word_are_not_alike(first, second):
    assert alike(first, second) == alike(second, first) == alike("", "")


@given(mine, mine)
def test_case_and_marks_make_no_difference(first, second):
    assert alike(first, second).share_bp == alike(fold(first), second.upper()).share_bp


@given(anything, anything)
def test_each_passage_stands_in_both_texts_and_says_the_same(first, second):
    found = alike(first, second)

    assert 0 <= found.share_bp <= 10_000
    assert bool(found.share_bp) <= bool(found.passages)
    for passage in found.passages:
        assert passage.mine in nfc(first)
        assert passage.theirs in nfc(second)
        assert words_of(passage.mine).folded == words_of(passage.theirs).folded
        assert passage.words == len(words_of(passage.mine).folded) >= SIZE


@given(other_words, st.integers(0, 40), other_words)
def test_a_passage_put_into_a_strange_text_is_found_whole(strange, place, more):
    copied = "đo mực nước tại cống rồi báo trước ngập cho từng phố"
    words = strange.split()

    found = alike(copied, " ".join([*words[:place], copied, *words[place:], more]))

    assert found.share_bp == 10_000
    assert [passage.mine for passage in found.passages] == [copied]


@given(mine, mine, mine)
def test_more_text_on_the_other_side_never_lowers_the_share(first, second, more):
    assert alike(first, f"{second} | {more}").share_bp >= alike(first, second).share_bp


@given(st.lists(anything, max_size=6), anything)
def test_the_index_finds_what_comparing_with_every_text_finds(texts, theirs):
    words, known = [words_of(text) for text in texts], frozenset(words_of("mưa ngập phố cống đo mực nước").shingles())

    every = [(number, likeness(text, words_of(theirs), known=known)) for number, text in enumerate(words)]

    assert list(Index(words, known=known).alike(words_of(theirs))) == [pair for pair in every if pair[1].share_bp]
