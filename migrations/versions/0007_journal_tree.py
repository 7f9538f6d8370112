"""Leaf hashes and places of journal lines, and signed checkpoints."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0007_journal_tree"
down_revision = "0006_objections_and_trainees"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checkpoint",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("made_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("closing_of", sa.String(length=20), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkpoint")),
        sa.UniqueConstraint("size", name=op.f("uq_checkpoint_size")),
    )
    with op.batch_alter_table("checkpoint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_checkpoint_closing_of"), ["closing_of"], unique=False)

    with op.batch_alter_table("journal_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("leaf_hash", sa.String(length=64), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("leaf_index", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_unique_constraint(batch_op.f("uq_journal_entry_leaf_index"), ["leaf_index"])


def downgrade() -> None:
    with op.batch_alter_table("journal_entry", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_journal_entry_leaf_index"), type_="unique")
        batch_op.drop_column("leaf_index")
        batch_op.drop_column("leaf_hash")

    with op.batch_alter_table("checkpoint", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_checkpoint_closing_of"))

    op.drop_table("checkpoint")
