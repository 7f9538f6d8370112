"""Before closing nobody but the entrant's people can tell whether there is a solution at all."""

import pytest
from sqlalchemy import select

from marketplace import clock
from marketplace.db import db
from marketplace.files import StoredFile
from marketplace.organisations.stages import Role
from marketplace.solutions import queries, services
from marketplace.solutions.models import Solution
from tests import make
from tests.site import Site
from tests.solutions.entries import a_received_solution, a_solution, received

CANARY = "CHIM HOÀNG YẾN 7f3a"


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
