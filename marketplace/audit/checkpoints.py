"""Putting lines of the journal into the tree, and signing its head."""

from collections.abc import Sequence
from datetime import UTC, timedelta
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from marketplace import clock
from marketplace.audit import merkle, notes
from marketplace.audit.lines import leaf_of, reference_of
from marketplace.audit.models import Checkpoint, JournalEntry
from marketplace.audit.queries import is_unsealed
from marketplace.db import db
from marketplace.jobs import periodic

EVERY = timedelta(minutes=10)


def signer() -> notes.Signer:
    """The site's name and its signing key."""
    return notes.Signer(host(), current_app.config["SIGNING_SEED"])


def origin() -> str:
    """What the checkpoints are of."""
    return f"{host()}/journal"


def host() -> str:
    """The name under which the site signs."""
    return urlsplit(current_app.config["BASE_URL"]).netloc


@periodic("sign_journal", EVERY)
def sign_journal() -> None:
    """Sign the head of the tree if lines were added since the last checkpoint."""
    add_checkpoint()


def add_checkpoint(*, closing_of: str | None = None, named: bool = True) -> Checkpoint | None:
    """Put every line that is not sealed into the tree, in the order of their writing, and sign its head.

    The head names the challenge whose closing it seals, unless not `named`: everybody reads it.
    Answers None where no line was added. Sealed lines follow when they are opened: before, the size of the tree would
    tell how busy entrants are. Two at once: the unique place of a line lets only one of them commit.
    """
    size = db.session.scalar(select(func.count()).where(JournalEntry.leaf_index.is_not(None))) or 0
    waiting = db.session.scalars(
        select(JournalEntry)
        .where(JournalEntry.leaf_index.is_(None), is_unsealed(clock.database_now()))
        .options(joinedload(JournalEntry.actor))
        .order_by(JournalEntry.id)
    ).all()
    if not waiting:
        return None
    for index, entry in enumerate(waiting, start=size):
        entry.leaf_index = index
        entry.leaf_hash = entry.leaf_hash or leaf_of(entry, actor=reference_of(entry)).hex()
    db.session.flush()
    checkpoint = _signed(size + len(waiting), closing_of, named=named)
    db.session.add(checkpoint)
    db.session.flush()
    return checkpoint


def _signed(size: int, closing_of: str | None, *, named: bool) -> Checkpoint:
    root, made_at = merkle.root_of(leaves(size)), clock.database_now().astimezone(UTC)
    more = (f"time {made_at:%Y-%m-%dT%H:%M:%SZ}", *([f"closing {closing_of}"] if closing_of and named else []))
    note = signer().sign(notes.checkpoint_text(origin(), size=size, root=root, more=more))
    return Checkpoint(size=size, root=root.hex(), made_at=made_at, closing_of=closing_of, note=note)


def leaves(size: int) -> Sequence[bytes]:
    """The hashes of the first `size` lines of the tree."""
    found = select(JournalEntry.leaf_hash).where(JournalEntry.leaf_index < size).order_by(JournalEntry.leaf_index)
    return [bytes.fromhex(leaf) for leaf in db.session.scalars(found)]
