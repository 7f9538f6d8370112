"""Who is found for a question, in what order, and why."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.relevance.answers import Query
from marketplace.relevance.bm25 import Question, post
from marketplace.relevance.explanation import ItemMatch, Match, TermShare, phrases_of
from marketplace.relevance.index import Evidence, Index
from marketplace.relevance.tokens import Document
from marketplace.text import fold

WATER, TRAFFIC, FARM, NEW = 1, 2, 3, 4
EVIDENCE = [
    Evidence(WATER, "profile", "Công ty Nước Xanh", ["môi trường"], "Xử lý nước thải cho làng nghề."),
    Evidence(WATER, "project", "Trạm xử lý nước thải Bát Tràng", [], "Màng sinh học; giám sát bằng IoT."),
    Evidence(TRAFFIC, "profile", "Smart Traffic Lab", ["AI"], "Machine learning for traffic lights."),
    Evidence(FARM, "profile", "Nông trại Ba Vì", [], "Sữa bò và du lịch trải nghiệm."),
    Evidence(NEW, "profile", "Khởi nghiệp Lọc Nước", [], "Lọc nước thải tại hộ gia đình."),
]
SYLLABLES = st.sampled_from(["nước", "thải", "đường", "xe", "điện", "rác", "sạch", "số", "hóa", "bụi", "cây", "đê"])
PHRASES = st.lists(SYLLABLES, max_size=6).map(" ".join)
SOME_EVIDENCE = st.lists(
    st.builds(
        Evidence,
        owner_id=st.integers(1, 4),
        item_id=st.uuids().map(str),
        title=PHRASES,
        tags=st.lists(PHRASES, max_size=2),
        body=PHRASES,
    ),
    max_size=8,
    unique_by=lambda piece: piece.item_id,
)
QUERIES = st.builds(Query, title=PHRASES, tags=st.lists(PHRASES, max_size=2), body=PHRASES)


def owners(matches):
    return [match.owner_id for match in matches]


def test_the_owner_with_the_best_record_comes_first():
    matches = Index.build(EVIDENCE).rank(Query("Xử lý nước thải"), limit=10)

    assert owners(matches) == [WATER, NEW]
    assert [item.item_id for item in matches[0].items] == ["project", "profile"]


def test_a_vietnamese_problem_finds_an_english_profile():
    matches = Index.build(EVIDENCE).rank(Query("Trí tuệ nhân tạo điều khiển giao thông"), limit=1)

    assert owners(matches) == [TRAFFIC]


def test_the_reason_is_a_phrase_as_the_evidence_spells_it():
    evidence = [Evidence(1, "a", "Trạm Xử lý Nước thải", [], "Bùn"), Evidence(2, "b", "Đèn")]

    matches = Index.build(evidence).rank(Query("xu ly nuoc thai"), limit=10)

    only = ItemMatch("a", matches[0].items[0].score, (TermShare("Xử lý Nước thải", 1.0),))
    # one item: 1 - exp(-sqrt(score ** 2))
    assert matches == [Match(1, pytest.approx(-math.expm1(-only.score)), (only,))]


def test_a_topic_is_explained_by_the_words_of_the_evidence():
    evidence = [Evidence(1, "a", "Nghiên cứu học máy"), Evidence(2, "b", "Đèn")]

    matches = Index.build(evidence).rank(Query("AI"), limit=10)

    assert matches[0].items[0].terms == (TermShare("học máy", 1.0),)


def test_a_word_found_twice_is_told_by_the_longer_phrase():
    evidence = [Evidence(1, "a", "Thải", [], "Bùn; xử lý nước thải"), Evidence(2, "b", "Đèn")]

    matches = Index.build(evidence).rank(Query("xử lý nước thải"), limit=1)

    assert matches[0].items[0].terms == (TermShare("xử lý nước thải", pytest.approx(1)),)


def test_items_count_from_the_best_down_whatever_they_are_called():
    evidence = [Evidence(1, "a", "bụi"), Evidence(1, "b", "rác"), Evidence(2, "a", "rác"), Evidence(2, "b", "bụi")]

    scores = Index.build(evidence).scores(Query("rác rác rác", [], "bụi"))

    assert scores[1] == scores[2] > 0


def test_only_the_three_best_items_are_shown():
    evidence = [Evidence(1, f"{n}", "nước thải " * n) for n in range(1, 6)]

    items = Index.build(evidence).rank(Query("nước thải"), limit=1)[0].items

    assert [item.item_id for item in items] == ["5", "4", "3"]


def test_newcomers_are_ranked_by_their_one_best_item():
    index = Index.build(EVIDENCE)

    matches = index.rank_newcomers(Query("Lọc nước thải"), limit=5, newcomers={NEW, FARM})

    assert [(match.owner_id, match.score) for match in matches] == [(NEW, pytest.approx(matches[0].items[0].score))]


def test_a_title_counts_more_than_a_body():
    evidence = [Evidence(1, "a", "rác", [], "bụi"), Evidence(2, "a", "bụi", [], "rác")]

    assert owners(Index.build(evidence).rank(Query("bụi"), limit=2)) == [2, 1]


def test_equal_scores_stand_in_the_order_of_their_owners():
    evidence = [Evidence(owner, "a", "cây xanh") for owner in (3, 1, 2)]

    assert owners(Index.build(evidence).rank(Query("cây"), limit=3)) == [1, 2, 3]


@pytest.mark.parametrize("query", [Query(), Query("", ["", " "], "…"), Query("zebra")])
def test_a_question_that_says_nothing_finds_nobody(query):
    index = Index.build(EVIDENCE)

    assert (index.rank(query, limit=10), index.scores(query)) == ([], {})


def test_an_empty_index_answers_nobody():
    index = Index.build([])

    assert index.rank(Query("nước"), limit=10) == []
    assert index.rank_newcomers(Query("nước"), limit=10, newcomers={1}) == []


def test_one_item_id_cannot_stand_for_two_things():
    with pytest.raises(ValueError, match="one item_id"):
        Index.build([Evidence(1, "a", "cây"), Evidence(1, "a", "rác")])


@given(SOME_EVIDENCE, QUERIES, st.randoms())
def test_the_order_of_the_evidence_changes_nothing(evidence, query, order):
    shuffled = order.sample(evidence, len(evidence))

    assert Index.build(shuffled).rank(query, limit=9) == Index.build(evidence).rank(query, limit=9)


@given(SOME_EVIDENCE, QUERIES)
def test_the_shares_of_each_item_add_up_to_one(evidence, query):
    for match in Index.build(evidence).rank(query, limit=9):
        for item in match.items:
            assert sum(term.share for term in item.terms) == pytest.approx(1, abs=1e-12)
            assert all(term.share > 0 for term in item.terms)


@given(SOME_EVIDENCE, QUERIES)
def test_scores_lie_between_nought_and_one_and_descend(evidence, query):
    index = Index.build(evidence)
    matches = index.rank(query, limit=9)

    scores = [match.score for match in matches]

    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert {match.owner_id: match.score for match in matches} == index.scores(query)
    assert all(item.score > 0 for match in matches for item in match.items)


@given(SOME_EVIDENCE, QUERIES)
def test_a_question_without_diacritics_finds_the_same(evidence, query):
    index = Index.build(evidence)
    plain = Query(fold(query.title), [fold(tag) for tag in query.tags], fold(query.body))

    assert index.rank(plain, limit=9) == index.rank(query, limit=9)


@given(SOME_EVIDENCE.filter(bool), QUERIES)
def test_another_owner_of_a_known_text_takes_nothing_from_anybody(evidence, query):
    first = evidence[0]
    partner = Evidence(99, "shared", first.title, first.tags, first.body)

    after = Index.build([*evidence, partner]).scores(query)

    assert {owner: score for owner, score in after.items() if owner != 99} == Index.build(evidence).scores(query)


@given(SOME_EVIDENCE, QUERIES, st.sets(st.integers(1, 4)))
def test_a_filter_leaves_the_others_scores_and_order_as_they_were(evidence, query, admitted):
    index = Index.build(evidence)

    kept = [match for match in index.rank(query, limit=9) if match.owner_id in admitted]

    assert index.rank(query, limit=9, among=admitted) == kept


@given(SOME_EVIDENCE, QUERIES, st.sets(st.integers(1, 6)))
def test_who_is_asked_about_by_name_is_told_as_in_the_list(evidence, query, named):
    index = Index.build(evidence)

    listed = {match.owner_id: match for match in index.rank(query, limit=9) if match.owner_id in named}

    assert [*index.ask(query).of(named)] == [listed[owner_id] for owner_id in sorted(listed)]


@given(SOME_EVIDENCE, QUERIES, st.integers(0, 5))
def test_a_shorter_list_is_the_beginning_of_a_longer_one(evidence, query, limit):
    index = Index.build(evidence)

    assert index.rank(query, limit=limit) == index.rank(query, limit=9)[:limit]


@settings(max_examples=50)
@given(SOME_EVIDENCE.filter(bool), SOME_EVIDENCE, QUERIES)
def test_a_change_and_its_undoing_leave_every_score_as_it_was(evidence, others, query):
    index = Index.build(evidence)
    changed = [Evidence(1, piece.item_id, piece.title, piece.tags, piece.body) for piece in others]

    later = index.updated(changed, gone=[1])
    again = later.updated([piece for piece in evidence if piece.owner_id == 1], gone=[1])

    before, after = index.scores(query), later.scores(query)
    assert {owner: score for owner, score in after.items() if owner != 1} == {
        owner: score for owner, score in before.items() if owner != 1
    }
    assert again.rank(query, limit=9) == index.rank(query, limit=9)


def test_who_changed_is_found_by_the_new_words_and_not_by_the_old():
    later = Index.build(EVIDENCE).updated([Evidence(FARM, "profile", "Đèn đường thông minh")])

    assert owners(later.rank(Query("đèn đường"), limit=9)) == [FARM]
    assert owners(later.rank(Query("sữa bò"), limit=9)) == []
    assert later.rank(Query("đèn đường"), limit=9)[0].items[0].terms[0].term == "Đèn đường"


@settings(max_examples=50)
@given(st.lists(st.builds(Document, PHRASES, st.tuples(PHRASES), PHRASES), min_size=1, max_size=6), QUERIES)
def test_the_contributions_add_up_to_the_score(documents, query):
    postings = post(documents).postings
    question = Question(query.text)

    asked = postings.asked(question)
    scores = postings.score(asked)

    for number in range(len(documents)):
        held = phrases_of(documents[number], question.names)
        added = sum(postings.contributions(asked, {number: held})[number].values())
        assert added == pytest.approx(scores[number], abs=1e-6)


def test_bm25f_of_one_term_is_the_formula_of_the_paper():
    documents = [Document("rác", (), "bụi bụi bụi"), Document("xe", (), "bụi")]

    postings = post(documents).postings
    scores = postings.score(postings.asked(Question(Document("", (), "bụi"))))

    # Lengths count pairs: "bụi bụi bụi" has 3 words and 2 pairs, "bụi" 1 word; the mean is 3. idf is ln(1 + .5 / 2.5).
    heavy, light = 3 / (0.25 + 0.75 * 5 / 3), 1 / (0.25 + 0.75 * 1 / 3)
    idf = 0.1823215567939546
    own = math.log1p(1) * idf
    assert scores.tolist() == pytest.approx([own * heavy / (1.2 + heavy), own * light / (1.2 + light)])
