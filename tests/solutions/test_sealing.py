"""Before closing nobody but the entrant's people can tell whether there is a solution at all."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, select

from marketplace import clock
from marketplace.db import db
from marketplace.files import StoredFile
from marketplace.organisations.stages import Role
from marketplace.solutions import queries, services
from marketplace.solutions.models import Solution
from tests import make
from tests.site import Site
from tests.snapshot import Snapshot
from tests.solutions.entries import a_received_solution, a_solution, received

# What differs between two requests for the same page of the same world.
_CHANGING = re.compile(
    r'name="csrf_token"[^>]*|data-question="[^"]*"|Number of this fault: \w+'
    r"|\d\d:\d\d(:\d\d)?( on \d+ \w+ \d{4} \(Hanoi time\))?|\d+ (hours?|minutes?) left"
)
CANARY = "CHIM HOÀNG YẾN 7f3a"
NOT_COMPARED = {"/healthz"}


class World(dict[tuple[str, str], tuple[int, str]]):
    """What each person was answered at each address, which tables that took, and all rows there were."""

    def __init__(self, app) -> None:
        super().__init__()
        self.asked: dict[tuple[str, str], set[str]] = {}
        self.rows = Snapshot(Path(app.config["FILES_FOLDER"]))

    def is_known(self, key: tuple[str, str], changed: set[str]) -> bool:
        """Whether a page was made of nothing that is in a table that changed: then it is the same page still."""
        return key in self and not self.asked[key] & changed


@contextmanager
def tables_asked() -> Iterator[set[str]]:
    """The tables whose names stand in what the enclosed code sends to the database."""
    asked: set[str] = set()

    def note(_connection, _cursor, statement, *_rest) -> None:
        asked.update(re.findall(r"\w+", statement))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def world(app, sites: dict[str, Site], challenge, *, before: World | None = None) -> World:
    """Every page without a variable part, and those of the challenge and its agency, as each person sees them.

    Of a world that came after another only the pages are opened that read a table which has changed since.
    """
    fixed = [rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments]
    addresses = [address for address in fixed if address not in NOT_COMPARED]
    addresses += [
        f"/challenges/{challenge.slug}",
        f"/challenges/{challenge.slug}/solutions",
        f"/challenges/{challenge.slug}/solutions/new",
        f"/organisations/{challenge.agency.slug}",
        "/challenges?q=ngập&phase=open",
        "/solutions/GP-00000000",
        "/receipts?reference=BN-00000000",
    ]
    seen, changed = World(app), {*before.rows.changes(everywhere=True)} if before else set()
    for name, site in sites.items():
        for address in addresses:
            key = name, address
            if before is not None and before.is_known(key, changed):
                seen[key], seen.asked[key] = before[key], before.asked[key]
                continue
            with tables_asked() as asked:
                site.open(address)
            seen[key], seen.asked[key] = (site.status, _CHANGING.sub("", site.html)), asked
    return seen


@pytest.fixture
def readers(app):
    challenge = make.a_challenge()
    entrant = make.a_member(make.an_organisation("Công ty Mưa Phố"))
    people = {
        "visitor": None,
        "official": make.a_member(challenge.agency),
        "owner of the agency": make.a_member(challenge.agency, Role.OWNER),
        "operator": make.an_operator(),
        "auditor": make.an_auditor(),
        "competitor": make.a_member(make.an_organisation()),
    }
    sites = {name: Site(app, person, language="en") for name, person in people.items()}
    return challenge, entrant, people, sites


@pytest.mark.feature("32", "N14")
def test_two_worlds_with_and_without_a_sealed_solution_look_the_same_to_everybody_else(app, readers):
    challenge, entrant, _people, sites = readers
    without = world(app, sites, challenge)

    solution = a_solution(challenge, entrant, title_vi=CANARY, summary=CANARY)
    services.save_solution(solution, actor=entrant, team=CANARY)
    services.attach_files(solution, actor=entrant, files=[a_file()])
    services.submit_solution(solution, actor=entrant, idempotency_key="k" * 20)
    db.session.commit()
    withheld = world(app, sites, challenge, before=without)

    different = [key for key in without if without[key] != withheld[key]]
    assert different == []
    assert [key for key in withheld if CANARY in withheld[key][1]] == []
    # the crawl goes where it can be seen, so it could have leaked
    own = world(app, {"entrant": Site(app, entrant, language="en")}, challenge)
    assert [CANARY in own["entrant", address][1] for address in ("/work", "/solutions")] == [True, True]


def a_file() -> StoredFile:
    return StoredFile(name=f"{CANARY}.txt", media_type="text/plain", size=1, sha256="a" * 64, uploaded_at=clock.now())


@pytest.mark.feature("32", "T-069")
def test_a_sealed_solution_does_not_exist_at_its_own_address_either(app, readers):
    challenge, entrant, _people, sites = readers
    solution = a_solution(challenge, entrant)
    services.attach_files(solution, actor=entrant, files=[a_file()])
    version = received(solution)
    file = version.files[0]["reference"]
    paths = [f"/solutions/{solution.reference}{path}" for path in ("", "/check", "/edit/team", f"/files/{file}")]

    answers = {site.open(path).status for name, site in sites.items() if name != "visitor" for path in paths}

    assert answers == {404}
    assert {sites["visitor"].open(path).address for path in paths} == {"/en/sign-in"}


@pytest.mark.feature("32")
def test_after_closing_the_agency_opens_it_and_nobody_else(app, readers):
    challenge, entrant, people, sites = readers
    solution = a_received_solution(challenge, entrant)

    with clock.at(challenge.closes_at):
        statuses = {
            name: site.open(f"/solutions/{solution.reference}").status for name, site in sites.items() if people[name]
        }

    assert statuses == {
        "official": 200,
        "owner of the agency": 200,
        "operator": 404,
        "auditor": 404,
        "competitor": 404,
    }


def test_the_seal_is_one_query_for_every_person_and_moment(app, readers):
    challenge, entrant, people, _sites = readers
    solution = a_received_solution(challenge, entrant)
    draft = a_solution(challenge, people["competitor"])
    people |= {"entrant": entrant, "viewer of the agency": make.a_member(challenge.agency, Role.VIEWER)}

    def seen(at):
        found = {name: db.session.scalars(queries.visible_to(person, at=at)).all() for name, person in people.items()}
        return {name: solutions for name, solutions in found.items() if solutions}

    assert seen(challenge.closes_at - clock.timedelta(microseconds=1)) == {"entrant": [solution], "competitor": [draft]}
    assert seen(challenge.closes_at) == {
        "entrant": [solution],
        "competitor": [draft],
        "official": [solution],
        "owner of the agency": [solution],
    }


def test_somebody_who_left_the_organisation_sees_nothing_any_more(app):
    minh = make.a_member(make.an_organisation())
    solution = a_solution(make.a_challenge(), minh)
    site = Site(app, minh, language="en")
    before = site.open(f"/solutions/{solution.reference}").status

    solution.organisation.memberships[0].ended_at = clock.now()
    db.session.commit()

    assert (before, site.open(f"/solutions/{solution.reference}").status) == (200, 404)


def test_received_solutions_are_handed_on_only_after_closing(app):
    challenge = make.a_challenge()
    first = a_received_solution(challenge)
    a_solution(challenge, make.a_member(make.an_organisation()))

    sealed = queries.received_of(challenge)
    with clock.at(challenge.closes_at):
        opened = queries.received_of(challenge)

    assert (list(sealed), list(opened)) == ([], [first])
    assert queries.solution_version(first).number == 1
    assert db.session.scalars(select(Solution)).all() != []
