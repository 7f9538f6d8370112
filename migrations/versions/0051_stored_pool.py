"""Where all public profiles are stored, and the sentence vectors of public texts."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0051_stored_pool"
down_revision = "0050_retired_questions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stored_pool",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("stored_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_pool")),
        sa.UniqueConstraint("name", name=op.f("uq_stored_pool_name")),
    )
    op.create_table(
        "text_vector",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("codes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_vector")),
        sa.UniqueConstraint("digest", name=op.f("uq_text_vector_digest")),
    )


def downgrade() -> None:
    op.drop_table("text_vector")
    op.drop_table("stored_pool")
