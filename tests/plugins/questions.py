"""Which questions the product asks the database in each test, so that the second database is asked them all.

The suite runs whole on SQLite and notes each kind of statement that the product sends in a test (QUESTIONS=PATH); what
tests ask to see whether it was right is not the product's. Run again on PostgreSQL with the same path, it takes the
tests that between them send every kind, the cheapest first, and all that are marked `each_database`: those about what
databases do differently (locks, clocks, limits, order). The rest would send PostgreSQL what it has just answered.
Without the path, or with DEEP=1, every test that asks a database is run.
"""

import heapq
import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Set
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from sqlalchemy import Engine, event

PATH = Path(os.environ["QUESTIONS"]) if os.environ.get("QUESTIONS") and not os.environ.get("DEEP") else None
SECOND = bool(os.environ.get("TEST_DATABASE_URL"))
# However many values a list has, none among them, it is one kind of question.
LISTS = re.compile(r"\([\s?,()]*\?[\s?,()]*\)|\(SELECT 1 FROM \(SELECT 1\) WHERE 1!=1\)")
# What is written comes together as somebody happens to have changed it: each column in its place is a question.
WRITING = re.compile(
    r"UPDATE (\w+) SET ((?:\w+=\?(?:, )?)+)( WHERE .*)?|INSERT INTO (\w+) \(([\w, \"]+)\) VALUES (.*)", re.DOTALL
)
ROOT = f"{Path(__file__).parents[2]}/"
PRODUCT = (f"{ROOT}marketplace/", f"{ROOT}templates/")

_kinds: dict[str, frozenset[int]] = {}
_asked: set[int] = set()
Asked = dict[str, tuple[float, list[int]]]


def kinds_of(statement: str) -> frozenset[int]:
    """Numbers for what it asks; statements that differ at most in how many values their lists hold have the same."""
    plain = LISTS.sub("(?)", statement)
    if found := WRITING.fullmatch(plain):
        changed, columns, where, filled, names, values = found.groups()
        parts = [f"{changed or filled} {each} {where or values}" for each in (columns or names).split(", ")]
    else:
        parts = [plain]
    return frozenset(crc32(part.encode("utf-8", "replace")) for part in parts)


def is_asked_by_the_product() -> bool:
    """For who listens to statements: of our own code a page, a deed or a template is nearest, no test, no migration."""
    frame = sys._getframe(2)
    while frame is not None:
        place = frame.f_code.co_filename
        if place.startswith(ROOT) and ".venv" not in place:
            return place.startswith(PRODUCT)
        frame = frame.f_back
    return False


def cheapest_cover(asked: Asked, *, chosen: Set[str] = frozenset()) -> set[str]:
    """Tests that between them ask every question, beside those chosen already.

    Greedy: always the test with the most new questions for its seconds (Chvatal 1979, weighted set cover); then those
    are left out, the longest first, whose questions later ones ask too.
    """
    known = {kind for name in chosen if name in asked for kind in asked[name][1]}
    found = set()
    waiting = [(-len(kinds) / (seconds + 0.05), name) for name, (seconds, kinds) in asked.items() if name not in chosen]
    heapq.heapify(waiting)
    while waiting:
        _worth, name = heapq.heappop(waiting)
        seconds, kinds = asked[name]
        worth = -len({*kinds} - known) / (seconds + 0.05)
        if waiting and worth > waiting[0][0]:
            if worth < 0:
                heapq.heappush(waiting, (worth, name))
        elif worth < 0:
            found.add(name)
            known |= {*kinds}
    times = Counter(kind for name in {*chosen, *found} & asked.keys() for kind in {*asked[name][1]})
    for name in sorted(found, key=lambda each: -asked[each][0]):
        if all(times[kind] > 1 for kind in asked[name][1]):
            found.remove(name)
            times.subtract({*asked[name][1]})
    return found


class Notes:
    """Collects what the tests asked, in the process that has all reports."""

    def __init__(self, path: Path) -> None:
        self.path, self.asked = path, {}
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up what a test took, and keep what it asked."""
        self.seconds[report.nodeid] += report.duration
        for kinds in (value for key, value in report.user_properties if key == "asked"):
            self.asked[report.nodeid] = kinds

    def pytest_sessionfinish(self) -> None:
        """Write seconds and questions of each test; those that were skipped are not there."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        told = {name: (round(self.seconds[name], 2), kinds) for name, kinds in self.asked.items()}
        self.path.write_text(json.dumps(told), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Listen where the first run notes what it asks."""
    if PATH and not SECOND:
        event.listen(Engine, "before_cursor_execute", _note)
        if not hasattr(config, "workerinput"):
            config.pluginmanager.register(Notes(PATH), "notes of questions")


def _note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    kinds = _kinds.get(statement)
    if kinds is None:
        kinds = _kinds[statement] = kinds_of(statement)
    if not kinds <= _asked and is_asked_by_the_product():
        _asked.update(kinds)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On the second database, leave out what would only ask again."""
    if not (PATH and SECOND and PATH.exists()):
        return
    asked: Asked = json.loads(PATH.read_text(encoding="utf-8"))
    candidates = [item for item in items if "database_url" in item.fixturenames and not item.get_closest_marker("once")]
    here = {item.nodeid for item in candidates}
    always = {item.nodeid for item in candidates if item.get_closest_marker("each_database")}
    always |= here - asked.keys()  # new, or skipped on the first
    wanted = always | cheapest_cover({name: asked[name] for name in here & asked.keys()}, chosen=always)
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in wanted])
    items[:] = [item for item in items if item.nodeid in wanted]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item):
    """Every test begins without questions."""
    _asked.clear()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    """Put the questions into the report of the call."""
    if call.when == "call" and PATH and not SECOND:
        item.user_properties.append(("asked", sorted(_asked)))
    return (yield)
