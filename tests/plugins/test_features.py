import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

SUITE = """
import flask
import pytest

@pytest.fixture
def client():
    app = flask.Flask("shop")
    app.add_url_rule("/challenges/<slug>", "show", lambda slug: slug)
    return app.test_client()

@pytest.mark.feature("93", "T-069")
def test_through_a_page(client):
    client.get("/challenges/flood")
    client.get("/nothing")

@pytest.mark.feature("94")
def test_without_a_page():
    pass

@pytest.mark.feature("95")
def test_that_fails(client):
    client.get("/challenges/flood")
    assert False

@pytest.mark.feature("95")
def test_that_passes_beside_it(client):
    client.get("/challenges/flood")
"""


def run_pytest(folder, source, *arguments, ci=False):
    (folder / "test_it.py").write_text(source)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = feature(*numbers): numbers\n")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CI", "PYTEST"))}
    # Only what is needed: a browser, a fuzzer and a coverage reader take seconds to load.
    environment |= {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"} | ({"CI": "true"} if ci else {})
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.plugins.features", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_a_feature_counts_only_when_its_tests_passed_and_went_through_a_page(tmp_path):
    run_pytest(tmp_path, SUITE, "--features-to", "features.md")

    rows = [line for line in (tmp_path / "features.md").read_text().splitlines() if line.startswith(("| 9", "| T"))]
    assert rows == [
        "| 93 | Full-text public search with facets | `test_it.py::test_through_a_page` | `GET /challenges/<slug>` |",
        "| T-069 | `test_it.py::test_through_a_page` |",
    ]


def test_workers_tell_the_same_ledger(tmp_path):
    run_pytest(tmp_path, SUITE, "--features-to", "alone.md")
    run_pytest(tmp_path, SUITE, "--features-to", "workers.md", "-p", "xdist", "-n", "1")

    assert (tmp_path / "workers.md").read_text() == (tmp_path / "alone.md").read_text()


def test_a_number_that_nobody_gave_fails(tmp_path):
    done = run_pytest(tmp_path, "import pytest\n@pytest.mark.feature('199')\ndef test_it(): pass\n")

    assert "there is no feature '199'" in done.stdout
    assert done.returncode == 1


def test_in_ci_a_test_skipped_for_a_missing_tool_fails(tmp_path):
    source = "import pytest\ndef test_it(): pytest.skip('there is no Chromium')\n"

    at_home = run_pytest(tmp_path, source)
    in_ci = run_pytest(tmp_path, source, ci=True)

    assert (at_home.returncode, in_ci.returncode) == (0, 1)
    assert "skipped, which CI does not allow: there is no Chromium" in in_ci.stdout


def test_in_ci_a_module_skipped_for_a_missing_tool_fails(tmp_path):
    done = run_pytest(tmp_path, "import pytest\npytest.importorskip('no_such_module')\n", ci=True)

    assert done.returncode == 2


def test_in_ci_a_test_for_the_other_database_may_be_skipped(tmp_path):
    done = run_pytest(tmp_path, "import pytest\ndef test_it(): pytest.skip('only on PostgreSQL')\n", ci=True)

    assert done.returncode == 0
