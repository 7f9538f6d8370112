"""Lines between tiers of prizes, and the prize of each winner."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0030_prize_plans"
down_revision = "0029_introductions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "prize_plan",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("panel_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("passed_over", sa.JSON(), nullable=False),
        sa.Column("saved_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("saved_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_prize_plan_panel_id_panel")),
        sa.ForeignKeyConstraint(["saved_by_id"], ["person.id"], name=op.f("fk_prize_plan_saved_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prize_plan")),
        sa.UniqueConstraint("panel_id", name=op.f("uq_prize_plan_panel_id")),
    )
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.add_column(sa.Column("prize_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.create_index(batch_op.f("ix_result_prize_id"), ["prize_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_result_prize_id_prize"), "prize", ["prize_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_result_prize_id_prize"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_result_prize_id"))
        batch_op.drop_column("prize_id")

    op.drop_table("prize_plan")
