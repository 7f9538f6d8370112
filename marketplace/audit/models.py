"""The journal: one line for everything that changed, never changed itself; and the signed heads of its tree."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id


class JournalEntry(Base):
    """Who did what to which thing, with the columns before and after."""

    __tablename__ = "journal_entry"
    __table_args__ = (Index("ix_journal_entry_object", "object_type", "object_reference"),)

    id: Mapped[Id]
    at: Mapped[At]
    actor_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"), index=True)
    event: Mapped[str] = mapped_column(String(80), index=True)
    object_type: Mapped[str] = mapped_column(String(60))
    object_reference: Mapped[str] = mapped_column(String(60))
    object_name: Mapped[str] = mapped_column(String(300))
    # by column name: the value before and the value after
    changes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # hash (hex) of the line as lines.line_of writes it, a leaf of RFC 6962; empty on lines older than the tree
    leaf_hash: Mapped[str] = mapped_column(String(64), default="", server_default="")
    # place in the tree, from 0; a line has none while it is sealed, so that the tree's size tells nothing of it
    leaf_index: Mapped[int | None] = mapped_column(BigInt, unique=True)

    actor: Mapped[Person | None] = relationship()


class Checkpoint(Base):
    """A signed head of the tree over the journal: that many lines, with this root, at that moment."""

    __tablename__ = "checkpoint"

    id: Mapped[Id]
    size: Mapped[int] = mapped_column(BigInt, unique=True)
    root: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[At]
    # the reference of the challenge whose closing it seals; for its own page only
    closing_of: Mapped[str | None] = mapped_column(String(20), index=True)
    note: Mapped[str] = mapped_column(Text)

    @property
    def named_closing(self) -> str | None:
        """The challenge that its note names to everybody; of one that only those invited see it names nothing."""
        return self.closing_of if f"\nclosing {self.closing_of}\n" in self.note else None
