"""What search finds, and how words are spelled."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0011_search_entries"
down_revision = "0010_acknowledgement"
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
    op.create_table(
        "search_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("title_vi", sa.Text(), nullable=True),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("text_vi", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("field", sa.String(length=30), nullable=True),
        sa.Column("house", sa.String(length=30), nullable=True),
        sa.Column("closes_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.Column("title_length", sa.Integer(), nullable=False),
        sa.Column("tags_length", sa.Integer(), nullable=False),
        sa.Column("body_length", sa.Integer(), nullable=False),
        sa.Column("changed_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("kind", "slug", name=op.f("uq_search_entry_kind_slug")),
    )
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.create_index("ix_search_entry_kind_field_house", ["kind", "field", "house"], unique=False)

    op.create_table(
        "search_word",
        sa.Column("term", sa.String(length=60), nullable=False),
        sa.Column("spelling", sa.String(length=60), nullable=False),
        sa.Column("ending", sa.String(length=2), nullable=False),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_search_word")),
    )
    with op.batch_alter_table("search_word", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_word_ending"), ["ending"], unique=False)

    statements = _ON_SQLITE if op.get_bind().dialect.name == "sqlite" else _ON_POSTGRESQL
    for statement in statements:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for kind, name in (
            ("trigger", "search_entry_added"),
            ("trigger", "search_entry_dropped"),
            ("trigger", "search_entry_changed"),
            ("table", "search_vocabulary"),
            ("table", "search_index"),
        ):
            op.execute(f"drop {kind} {name}")
    with op.batch_alter_table("search_word", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_word_ending"))

    op.drop_table("search_word")
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_search_entry_kind_field_house")

    op.drop_table("search_entry")
