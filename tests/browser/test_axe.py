"""axe finds nothing on the pages that most people meet, on a phone in Vietnamese and on a desk in English."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from marketplace.organisations.stages import Role
from tests import make
from tests.browsing import Reader

pytestmark = [pytest.mark.browser, pytest.mark.once]
PUBLIC = (
    "/",
    "/challenges",
    "/sign-in",
    "/sign-up",
    "/organisations",
    "/results",
    "/glossary",
    "/receipts",
    "/no-page",
)
SETTINGS = [("vi", 360), ("en", 1280)]


def _violations(reader: Reader, paths: list[str]) -> list[tuple[str, str, str]]:
    found = []
    for path in paths:
        reader.open(path)
        for rule in Axe().run(reader.page).response["violations"]:
            found.append((path, rule["id"], rule["nodes"][0]["html"][:200]))
    return found


@pytest.mark.parametrize(("language", "width"), SETTINGS)
def test_axe_finds_nothing_on_public_pages(app, chromium, address, language, width):
    challenge = make.a_challenge()
    make.evidence(challenge.agency, "Dự án")
    reader = Reader(chromium, app=app, address=address, language=language)
    reader.page.set_viewport_size({"width": width, "height": 900})

    found = _violations(reader, [*PUBLIC, f"/challenges/{challenge.slug}", f"/organisations/{challenge.agency.slug}"])

    assert found == []
    reader.leave()


@pytest.mark.parametrize(("language", "width"), SETTINGS)
def test_axe_finds_nothing_on_the_pages_of_work(app, chromium, address, language, width):
    agency = make.an_agency()
    lan = make.a_member(agency, Role.OWNER)
    challenge = make.a_draft_challenge(agency)
    sections = [f"/challenges/{challenge.slug}/edit/{name}" for name in ("statement", "timetable", "criteria")]
    paths = ["/work", "/account", "/challenges/new", f"/challenges/{challenge.slug}/edit", *sections]
    reader = Reader(chromium, app=app, address=address, language=language).enter(lan)
    reader.page.set_viewport_size({"width": width, "height": 900})

    assert _violations(reader, paths) == []
    reader.leave()
