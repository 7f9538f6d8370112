"""The landing page, one's own work, health."""

from flask import Blueprint, g
from flask.typing import ResponseReturnValue
from flask_security import auth_required
from sqlalchemy import text

from marketplace import clock
from marketplace.challenges import queries as challenge_queries
from marketplace.db import db
from marketplace.home import queries
from marketplace.pages import me, page

home = Blueprint("home", __name__)


@home.get("/")
def index() -> ResponseReturnValue:
    at = clock.database_now()
    return page("home/index.html", closing=challenge_queries.closing_soon(at), counts=queries.figures(at), at=at)


@home.get("/work")
@auth_required("session")
def work() -> ResponseReturnValue:
    at = clock.database_now()
    waiting = queries.waiting_for(me(), with_drafts="viewing" not in g)
    return page("home/work.html", person=me(), waiting=waiting, at=at)


@home.get("/healthz")
def health() -> ResponseReturnValue:
    db.session.execute(text("select 1"))
    return {"status": "ok"}
