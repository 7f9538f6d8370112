"""Engines: which entries hold an expression of terms. Each answers the same; scoring is not theirs."""

from collections.abc import Collection, Sequence
from typing import Protocol

from sqlalchemy import Connection

from marketplace.search.expressions import Expression


class Engine(Protocol):
    """Asks one kind of index; `connection` is that of the transaction which asks or writes."""

    name: str

    def find(self, connection: Connection, expression: Expression, *, limit: int) -> Sequence[int]:
        """The ids of entries that hold the expression, at most `limit`, the newest (highest) first."""

    def frequencies(self, connection: Connection, terms: Collection[str]) -> dict[str, int]:
        """For each term that any entry holds, how many hold it."""

    def create(self, connection: Connection) -> None:
        """Make the index of an empty table of entries."""
