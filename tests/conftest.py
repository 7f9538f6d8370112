"""One migrated database for each testing process, emptied after every test; real Chromium where it is installed."""

import gc
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from hypothesis import settings as hypothesis_settings
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Engine, create_engine, event, text
from xdist.scheduler import LoadScopeScheduling

from marketplace.app import ROOT, create_app
from marketplace.db import db
from marketplace.settings import Settings
from tests.browsing import served
from tests.site import Site
from tests.snapshot import filled_tables

# What stays until the end is not looked through again and again: a tenth of the time.
gc.set_threshold(50_000, 20, 50)

# The sweeps over the whole city stay in one process, the stories are a minute each.
LONGEST = ("trust", "stories", "browser")

# How long an example takes says more about the machine than about the code. Other examples are drawn in each run.
hypothesis_settings.register_profile("house", deadline=None, max_examples=500 if os.environ.get("DEEP") else 50)
hypothesis_settings.load_profile("house")


class OneCity(LoadScopeScheduling):
    """Every test goes to the next free process, but those of tests/trust to one, so that the city is built once.

    Said here and not by xdist_group: pytest 9.2 no longer takes the names that xdist 3.8 writes groups into.
    """

    def _split_scope(self, nodeid: str) -> str:
        return "tests/trust" if nodeid.startswith("tests/trust/") else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """What deals the tests to processes."""
    return OneCity(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no process waits for one at the end.

    On PostgreSQL only what asks a database is tested: the rest said the same on SQLite a moment ago. What answers alike
    on every database (marked `once`: how a page looks, who may open it) is not asked again either.
    """
    items.sort(key=lambda item: next((place for place, part in enumerate(LONGEST) if part in item.path.parts), 9))
    if not os.environ.get("TEST_DATABASE_URL"):
        return
    same = [item for item in items if "database_url" not in item.fixturenames or item.get_closest_marker("once")]
    config.hook.pytest_deselected(items=same)
    items[:] = [item for item in items if item not in set(same)]


@pytest.fixture(scope="session")
def instance() -> Iterator[Path]:
    """A folder in memory where there is one: what is tested here is not the disk."""
    shm = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="ba-nha-", dir=shm if shm.is_dir() else None))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """A database of this process's own: PostgreSQL where TEST_DATABASE_URL names a server, else SQLite."""
    server = os.environ.get("TEST_DATABASE_URL", "")
    if not server:
        yield ""
        return
    name = f"test_{uuid.uuid4().hex[:12]}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"create database {name}"))
    yield engine.url.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"drop database if exists {name} with (force)"))
    engine.dispose()


@pytest.fixture(scope="session")
def settings(instance: Path, database_url: str) -> Settings:
    return Settings(
        instance=str(instance),
        database_url=database_url,
        base_url="http://localhost",
        demo=True,
        # tests travel through months as whoever they need; test_second_factor asks for what is asked in life
        session_hours=24 * 365,
        second_factor_for="",
    )


@event.listens_for(Engine, "connect")
def _answer_in_no_order(connection: Any, _record: Any) -> None:
    """Rows that nobody asked to be ordered come last first, so that nothing trusts the order they were written in.

    PostgreSQL gives them in an order of its own, another one each time a row is changed.
    """
    if type(connection).__module__.startswith("sqlite3"):
        connection.execute("PRAGMA reverse_unordered_selects=ON")


def compiled_templates() -> Path:
    """Where templates are kept as bytecode: a folder for each version of what compiles them."""
    folder = ROOT / "build" / f"templates-{version('jinja2')}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def made_app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    # compiled once for all processes and both databases: ten seconds of each
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(compiled_templates()))
    app.config["TESTING"] = False  # faults are answered with pages, as they are in life
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        db.session.remove()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(made_app: Flask) -> Iterator[Flask]:
    """The site with an empty database."""
    with made_app.app_context():
        yield made_app
        db.session.rollback()
        _empty()
        db.session.remove()
    shutil.rmtree(made_app.config["FILES_FOLDER"], ignore_errors=True)


@pytest.fixture
def visitor(app: Flask) -> Site:
    """Somebody without an account."""
    return Site(app)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, started once for each testing process; its shell without a window takes half the time."""
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if path is None:
        pytest.skip("Chromium is not installed (as root: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The site as a browser of this machine reaches it."""
    with served(app) as found:
        yield found


def _empty() -> None:
    sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.connect() as connection:
        if sqlite:
            raw = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys=OFF")
        else:
            connection.execute(text("set session_replication_role = replica"))
        for table in filled_tables(connection):
            connection.execute(table.delete())
        connection.commit()
        if sqlite:
            raw.execute("PRAGMA foreign_keys=ON")
        else:
            connection.execute(text("set session_replication_role = default"))
            connection.commit()
