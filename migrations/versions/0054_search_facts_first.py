"""What is counted of an entry stands before its long texts; entries are made anew by `flask prepare`."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0054_search_facts_first"
down_revision = "0053_no_folded_text"
branch_labels = None
depends_on = None

# As marketplace.search.engines makes them: an index of terms that follows the entries.
_ON_SQLITE = (
    """create virtual table search_index using fts5(terms, content='', detail=none, columnsize=0,
       tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'")""",
    "create virtual table search_vocabulary using fts5vocab('search_index', 'row')",
    """create trigger search_entry_added after insert on search_entry begin
       insert into search_index(rowid, terms) values (new.id, new.terms); end""",
    """create trigger search_entry_dropped after delete on search_entry begin
       insert into search_index(search_index, rowid, terms) values ('delete', old.id, old.terms); end""",
    """create trigger search_entry_changed after update of terms on search_entry begin
       insert into search_index(search_index, rowid, terms) values ('delete', old.id, old.terms);
       insert into search_index(rowid, terms) values (new.id, new.terms); end""",
)
_ON_POSTGRESQL = (
    """create index ix_search_entry_terms on search_entry
       using gin (array_to_tsvector(string_to_array(terms, ' '))) with (fastupdate = off)""",
)


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    # Entries are drawn from everything that is public: an empty table is filled by the next `flask prepare`.
    for table in ("search_vocabulary", "search_index") if on_sqlite else ():
        op.execute(f"drop table {table}")
    op.drop_table("search_entry")
    op.create_table(
        "search_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("field", sa.String(length=30), nullable=True),
        sa.Column("house", sa.String(length=30), nullable=True),
        sa.Column("closes_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("changed_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("title_length", sa.Integer(), nullable=False),
        sa.Column("tags_length", sa.Integer(), nullable=False),
        sa.Column("body_length", sa.Integer(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.Column("title_vi", sa.Text(), nullable=True),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("text_vi", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("kind", "slug", name=op.f("uq_search_entry_kind_slug")),
    )
    op.create_index("ix_search_entry_kind_field_house", "search_entry", ["kind", "field", "house"])
    for statement in _ON_SQLITE if on_sqlite else _ON_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """The columns are the same; only their order was another."""
