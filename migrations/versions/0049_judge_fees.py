"""What judges earn and were paid."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0049_judge_fees"
down_revision = "0048_city_list"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fee_rate",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("panel_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("per_sheet_vnd", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("basis", sa.String(length=300), nullable=True),
        sa.Column("set_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("set_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.CheckConstraint("per_sheet_vnd > 0", name=op.f("ck_fee_rate_rate_positive")),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_fee_rate_panel_id_panel")),
        sa.ForeignKeyConstraint(["set_by_id"], ["person.id"], name=op.f("fk_fee_rate_set_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_rate")),
        sa.UniqueConstraint("panel_id", name=op.f("uq_fee_rate_panel_id")),
    )
    op.create_table(
        "fee_payment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("readings", sa.Integer(), nullable=False),
        sa.Column("per_sheet_vnd", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("noted_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("noted_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.CheckConstraint("per_sheet_vnd > 0", name=op.f("ck_fee_payment_rate_positive")),
        sa.CheckConstraint("readings > 0", name=op.f("ck_fee_payment_readings_positive")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["person.id"], name=op.f("fk_fee_payment_noted_by_id_person")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_fee_payment_seat_id_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_payment")),
        sa.UniqueConstraint("seat_id", name=op.f("uq_fee_payment_seat_id")),
    )


def downgrade() -> None:
    op.drop_table("fee_payment")
    op.drop_table("fee_rate")
