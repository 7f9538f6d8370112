"""Named authors of a solution, each with a share and a certification."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0015_authors_of_solutions"
down_revision = "0014_names_in_files"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "solution_author",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("solution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("full_name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("share_bp", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("asked_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("certified_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("objected_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("ended_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.CheckConstraint("certified_at is null or objected_at is null", name=op.f("ck_solution_author_one_answer")),
        sa.CheckConstraint("share_bp between 1 and 10000", name=op.f("ck_solution_author_share_range")),
        sa.ForeignKeyConstraint(["solution_id"], ["solution.id"], name=op.f("fk_solution_author_solution_id_solution")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solution_author")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_solution_author_key_hash")),
        sa.UniqueConstraint("reference", name=op.f("uq_solution_author_reference")),
    )
    with op.batch_alter_table("solution_author", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_solution_author_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_solution_author_solution_id"), ["solution_id"], unique=False)
        batch_op.create_index(
            "uq_solution_author_named",
            ["solution_id", "email"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    with op.batch_alter_table("solution_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("authors", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("solution_version", schema=None) as batch_op:
        batch_op.drop_column("authors")

    with op.batch_alter_table("solution_author", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_solution_author_named",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_solution_author_solution_id"))
        batch_op.drop_index(batch_op.f("ix_solution_author_email"))

    op.drop_table("solution_author")
