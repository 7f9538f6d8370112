"""Judges expected who have no account yet."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0037_expected_judges"
down_revision = "0036_data_rooms"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "expected_judge",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("panel_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "chair",
                "judge",
                "alternate",
                "trainee",
                name="seatrole",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "side",
            sa.Enum(
                "state",
                "academia",
                "business",
                "support",
                name="helix",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asked_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_expected_judge_asked_by_id_person")),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_expected_judge_panel_id_panel")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_expected_judge_seat_id_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expected_judge")),
        sa.UniqueConstraint("panel_id", "email", name=op.f("uq_expected_judge_panel_id_email")),
    )
    with op.batch_alter_table("expected_judge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expected_judge_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_expected_judge_seat_id"), ["seat_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("expected_judge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expected_judge_seat_id"))
        batch_op.drop_index(batch_op.f("ix_expected_judge_email"))

    op.drop_table("expected_judge")
