"""The engine of this site: as SEARCH_ENGINE says, else that of its database."""

from flask import current_app

from marketplace.db import is_sqlite
from marketplace.search.engines import Engine
from marketplace.search.engines.postgres import PostgresEngine
from marketplace.search.engines.sqlite import SqliteEngine
from marketplace.search.engines.whoosh import WhooshEngine


def chosen_engine() -> Engine:
    """The one engine of the running app; Whoosh keeps its folder open between questions."""
    kept: Engine | None = current_app.extensions.get("search_engine")
    if kept is None:
        kept = current_app.extensions["search_engine"] = _made(current_app.config["SEARCH_ENGINE"])
    return kept


def _made(name: str) -> Engine:
    if name == "whoosh":
        return WhooshEngine(current_app.config["SETTINGS"].folder / "whoosh")
    return SqliteEngine() if is_sqlite() else PostgresEngine()
