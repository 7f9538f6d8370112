"""What would be asked of the database many times and is asked once; no answer is ever older than its deed or page."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

from flask import request
from sqlalchemy import ColumnElement, Select, bindparam, inspect, select
from sqlalchemy.orm import Mapper
from sqlalchemy.orm.attributes import set_committed_value

from marketplace.db import db, reads_only

Things = ParamSpec("Things")
Answer = TypeVar("Answer")


def asked_once(question: Callable[Things, Answer]) -> Callable[Things, Answer]:
    """A question that the parts of one page ask the database once for all of them; nobody changes its answer.

    Only within a request that only reads, where nothing changes what it says: a deed asks anew each time.
    """

    @wraps(question)
    def ask(*things: Things.args, **named: Things.kwargs) -> Answer:
        if not reads_only():
            return question(*things, **named)
        known: dict[Any, Any] = request.environ.setdefault("marketplace.asked", {})
        asked = (question, things, tuple(named.items()))
        if asked not in known:
            known[asked] = question(*things, **named)
        return known[asked]

    return ask


def know_what_is_empty(thing: Any, *parts: str) -> None:
    """Read which parts of this thing have no row: one statement says it for all, instead of one for each.

    A part is a relationship's name, or "challenge.amendments" for a part of what belongs to it.
    """
    state = inspect(thing)
    row = db.session.execute(_what_there_is(state.mapper, parts), {"thing": state.identity[0]}).one()
    for part, is_there in zip(parts, row, strict=True):
        if not is_there:
            *way, name = part.split(".")
            owner = getattr(thing, way[0]) if way else thing
            is_list = inspect(owner).mapper.relationships[name].uselist
            set_committed_value(owner, name, [] if is_list else None)


@cache
def _what_there_is(mapper: Mapper[Any], parts: tuple[str, ...]) -> Select[Any]:
    asked: list[Any] = [_has_any(mapper, part) for part in parts]
    return select(*asked).where(mapper.class_.id == bindparam("thing"))


def _has_any(mapper: Mapper[Any], part: str) -> ColumnElement[bool]:
    name, _, rest = part.partition(".")
    related, column = mapper.relationships[name], getattr(mapper.class_, name)
    row = _has_any(related.mapper, rest) if rest else None
    return column.any(row) if related.uselist else column.has(row)
