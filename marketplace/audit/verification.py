"""Recomputing the whole journal: every line's hash, every place in the tree, every signed head."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, func, select

from marketplace.accounts.models import Person
from marketplace.audit import merkle, notes
from marketplace.audit.checkpoints import signer
from marketplace.audit.lines import PARTS, hashed_facts, leaf_of_line
from marketplace.audit.models import Checkpoint, JournalEntry
from marketplace.db import db, is_sqlite

_decode = json.JSONDecoder().scan_once  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Fault:
    """The first thing that does not fit: a line of the journal by its row, or a checkpoint by its size."""

    what: str
    number: int
    why: str


def first_fault() -> Fault | None:
    """Recompute every line's hash, every place, every checkpoint's root and signature; None if all is as signed."""
    tree, checkpoints = merkle.Frontier(), list(db.session.scalars(select(Checkpoint).order_by(Checkpoint.size)))
    for entry_id, index, kept, leaf in _recomputed():
        if leaf is None or kept != leaf.hex():
            return Fault("line", entry_id, "its content does not give its hash")
        if index is None:
            continue
        if index != tree.size:
            return Fault("line", entry_id, f"it stands at place {index}, where {tree.size} is next: a line is missing")
        tree.append(leaf)
        while checkpoints and checkpoints[0].size == tree.size:
            if why := _why_wrong(checkpoints.pop(0), tree):
                return Fault("checkpoint", tree.size, why)
    if checkpoints:
        return Fault("checkpoint", checkpoints[0].size, f"only {tree.size} lines are left of those it signed")
    return None


def _recomputed() -> Iterator[tuple[int, int | None, str, bytes | None]]:
    """Every line: row, place, kept hash and the leaf its content gives; those in the tree first, by place."""
    waiting = JournalEntry.leaf_index.is_(None) & (JournalEntry.leaf_hash != "")
    for found in (
        _lines().where(JournalEntry.leaf_index.is_not(None)).order_by(JournalEntry.leaf_index),
        _lines().where(waiting).order_by(JournalEntry.id),
    ):
        for entry_id, index, kept, *told in db.session.connection().execute(found.execution_options(yield_per=5000)):
            yield entry_id, index, kept, _leaf(dict(zip(PARTS, told, strict=True)))


def _leaf(line: dict[str, Any]) -> bytes | None:
    """The leaf of a line whose JSON is still text; None where it is none."""
    try:
        line["changes"], line["facts"] = _read(line["changes"]), hashed_facts(_read(line["facts"]))
    except (ValueError, AttributeError, StopIteration):
        return None
    return leaf_of_line(line)


def _read(text: str) -> Any:
    """What a JSON column holds; most lines change nothing, which needs no reading."""
    if text == "{}":
        return {}
    value, end = _decode(text, 0)
    if end != len(text):
        raise ValueError(text)
    return value


def _lines() -> Select[Any]:
    """Plain columns, JSON and moments as text: as objects a hundred thousand lines would take several times as long."""
    entry = JournalEntry
    things = (entry.event, entry.object_type, entry.object_reference, entry.object_name)
    columns: list[Any] = [
        *(entry.id, entry.leaf_index, entry.leaf_hash, _moment_as_hashed(), Person.reference, *things),
        *(cast(entry.changes, Text), cast(entry.facts, Text)),
    ]
    return select(*columns).outerjoin(Person, Person.id == entry.actor_id)


def _moment_as_hashed() -> ColumnElement[str]:
    """ISO 8601 in UTC with microseconds, as lines.line_of writes it."""
    if is_sqlite():
        return func.replace(cast(JournalEntry.at, Text), " ", "T") + "+00:00"
    return func.to_char(func.timezone("UTC", JournalEntry.at), 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')


def _why_wrong(checkpoint: Checkpoint, tree: merkle.Frontier) -> str:
    try:
        signed = notes.head_of(notes.signed_text(checkpoint.note, signer().verifier_key))
    except notes.BadNote as error:
        return str(error)
    if signed != (tree.size, tree.root()):
        return "the lines before it do not give the root that was signed"
    return "" if checkpoint.root == tree.root().hex() else "its row does not say what was signed"
