"""The ledger of what works: which test shows which feature, and through which pages it went.

    @pytest.mark.feature("24", "N11")

A number of FEATURE_NAMES counts only when a test of it passed and went through a page. Threats and faults of
docs/security.md ("T-069", "F-01") may be named too and need no page. `--features-to PATH` writes the ledger.

The plugin also keeps CI honest: there a test skipped for a missing tool fails.
"""

import os
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import flask
import pytest

from tests.plugins.feature_names import FEATURE_NAMES

THREAT = re.compile(r"[TF]-\d+")
# What a skip's reason begins with when the other run of the suite, on the other database, does the test.
OTHER_DATABASE = ("only on SQLite", "only on PostgreSQL")

_visited: list[tuple[str, str]] = []


def record_page(method: str, rule: str) -> None:
    """Note that the running test asked for a page, as ("GET", "/challenges/<slug>").

    Requests to an application in this process, also from a browser, are noted without being told.
    """
    if (method, rule) not in _visited:
        _visited.append((method, rule))


def _record_request(_app: flask.Flask, **_rest: object) -> None:
    rule = flask.request.url_rule
    # Most tests begin by signing in, so that page alone shows nothing.
    if rule is not None and not rule.rule.endswith("/sign-in") and not rule.endpoint.endswith("static"):
        record_page(flask.request.method, rule.rule)


@dataclass
class Shown:
    """What the tests of one number came to."""

    passed: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    pages: set[tuple[str, str]] = field(default_factory=set)


class Ledger:
    """Collects reports in the process that has them all: with xdist, the one that started the workers."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.shown: dict[str, Shown] = defaultdict(Shown)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note one test under each of its numbers."""
        told = dict(report.user_properties)
        name = report.nodeid
        if report.when != "call" and not report.failed:
            return
        for number in told.get("features", []):
            shown = self.shown[number]
            pages = {(method, rule) for method, rule in told.get("pages", [])}
            if report.failed:
                shown.failed.add(name)
            elif report.passed and (pages or number not in FEATURE_NAMES):
                shown.passed.add(name)
                shown.pages |= pages

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Write the ledger, unless the run broke off."""
        if exitstatus not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(ledger_text(self.shown), encoding="utf-8")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --features-to."""
    parser.addoption("--features-to", metavar="PATH", help="write the ledger of features to this file")


def pytest_configure(config: pytest.Config) -> None:
    """Listen to requests, and collect when asked to."""
    flask.request_started.connect(_record_request)
    path = config.getoption("--features-to")
    if path and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Ledger(Path(config.rootpath, path)), "ledger")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Hand the numbers to the reports."""
    for item in items:
        numbers = _numbers_of(item)
        if numbers:
            item.user_properties.append(("features", numbers))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Refuse a number that nobody gave."""
    unknown = [number for number in _numbers_of(item) if number not in FEATURE_NAMES and not THREAT.fullmatch(number)]
    if unknown:
        pytest.fail(f"there is no feature {', '.join(map(repr, unknown))}", pytrace=False)


def _numbers_of(item: pytest.Item) -> list[str]:
    return sorted({number for marker in item.iter_markers("feature") for number in marker.args})


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item):
    """Every test begins without pages."""
    _visited.clear()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    """Put the pages into the report; in CI, let no skip pass."""
    if call.when == "call":
        item.user_properties.append(("pages", [list(page) for page in _visited]))
    report = yield
    return _honest(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector):
    """In CI, let no skip of a whole module pass."""
    report = yield
    return _honest(report)


def _honest(report):
    """The report, failed if it says skipped where nothing may be skipped."""
    if not os.environ.get("CI") or not report.skipped or hasattr(report, "wasxfail"):
        return report
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    reason = reason.removeprefix("Skipped: ")
    if not reason.startswith(OTHER_DATABASE):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {reason}"
    return report


# ---- the page --------------------------------------------------------------------------------


def ledger_text(shown: dict[str, Shown]) -> str:
    """docs/features.md: the numbers with a test, then those without."""
    working = [number for number in FEATURE_NAMES if number in shown and _works(shown[number])]
    missing = [number for number in FEATURE_NAMES if number not in working]
    threats = sorted(number for number in shown if number not in FEATURE_NAMES and _works(shown[number]))
    lines = [
        "# What works",
        "",
        "Written by `make features` from the tests. A feature is listed when a test that names its number",
        "passed and went through a page.",
        "",
        f"{len(working)} of {len(FEATURE_NAMES)} features have a test.",
        "",
        "| number | feature | tests | pages |",
        "|---|---|---|---|",
    ]
    lines += [_row(number, FEATURE_NAMES[number], shown[number]) for number in working]
    if threats:
        lines += ["", "## Threats and faults with a test", "", "| number | tests |", "|---|---|"]
        lines += [f"| {number} | {_joined(sorted(map(_code, shown[number].passed)))} |" for number in threats]
    lines += ["", "## Without a test", ""]
    lines += [f"* {number} {FEATURE_NAMES[number]}" for number in missing]
    return "\n".join(lines) + "\n"


def _works(shown: Shown) -> bool:
    return bool(shown.passed) and not shown.failed


def _row(number: str, name: str, shown: Shown) -> str:
    tests = _joined(sorted(map(_code, shown.passed)))
    pages = _joined(_code(f"{method} {rule}") for rule, method in sorted((r, m) for m, r in shown.pages))
    return f"| {number} | {name} | {tests} | {pages} |"


def _code(text: str) -> str:
    # A parametrised test may have a bar in its name, which would end the cell.
    return f"`{text}`".replace("|", "\\|")


def _joined(cells) -> str:
    return "<br>".join(cells)
