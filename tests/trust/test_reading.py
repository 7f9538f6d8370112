"""Looking changes nothing: every address of the map, opened by those who may and those who may not."""

import re

import pytest

from tests.trust.addresses import filled, values_for
from tests.trust.dealing import dealt, most

pytestmark = pytest.mark.once

# Reading somebody else's answer, and opening a file of it, is itself put down, in the ledger that outlives the request.
METHODS = ["OPTIONS", "TRACE", "PROPFIND", "PUT", "PATCH", "DELETE"]
LEDGER = {"journal_entry": {"RoomFileOpened", "SolutionFileOpened", "SolutionRead"}}


@pytest.mark.feature("T-004")
def test_opening_every_address_changes_no_row(town):
    assert town.answers

    altered = {name: gone for name, (gone, _new) in town.changed_by_reading.items() if gone}
    added = {name: {row.get("event") for row in new} for name, (_gone, new) in town.changed_by_reading.items()}
    assert altered == {}
    assert added == LEDGER


@pytest.mark.feature("T-004")
def test_asking_for_heads_changes_no_row_and_sends_no_body(town):
    heads = [town.crowd.ask(page.role, "HEAD", page.path) for page in dealt(town.one_page_each(), 2)]

    assert [str(each) for each in heads if each.status != 200 or each.body] == []
    assert town.before.changes() == {}


@pytest.mark.feature("T-004")
def test_signing_out_takes_a_form(app):
    leaving = [rule for rule in app.url_map.iter_rules("security.logout") if "GET" in rule.methods]

    assert leaving == []


@pytest.mark.feature("T-005")
def test_no_header_and_no_field_makes_a_reading_a_writing(town):
    headers = [(name, "POST") for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")]
    answered = []
    for form in dealt(town.forms, 3):
        query = "&".join(f"{name}=1" for name, _value in form.fields)
        path = f"{form.action.partition('?')[0]}?_method=POST&{query}&csrf_token={town.crowd.tokens[form.role]}"
        overridden, plain = town.crowd.get(form.role, path, headers=headers), town.crowd.get(form.role, path)
        same = (overridden.status, overridden.location) == (plain.status, plain.location)
        answered += [] if same else [str(overridden)]

    assert answered == []
    altered = town.before.changes(everywhere=True)
    added = {name: {row.get("event") for row in new} for name, (_gone, new) in altered.items()}
    assert [name for name, (gone, _new) in altered.items() if gone] == []
    assert {name: events - LEDGER.get(name, set()) for name, events in added.items()} in ({}, {"journal_entry": set()})


@pytest.mark.feature("T-024")
@pytest.mark.parametrize("method", METHODS)
def test_other_methods_are_refused_everywhere(town, method):
    rules = sorted({rule.rule for rule in town.app.url_map.iter_rules() if rule.endpoint != "static"})
    some = dealt(rules, len(METHODS), place=METHODS.index(method))

    answers = [town.crowd.ask("operator", method, town.addresses(rule)[0]) for rule in some]

    assert [str(each) for each in answers if each.status not in {404, 405}] == []
    assert town.before.changes() == {}


@pytest.mark.feature("T-024")
@pytest.mark.parametrize(
    "path",
    ["/debug", "/console", "/.git/HEAD", "/.env", "/metrics", "/server-status", "/instance/x", "/?__debugger__=yes"],
)
def test_nothing_of_the_machine_shows(town, path):
    answer = town.crowd.get("visitor", path)

    assert answer.status == (200 if path.startswith("/?") else 404)
    assert "Traceback" not in answer.html


@pytest.mark.feature("T-024")
def test_health_tells_no_secret(town):
    plain, verbose = (town.crowd.get("visitor", path).html for path in ("/healthz", "/healthz?verbose=1"))
    names = ("SECRET_KEY", "SQLALCHEMY_DATABASE_URI", "FILES_FOLDER")
    secrets = [town.app.config[name] for name in names]

    assert [secret for secret in secrets if secret in plain or secret in verbose] == []


@pytest.mark.feature("T-019")
@pytest.mark.parametrize(
    "path",
    [
        "/static/..%2f..%2finstance/app.db",
        "/static/../marketplace/app.py",
        "/static/%2e%2e/wsgi.py",
        "/static/..%5c..%5cwsgi.py",
        "/static/%00",
        "/static/site.css%00.png",
    ],
)
def test_no_path_leads_out_of_the_static_folder(town, path):
    assert town.crowd.get("visitor", path).status in {400, 404}


@pytest.mark.feature("T-019")
def test_no_private_page_is_kept_because_its_address_looks_like_a_file(town):
    pages = [each for each in town.one_page_each() if each.role != "visitor" and not each.path.startswith("/static/")]

    tails = [town.crowd.get(each.role, f"{each.path.rstrip('/')}/x.css") for each in dealt(pages, 3)]

    kept = [str(each) for each in tails if each.status == 200 or "private" not in each.headers["Cache-Control"]]
    assert kept == []


@pytest.mark.feature("T-022", "T-111")
@pytest.mark.parametrize("role", ["visitor", "outsider"])
def test_what_is_hidden_answers_exactly_as_what_is_not_there(town, role):
    told = []
    for _endpoint, rule in town.rules("GET"):
        for values in values_for(rule, town.places)[: most(2)] if "<" in rule and "<path:" not in rule else []:
            real = town.crowd.get(role, filled(rule, values))
            absent = [re.sub("[A-Za-z1-9]", "0", value) for value in values]
            if real.status == 404 and _plain(real) != _plain(town.crowd.get(role, filled(rule, absent))):
                told.append(str(real))

    assert told == []


def _plain(answer):
    """What the page says, without its own address, the form's token and the number of the request."""
    text = answer.html.replace(answer.path, "/")
    return answer.status, re.sub(r'\b[0-9a-f]{12}\b|name="csrf_token" value="[^"]+"', "", text)
