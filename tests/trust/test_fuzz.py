"""Thousands of requests nobody would send: the site refuses them in words, and never fails.

FUZZ_EXAMPLES=5000 looks further, differently each time; without it the same requests are sent every time.
"""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.trust.addresses import ARGUMENT, filled, values_for
from tests.trust.bad_text import CORPUS, NASTY_QUERIES, queries
from tests.trust.crowd import Sent
from tests.trust.dealing import dealt
from tests.trust.oracle import wrongs

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0"))
LONGEST_ADDRESS = 2_000
TEXTS = st.sampled_from([*CORPUS.values()])
HEADERS = st.sampled_from(
    [
        (),
        (),
        (("HX-Request", "true"),),
        (("HX-Request", "true"), ("HX-Target", "results")),
        (("HX-Request", "true"), ("HX-Target", "<img src=x>"), ("HX-Current-URL", "javascript:alert(1)")),
        (("Referer", "http://evil.example/x"), ("Origin", "null")),
        (("Accept", "application/json"), ("X-Requested-With", "XMLHttpRequest")),
        (("Accept-Language", "xx-%00;q=9"), ("X-Forwarded-For", "127.0.0.1, ::1, <x>")),
    ]
)
NAMES = st.sampled_from(
    [
        *("Đề án.pdf", "../../x.pdf", "C:\\x.pdf", "a\r\nSet-Cookie: x=1.pdf", "\u202egnp.pdf", "đ" * 300 + ".pdf"),
        *("đ", "", ".pdf", "x.pdf\0.exe", "<img src=x>.txt", '"; x="y.csv', "x.svg", "x.html", "a.pdf.exe"),
    ]
)
CONTENTS = st.sampled_from([b"", b"%PDF-1.4", b"<script>alert(1)</script>", b"\0", b"PK\x03\x04", "chữ".encode()])


@st.composite
def addresses(draw, town):
    """A rule of the map with values of the city, or with one that nothing has."""
    rule = draw(st.sampled_from(sorted({rule.rule for rule in town.app.url_map.iter_rules()})))
    values = [*draw(st.sampled_from(values_for(rule, town.places)))]
    if values and draw(st.booleans()):
        place = draw(st.integers(0, len(values) - 1))
        text = draw(TEXTS)
        raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        values[place] = raw[:LONGEST_ADDRESS]
    return filled(rule, values)


@st.composite
def fields(draw, form):
    """The fields of a form, some with bad texts, some twice, some as lists, some missing."""
    sent = []
    for name, value in form.fields:
        deed = draw(st.sampled_from(["keep", "keep", "bad", "bad", "twice", "list", "leave out"]))
        if deed == "twice":
            sent += [(name, value), (name, draw(TEXTS))]
        elif deed != "leave out":
            sent.append((f"{name}[]" if deed == "list" else name, value if deed == "keep" else draw(TEXTS)))
    return sent


@st.composite
def requests(draw, town):
    """Who sends what where: (role, method, address, body or None, headers)."""
    role = draw(st.sampled_from(town.crowd.roles))
    language, headers = draw(st.sampled_from(["", "/en"])), draw(HEADERS)
    query = draw(st.sampled_from(["", "", "", *(f"?{query}" for query in NASTY_QUERIES)]))
    if draw(st.integers(0, 3)) == 0:
        method = draw(st.sampled_from(["GET", "GET", "HEAD", "POST", "DELETE"]))
        return role, method, language + draw(addresses(town)) + query, None, headers
    form = draw(st.sampled_from(town.forms))
    role = draw(st.sampled_from([form.role, form.role, form.role, role]))
    path = form.action if draw(st.integers(0, 5)) else draw(addresses(town))
    files = [(name, draw(NAMES), draw(CONTENTS)) for name in form.uploads for _ in range(draw(st.integers(0, 2)))]
    return role, "POST", language + path + query, Sent(draw(fields(form)), files, draw(st.booleans())), headers


@pytest.mark.feature("T-009", "T-010", "T-014", "T-015", "T-016", "T-034", "T-053", "T-076", "T-104")
def test_no_request_makes_the_site_fail(town):
    @settings(
        max_examples=EXAMPLES or 120,
        derandomize=not EXAMPLES,
        database=None,
        suppress_health_check=[*HealthCheck],
    )
    @given(requests(town))
    def sent_by_anybody(request):
        role, method, path, sent, headers = request
        if sent is not None:
            others = [pair for pair in sent.fields if pair[0] != "csrf_token"]
            sent.fields = [("csrf_token", town.crowd.tokens[role]), *others]
        answer = town.crowd.ask(role, method, path, sent=sent, headers=headers)
        town.before.go_back()
        assert wrongs(answer) == []

    sent_by_anybody()


@pytest.mark.feature("T-015", "T-059", "T-060", "T-062", "T-065")
def test_no_question_of_a_list_makes_the_site_fail(town):
    found = []
    nasty = [*NASTY_QUERIES, *queries(["q", "reference", "next", "phase", "kind"])]
    for place, (_endpoint, rule) in enumerate(each for each in town.rules("GET") if "<" not in each[1]):
        for query in dealt(nasty, 6, place=place):
            answer = town.crowd.get("operator", f"{rule}?{query}")
            found += wrongs(answer)

    assert found == []


@pytest.mark.feature("T-015")
def test_no_argument_of_an_address_makes_the_site_fail(town):
    texts = [value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value for value in CORPUS.values()]
    bad = [text[:LONGEST_ADDRESS] for text in texts if text]
    found = []
    for place, (_endpoint, rule) in enumerate(each for each in town.rules("GET") if ARGUMENT.search(each[1])):
        values = values_for(rule, town.places)[0]
        for text in dealt(bad, 30, place=place):
            found += wrongs(town.crowd.get("manager", filled(rule, [*values[:-1], text])))

    assert found == []
