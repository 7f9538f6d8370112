"""What the worker found when it compared received entries."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0023_comparing"
down_revision = "0022_translation_states"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "comparison",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("compared_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("entry_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_comparison_challenge_id_challenge")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparison")),
        sa.UniqueConstraint("challenge_id", name=op.f("uq_comparison_challenge_id")),
    )
    op.create_table(
        "likeness_hint",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("other_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("share_bp", sa.Integer(), nullable=False),
        sa.Column("passages", sa.JSON(), nullable=False),
        sa.CheckConstraint("share_bp between 0 and 10000", name=op.f("ck_likeness_hint_share_range")),
        sa.CheckConstraint("version_id <> other_id", name=op.f("ck_likeness_hint_two_versions")),
        sa.ForeignKeyConstraint(
            ["other_id"], ["solution_version.id"], name=op.f("fk_likeness_hint_other_id_solution_version")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["solution_version.id"], name=op.f("fk_likeness_hint_version_id_solution_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_likeness_hint")),
        sa.UniqueConstraint("version_id", "other_id", name=op.f("uq_likeness_hint_version_id_other_id")),
    )
    with op.batch_alter_table("likeness_hint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_likeness_hint_other_id"), ["other_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("likeness_hint", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_likeness_hint_other_id"))

    op.drop_table("likeness_hint")
    op.drop_table("comparison")
