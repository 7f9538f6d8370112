"""What search finds: one row for each thing that everybody may see, written in the transaction of the thing itself."""

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.db import At, Base, BigInt, Id
from marketplace.meaning import models as _vectors  # noqa: F401 - a foreign key names its table


class SearchEntry(Base):
    """A public thing as search knows it. Nothing that is not public may be written here: rights are kept by absence.

    On SQLite triggers keep an FTS5 table of `terms`; on PostgreSQL an index of an expression does (search.engines).
    """

    __tablename__ = "search_entry"
    __table_args__ = (
        UniqueConstraint("kind", "slug"),
        Index("ix_search_entry_kind_field_house", "kind", "field", "house"),
    )

    id: Mapped[Id]
    # what it is and where it is shown
    kind: Mapped[str] = mapped_column(String(30))
    slug: Mapped[str] = mapped_column(String(120))
    # facts to narrow down by and to count; small columns stand before the long texts that counting need not read
    field: Mapped[str | None] = mapped_column(String(30))
    house: Mapped[str | None] = mapped_column(String(30))
    closes_at: Mapped[At | None]
    changed_at: Mapped[At]
    # search.terms.Indexed
    title_length: Mapped[int]
    tags_length: Mapped[int]
    body_length: Mapped[int]
    folded: Mapped[str] = mapped_column(Text)
    exact: Mapped[str] = mapped_column(Text)
    # as it is shown
    title_vi: Mapped[str | None] = mapped_column(Text)
    title_en: Mapped[str | None] = mapped_column(Text)
    text_vi: Mapped[str] = mapped_column(Text, default="")
    text_en: Mapped[str] = mapped_column(Text, default="")
    # what engines hold
    terms: Mapped[str] = mapped_column(Text)


class EntryMeaning(Base):
    """Which vectors say what an entry said at `changed_at`; where it says something else by now this counts no more.

    No id is given twice, so that whoever keeps vectors in memory sees by the ids what is new and what is gone.
    """

    __tablename__ = "entry_meaning"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(BigInt, ForeignKey("search_entry.id", ondelete="CASCADE"), unique=True)
    # as in the entry
    changed_at: Mapped[At]
    # empty where it says nothing in the language
    vi_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("text_vector.id"))
    en_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("text_vector.id"))


class SearchWord(Base):
    """A word that some entry holds or held: what a mistyped word may have meant."""

    __tablename__ = "search_word"

    # as in the terms of entries, folded
    term: Mapped[str] = mapped_column(String(60), primary_key=True)
    # as somebody wrote it
    spelling: Mapped[str] = mapped_column(String(60))
    ending: Mapped[str] = mapped_column(String(2), index=True)
