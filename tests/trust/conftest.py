"""The city is built once and put back before every test."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pytest
from flask import Flask
from lxml.html import tostring

from tests.plugins.questions import PATH, SECOND
from tests.snapshot import Changes, Snapshot
from tests.trust.addresses import Values, filled, places_of, values_for
from tests.trust.crowd import Answer, Crowd
from tests.trust.dealing import DEEP, most
from tests.trust.forms import Form, forms_of
from tests.world import a_world

# Those who between them see every page there is, and what the addresses that they open must hold.
READERS = {"visitor": "", "owner": "", "manager": "", "judge": "", "operator": "", "invited": "/invitations/"}


# The token of a form, and what counts requests.
_OF_THE_READER = re.compile(r'name="csrf_token"[^>]*|\b[0-9a-f]{12}\b')

# Where the run on SQLite notes which reader met forms at which rules, for the run on PostgreSQL: there no test is about
# reading, so it opens only those.
NOTED = PATH.with_name("forms.json") if PATH else None


@dataclass
class Town:
    """What tests of the whole site need: who is there, what is where, and the state of all rows."""

    app: Flask
    crowd: Crowd
    places: dict[str, list[Values]]
    slugs: dict[str, str]
    before: Snapshot
    changed_by_reading: Changes = field(default_factory=dict)
    # reader and rule, where not everything is to be read
    told_to_read: frozenset[tuple[str, str]] = frozenset()

    def addresses(self, rule: str, *, most: int = 1000) -> list[str]:
        """Every address of a rule that leads to something in the city, or so many of them, spread evenly."""
        found = [filled(rule, values) for values in values_for(rule, self.places)]
        return found[:: max(1, -(-len(found) // most))]

    def rules(self, method: str) -> list[tuple[str, str]]:
        """Endpoint and address of every rule of the map with this method."""
        found = [rule for rule in self.app.url_map.iter_rules() if method in (rule.methods or ())]
        return sorted((rule.endpoint, rule.rule) for rule in found)

    @cached_property
    def answers(self) -> list[Answer]:
        """What each reader gets at addresses of every rule; asked for once, since reading changes nothing."""
        found = []
        for role, part in READERS.items():
            for _endpoint, rule in self.rules("GET"):
                if (role, rule) in self.told_to_read or not self.told_to_read:
                    found += self._answers_at([path for path in self._tried(rule) if part in path], role)
        self.changed_by_reading = self.before.changes(everywhere=True)
        self.before.go_back(self.changed_by_reading)
        return found

    def _tried(self, rule: str) -> list[str]:
        """The addresses of a rule, from all over the city first."""
        paths = self.addresses(rule, most=most(4))
        return [path for start in range(4) for path in paths[start::4]]

    def _answers_at(self, paths: list[str], role: str) -> list[Answer]:
        """What the reader gets there; whoever was shown nothing at many addresses of a kind is not sent to the rest."""
        found: list[Answer] = []
        for path in paths:
            if len(found) >= most(2) and not any(answer.status == 200 for answer in found):
                break
            found.append(self.crowd.get(role, path))
        return found

    @cached_property
    def pages(self) -> list[Answer]:
        """The pages among them."""
        return [answer for answer in self.answers if answer.status == 200 and answer.is_page]

    def one_page_each(self) -> list[Answer]:
        """Of the pages that each reader has at the addresses of one rule, the first."""
        adapter = self.app.url_map.bind("localhost")
        found: dict[object, Answer] = {}
        for answer in self.pages:
            found.setdefault((answer.role, adapter.match(answer.path)[0]), answer)
        return list(found.values())

    def different_pages(self) -> list[Answer]:
        """Of these the ones with something of their own: what stands around every page of a reader does not count."""
        if DEEP:
            return self.one_page_each()
        found: dict[object, Answer] = {}
        adapter = self.app.url_map.bind("localhost")
        for answer in self.one_page_each():
            own = [tostring(part, encoding="unicode") for part in answer.tree.xpath("//head|//*[@class][main]")]
            parts = tuple(_OF_THE_READER.sub("", part) for part in own) or answer.html
            found.setdefault((adapter.match(answer.path)[0], parts), answer)
        return list(found.values())

    @cached_property
    def forms(self) -> list[Form]:
        """The different forms on these pages: of those that send the same fields to like addresses the first."""
        found: dict[object, Form] = {}
        adapter = self.app.url_map.bind("localhost")
        for answer in self.pages:
            for form in forms_of(answer.tree, role=answer.role, path=answer.path):
                endpoint, _values = adapter.match(form.action.partition("?")[0], method="POST")
                found.setdefault((endpoint, tuple(each.name for each in form.inputs)), form)
        if NOTED and not SECOND:
            here = {(form.role, adapter.match(form.page, return_rule=True)[0].rule) for form in found.values()}
            NOTED.write_text(json.dumps(sorted(here)), encoding="utf-8")
        return list(found.values())


@pytest.fixture(scope="session")
def built_town(made_app: Flask) -> Town:
    with made_app.app_context():
        world = a_world()
        emails = {role: person.email for role, person in world.people.items()}
        slugs = {name: challenge.slug for name, challenge in world.challenges.items()}
        crowd = Crowd(made_app)
        crowd.enter(emails)
        with made_app.test_request_context():
            places = places_of(world)
        noted = json.loads(NOTED.read_text(encoding="utf-8")) if NOTED and SECOND and NOTED.exists() else []
        only = frozenset((role, rule) for role, rule in noted)
        files = Path(made_app.config["FILES_FOLDER"])
        return Town(made_app, crowd, places, slugs, Snapshot(files), told_to_read=only)


@pytest.fixture
def town(built_town: Town, app: Flask) -> Iterator[Town]:
    built_town.before.come_back()
    with built_town.before.watching():
        yield built_town
