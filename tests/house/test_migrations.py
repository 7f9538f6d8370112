"""The migrations make exactly what the models say, on whichever database this run uses."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from marketplace.app import ROOT, create_app
from marketplace.db import db, is_compared
from marketplace.settings import Settings

MIGRATIONS = ROOT / "migrations"


@pytest.mark.each_database
def test_the_migrated_database_equals_the_models(app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_compared})

        assert compare_metadata(context, db.metadata) == []


def test_the_head_file_names_the_newest_revision():
    names = sorted(path.stem for path in (MIGRATIONS / "versions").glob("*.py"))

    assert (MIGRATIONS / "HEAD").read_text().strip() == names[-1]
    for name in names:
        assert len(name) <= 32, "PostgreSQL keeps no longer name"
        assert f'revision = "{name}"' in (MIGRATIONS / "versions" / f"{name}.py").read_text()


@pytest.mark.once
def test_a_database_that_went_up_goes_down_and_up_again(app, instance: Path):
    # every testing process begins with an empty database that goes up: the first way is not gone again
    folder = instance / "down-and-up"
    folder.mkdir()
    copy = create_app(Settings(instance=str(folder)))
    with db.engine.connect() as connection:
        connection.connection.driver_connection.execute("VACUUM INTO ?", [str(folder / "marketplace.sqlite3")])
    with copy.app_context():
        downgrade(directory=str(MIGRATIONS), revision="base")
        assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}

        upgrade(directory=str(MIGRATIONS))
        assert set(db.metadata.tables) <= set(inspect(db.engine).get_table_names())
        db.engine.dispose()
