"""Recomputing the whole journal: every line's hash, every place in the tree, every signed head."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select

from marketplace.accounts.models import Person
from marketplace.audit import merkle, notes
from marketplace.audit.checkpoints import signer
from marketplace.audit.lines import leaf_of
from marketplace.audit.models import Checkpoint, JournalEntry
from marketplace.db import db


@dataclass(frozen=True)
class Fault:
    """The first thing that does not fit: a line of the journal by its row, or a checkpoint by its size."""

    what: str
    number: int
    why: str


def first_fault() -> Fault | None:
    """Recompute every line's hash, every place, every checkpoint's root and signature; None if all is as signed."""
    tree, checkpoints = merkle.Frontier(), list(db.session.scalars(select(Checkpoint).order_by(Checkpoint.size)))
    for entry_id, index, kept, computed in _recomputed():
        if kept != computed:
            return Fault("line", entry_id, "its content does not give its hash")
        if index is None:
            continue
        if index != tree.size:
            return Fault("line", entry_id, f"it stands at place {index}, where {tree.size} is next: a line is missing")
        tree.append(bytes.fromhex(kept))
        while checkpoints and checkpoints[0].size == tree.size:
            if why := _why_wrong(checkpoints.pop(0), tree):
                return Fault("checkpoint", tree.size, why)
    if checkpoints:
        return Fault("checkpoint", checkpoints[0].size, f"only {tree.size} lines are left of those it signed")
    return None


def _recomputed() -> Iterator[tuple[int, int | None, str, str]]:
    """Every line: row, place, kept hash and the hash its content gives; those in the tree first, by place."""
    for row in db.session.execute(_in_order().execution_options(yield_per=5000)):
        yield row.id, row.leaf_index, row.leaf_hash, leaf_of(row, actor=row.actor_reference).hex()


def _in_order() -> Select[Any]:
    """Plain columns: a hundred thousand lines are read in seconds, as objects it would take far longer."""
    return (
        select(*JournalEntry.__table__.columns, Person.reference.label("actor_reference"))
        .outerjoin(Person, Person.id == JournalEntry.actor_id)
        .where(or_(JournalEntry.leaf_index.is_not(None), JournalEntry.leaf_hash != ""))
        .order_by(JournalEntry.leaf_index.is_(None), JournalEntry.leaf_index, JournalEntry.id)
    )


def _why_wrong(checkpoint: Checkpoint, tree: merkle.Frontier) -> str:
    try:
        signed = notes.head_of(notes.signed_text(checkpoint.note, signer().verifier_key))
    except notes.BadNote as error:
        return str(error)
    if signed != (tree.size, tree.root()):
        return "the lines before it do not give the root that was signed"
    return "" if checkpoint.root == tree.root().hex() else "its row does not say what was signed"
