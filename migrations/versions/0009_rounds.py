"""Several rounds of scoring: the round of a panel and of a sheet, and which entries go on."""

import sqlalchemy as sa
from alembic import op

revision = "0009_rounds"
down_revision = "0008_statement_in_depth"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "advance",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("panel_id", _BIG, nullable=False),
        sa.Column("solution_id", _BIG, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.CheckConstraint("round between 2 and 3", name=op.f("ck_advance_round_range")),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_advance_panel_id_panel")),
        sa.ForeignKeyConstraint(["solution_id"], ["solution.id"], name=op.f("fk_advance_solution_id_solution")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advance")),
        sa.UniqueConstraint("panel_id", "solution_id", "round", name=op.f("uq_advance_panel_id_solution_id_round")),
    )
    op.create_index(op.f("ix_advance_solution_id"), "advance", ["solution_id"])
    with op.batch_alter_table("panel", schema=None) as batch_op:
        batch_op.add_column(sa.Column("round", sa.Integer(), server_default="1", nullable=False))
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.add_column(sa.Column("round", sa.Integer(), server_default="1", nullable=False))
        batch_op.create_check_constraint(op.f("ck_sheet_round_range"), "round between 0 and 3")
        batch_op.drop_constraint(op.f("uq_sheet_seat_id_solution_id"), type_="unique")
        batch_op.create_unique_constraint(
            op.f("uq_sheet_seat_id_solution_id_round"), ["seat_id", "solution_id", "round"]
        )


def downgrade() -> None:
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("uq_sheet_seat_id_solution_id_round"), type_="unique")
        batch_op.create_unique_constraint(op.f("uq_sheet_seat_id_solution_id"), ["seat_id", "solution_id"])
        batch_op.drop_constraint(op.f("ck_sheet_round_range"), type_="check")
        batch_op.drop_column("round")
    with op.batch_alter_table("panel", schema=None) as batch_op:
        batch_op.drop_column("round")
    op.drop_table("advance")
