"""One of many numbers, as one parameter: a thousand parameters cost more than what they find."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Dialect, Text, TypeDecorator, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine


class _Numbers(TypeDecorator[Sequence[int]]):
    """Numbers as an array, on SQLite as JSON."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else ARRAY(BigInteger))

    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> Any:
        return json.dumps(value) if dialect.name == "sqlite" else value


class _Among(FunctionElement[bool]):
    # It has no type: SQLite would be asked whether a Boolean is 1, and look at every row.
    inherit_cache = True


@compiles(_Among)
def _written(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, numbers = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} = ANY({numbers})"


@compiles(_Among, "sqlite")
def _written_for_sqlite(element: _Among, compiler: SQLCompiler, **options: Any) -> str:
    column, numbers = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({numbers}))"  # nosec B608  # noqa: S608 - from the compiler


def among(column: Any, name: str) -> ColumnElement[bool]:
    """Whether the column holds one of the numbers (a list) that a parameter of this `name` will bring."""
    return _Among(column, bindparam(name, type_=_Numbers()))
