"""What a single line of the journal, or a checkpoint, can prove to somebody who trusts nobody."""

from datetime import UTC
from typing import Any

from sqlalchemy import select

from marketplace.audit import merkle
from marketplace.audit.checkpoints import host, leaves, signer
from marketplace.audit.lines import line_of, reference_of
from marketplace.audit.models import Checkpoint, JournalEntry
from marketplace.db import db


def promise_of(entry: JournalEntry) -> str:
    """The signed promise that this line stands in the journal: made at once, before the line is in the tree."""
    moment = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return signer().sign(f"{host()}/promise\n{entry.leaf_hash}\n{moment}\n")


def proof_of(entry: JournalEntry) -> dict[str, Any] | None:
    """Where the line stands in the tree, and the path (hex) to the first checkpoint that holds it; None before."""
    if entry.leaf_index is None:
        return None
    checkpoint = db.session.scalar(
        select(Checkpoint).where(Checkpoint.size > entry.leaf_index).order_by(Checkpoint.size).limit(1)
    )
    if checkpoint is None:
        return None
    path = merkle.inclusion_proof(entry.leaf_index, leaves(checkpoint.size))
    return {"index": entry.leaf_index, "path": [step.hex() for step in path], "checkpoint": checkpoint.note}


def told_line(entry: JournalEntry) -> dict[str, Any]:
    """The line as it was hashed."""
    return line_of(entry, actor=reference_of(entry))


def growth(earlier: Checkpoint, later: Checkpoint) -> list[str]:
    """The consistency proof (hex) between two checkpoints."""
    return [step.hex() for step in merkle.consistency_proof(earlier.size, leaves(later.size))]
