"""SQLite's index of terms keeps an entry under the negative of its number, so that the newest come first in it."""

from alembic import op

revision = "0067_newest_first"
down_revision = "0066_entry_meaning"
branch_labels = None
depends_on = None

_INDEX = """create virtual table search_index using fts5(terms, content='', detail=none, columnsize=0,
       tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'")"""
_VOCABULARY = "create virtual table search_vocabulary using fts5vocab('search_index', 'row')"


def upgrade() -> None:
    # As marketplace.search.engines makes it.
    _make_anew("-")


def downgrade() -> None:
    _make_anew("")


def _make_anew(sign: str) -> None:
    """The index and its triggers, with the sign before the number, filled with what is there."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for name in ("added", "dropped", "changed"):
        op.execute(f"drop trigger search_entry_{name}")
    op.execute("drop table search_vocabulary")
    op.execute("drop table search_index")
    op.execute(_INDEX)
    op.execute(_VOCABULARY)
    added = f"insert into search_index(rowid, terms) values ({sign}new.id, new.terms)"
    dropped = f"insert into search_index(search_index, rowid, terms) values ('delete', {sign}old.id, old.terms)"
    for name, event, deeds in (
        ("added", "insert", added),
        ("dropped", "delete", dropped),
        ("changed", "update of terms", f"{dropped}; {added}"),
    ):
        op.execute(f"create trigger search_entry_{name} after {event} on search_entry begin {deeds}; end")
    # Upwards by what it is kept under, which is the cheapest to fill in.
    order = "desc" if sign else "asc"
    op.execute(f"insert into search_index(rowid, terms) select {sign}id, terms from search_entry order by id {order}")
