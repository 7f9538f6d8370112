"""Clarifications asked during screening."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0020_clarifications"
down_revision = "0019_late_passes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clarification",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("solution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asked_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("due_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("answered_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "(version_id is null) = (answered_at is null)", name=op.f("ck_clarification_answered_by_a_version")
        ),
        sa.CheckConstraint("asked_at < due_at", name=op.f("ck_clarification_due_after_it_was_asked")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_clarification_asked_by_id_person")),
        sa.ForeignKeyConstraint(["solution_id"], ["solution.id"], name=op.f("fk_clarification_solution_id_solution")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["solution_version.id"], name=op.f("fk_clarification_version_id_solution_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clarification")),
        sa.UniqueConstraint("reference", name=op.f("uq_clarification_reference")),
    )
    with op.batch_alter_table("clarification", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clarification_solution_id"), ["solution_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("clarification", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clarification_solution_id"))

    op.drop_table("clarification")
