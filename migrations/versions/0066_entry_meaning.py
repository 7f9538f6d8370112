"""Which sentence vectors say what an entry of search says."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0066_entry_meaning"
down_revision = "0065_learnt_weights"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entry_meaning",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("changed_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("vi_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("en_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["en_id"], ["text_vector.id"], name=op.f("fk_entry_meaning_en_id_text_vector")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["search_entry.id"], name=op.f("fk_entry_meaning_entry_id_search_entry"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["vi_id"], ["text_vector.id"], name=op.f("fk_entry_meaning_vi_id_text_vector")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_meaning")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_entry_meaning_entry_id")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("entry_meaning")
