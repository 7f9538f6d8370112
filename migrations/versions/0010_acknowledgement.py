"""Received entries that their owners keep as they are after an amendment."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0010_acknowledgement"
down_revision = "0009_rounds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "solution_acknowledgement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("solution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("amendment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("confirmed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("confirmed_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["amendment_id"], ["amendment.id"], name=op.f("fk_solution_acknowledgement_amendment_id_amendment")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["person.id"], name=op.f("fk_solution_acknowledgement_confirmed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["solution_id"], ["solution.id"], name=op.f("fk_solution_acknowledgement_solution_id_solution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solution_acknowledgement")),
        sa.UniqueConstraint(
            "solution_id", "amendment_id", name=op.f("uq_solution_acknowledgement_solution_id_amendment_id")
        ),
    )
    with op.batch_alter_table("solution_acknowledgement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_solution_acknowledgement_amendment_id"), ["amendment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_solution_acknowledgement_solution_id"), ["solution_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("solution_acknowledgement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_solution_acknowledgement_solution_id"))
        batch_op.drop_index(batch_op.f("ix_solution_acknowledgement_amendment_id"))

    op.drop_table("solution_acknowledgement")
