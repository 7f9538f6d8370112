"""Every engine gives the same first page: one suite for all of them."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.relevance.vectors import Embedder
from marketplace.search.bench import fill, rank
from marketplace.search.engines.bench import opened
from marketplace.search.finding import find

pytestmark = pytest.mark.each_database

DOCUMENTS = [
    ("Xử lý nước thải làng nghề", "Phường Đại Mỗ cần làm sạch nước thải trước khi xả ra sông Nhuệ.", "vi"),
    ("Wastewater treatment for craft villages", "Small plants for villages. An operator runs them.", "en"),
    ("Cảnh báo ngập úng", "Đà Nẵng và Hà Nội chuyển đổi số đô thị, cảnh báo theo từng đoạn phố.", "vi"),
    ("Đổi mới sáng tạo", "Ứng dụng CNTT và AI trong quản lý đô thị. Thủy lợi, hoà nhập.", "vi"),
    ("Phân loại rác tại nguồn", "Rác thải sinh hoạt; không nói gì về nước.", "vi"),
    ("Y tế in 3D", "An toàn bệnh viện, C++ và R&D, phiên bản 2.5", "vi"),
    ("Digital twin of a city", "AND OR NOT are words too; NEAR( nothing ).", "en"),
]
# What is typed, and the numbers of the documents that hold all of it, the best first.
TYPED = {
    "nước thải": [1, 5, 2],
    "nuoc thai": [1, 5, 2],
    "wastewater": [2, 1],
    "đà nẵng": [3],
    "da nang": [3],
    "chuyển đổi số": [3],
    '"đổi mới sáng tạo"': [4],
    "thuỷ lợi": [4],
    "công nghệ thông tin": [4],
    "y tế": [6],
    "in": [6],
    "C++": [6],
    "đô thị -ngập": [4],
    "đô thị NOT ngập": [4],
    "(rác OR ngập) đô": [3],
    "title:rác": [5],
    "field:en": [7, 2],
    "NOT field:vi": [7, 2],
    '"nước làng"': [],
    '"làm sạch nước thải"': [1],
    '"sạch thải nước"': [],
}


ROWS = [{"id": str(n), "title": t, "text": x, "lang": lang} for n, (t, x, lang) in enumerate(DOCUMENTS, start=1)]


@pytest.fixture(scope="module", params=["sqlite", "postgres", "whoosh"])
def engine(request, database_url):
    """The name of each engine that this machine has, and its address."""
    if request.param == "postgres" and not database_url:
        pytest.skip("only on PostgreSQL")
    if request.param == "whoosh":
        pytest.importorskip("whoosh")
    return request.param, database_url


@pytest.fixture(scope="module")
def index(engine):
    """An index of DOCUMENTS in each engine."""
    with opened(*engine) as (connection, opened_engine):
        fill(connection, opened_engine, ROWS)
        yield lambda text, **facts: find(connection, opened_engine, text, facts=facts, counted=True)


@pytest.mark.parametrize("typed", TYPED)
def test_each_engine_finds_the_same(index, typed):
    hits = index(typed).hits

    assert [hit.number for hit in hits if hit.has_all] == TYPED[typed]


def test_all_words_come_before_some(index):
    found = index("nước thải sông khôngcó")

    assert [hit.has_all for hit in found.hits] == [False] * len(found.hits)
    assert found.hits[0].number == 1
    assert found.unknown == ("khongco",)


def test_facts_narrow_down_and_facets_count(index):
    assert [hit.number for hit in index("nước thải", field="en").hits if hit.has_all] == [2]
    for narrowed in ({}, {"field": "en"}):
        assert index("nước thải", **narrowed).facets["field"] == {"vi": 2, "en": 1}


def test_one_scoring_model_gives_the_scores(index):
    scores = [round(hit.score, 3) for hit in index("nước thải").hits if hit.has_all]

    assert scores == [3.389, 1.189, 0.665]


def test_each_engine_gives_the_same_order_with_vectors(engine):
    """Of texts that are as near as they have letters in common."""

    def read(texts):
        counts = np.array([[text.casefold().count(chr(letter)) for letter in range(97, 123)] for text in texts])
        return (counts / np.linalg.norm(counts, axis=1, keepdims=True)).astype(np.float32)

    asked = [{"id": "vi", "text": "nước thải sông"}, {"id": "en", "text": "a small city of water?", "doc_lang": "en"}]
    embedder = Embedder(passages=read, query=lambda text: read([text])[0])
    with opened(*engine) as (connection, opened_engine):
        found = list(rank(connection, opened_engine, ROWS, queries=asked, embedder=embedder))

    assert "".join(document for query, document, _score in found if query == "vi") == "1573426"
    assert "".join(document for query, document, _score in found if query == "en") == "27"


@settings(max_examples=60)
@given(text=st.text(max_size=200) | st.text(alphabet='"()-:ANDORTi t*', max_size=60))
def test_any_text_is_a_valid_query(index, text):
    assert len(index(text).hits) <= len(DOCUMENTS)


@pytest.mark.parametrize(
    "typed",
    ["(" * 1_000 + "a", "NOT " * 500 + "a", "-" * 500 + "a", "a " * 2_000, '"' * 999, " OR ".join("abcdefghij" * 60)],
)
def test_long_and_deep_queries_are_answered(index, typed):
    begin = datetime.now(UTC)

    index(typed)

    assert (datetime.now(UTC) - begin).total_seconds() < 30
