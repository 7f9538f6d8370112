"""How gladly judges would read entries, and which of the three houses they speak for."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0017_preferences"
down_revision = "0016_entry_form"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "preference",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("seat_id", _BIG, nullable=False),
        sa.Column("solution_id", _BIG, nullable=False),
        sa.Column(
            "wish",
            sa.Enum("want", "can", "rather_not", name="wish", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("said_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_preference_seat_id_seat")),
        sa.ForeignKeyConstraint(["solution_id"], ["solution.id"], name=op.f("fk_preference_solution_id_solution")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preference")),
        sa.UniqueConstraint("seat_id", "solution_id", name=op.f("uq_preference_seat_id_solution_id")),
    )
    op.create_index(op.f("ix_preference_solution_id"), "preference", ["solution_id"])
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.add_column(
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
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_seat_helix"), type_="check")
        batch_op.drop_column("side")
    op.drop_table("preference")
