"""The journal: one line for everything that changed, never changed itself."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
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

    actor: Mapped[Person | None] = relationship()
