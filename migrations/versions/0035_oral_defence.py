"""Oral defence: plan, hearings, bookings, questions; when a sheet opens; calendars in letters."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0035_oral_defence"
down_revision = "0034_appeals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "defence",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("panel_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("rooms", sa.JSON(), nullable=False),
        sa.Column("begins", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("pause", sa.Integer(), nullable=False),
        sa.Column("rests_at_noon", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("planned_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("planned_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("invited_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.CheckConstraint("begins < ends", name=op.f("ck_defence_times_in_order")),
        sa.CheckConstraint(
            "minutes between 5 and 240 and pause between 0 and 120", name=op.f("ck_defence_minutes_range")
        ),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_defence_panel_id_panel")),
        sa.ForeignKeyConstraint(["planned_by_id"], ["person.id"], name=op.f("fk_defence_planned_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_defence")),
        sa.UniqueConstraint("panel_id", "round", name=op.f("uq_defence_panel_id_round")),
        sa.UniqueConstraint("reference", name=op.f("uq_defence_reference")),
    )
    op.create_table(
        "hearing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("defence_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("solution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("room", sa.String(length=80), nullable=False),
        sa.Column("starts_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("ends_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_hearing_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["defence_id"], ["defence.id"], name=op.f("fk_hearing_defence_id_defence")),
        sa.ForeignKeyConstraint(["solution_id"], ["solution.id"], name=op.f("fk_hearing_solution_id_solution")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing")),
        sa.UniqueConstraint("defence_id", "solution_id", name=op.f("uq_hearing_defence_id_solution_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_hearing_reference")),
    )
    with op.batch_alter_table("hearing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearing_solution_id"), ["solution_id"], unique=False)

    op.create_table(
        "asked_in_hearing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hearing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("written_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("written_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_asked_in_hearing_hearing_id_hearing")),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["person.id"], name=op.f("fk_asked_in_hearing_written_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_in_hearing")),
    )
    with op.batch_alter_table("asked_in_hearing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_asked_in_hearing_hearing_id"), ["hearing_id"], unique=False)

    op.create_table(
        "booking",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hearing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("what", sa.String(length=160), nullable=False),
        sa.Column("at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_booking_hearing_id_hearing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
        sa.UniqueConstraint("what", "at", name=op.f("uq_booking_what_at")),
    )
    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booking_hearing_id"), ["hearing_id"], unique=False)

    with op.batch_alter_table("judging_rules", schema=None) as batch_op:
        batch_op.add_column(sa.Column("defence_public", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("calendar", sa.Text(), nullable=True))

    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.add_column(sa.Column("opens_at", marketplace.db.Moment(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.drop_column("opens_at")

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_column("calendar")

    with op.batch_alter_table("judging_rules", schema=None) as batch_op:
        batch_op.drop_column("defence_public")

    with op.batch_alter_table("booking", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_booking_hearing_id"))

    op.drop_table("booking")
    with op.batch_alter_table("asked_in_hearing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_asked_in_hearing_hearing_id"))

    op.drop_table("asked_in_hearing")
    with op.batch_alter_table("hearing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearing_solution_id"))

    op.drop_table("hearing")
    op.drop_table("defence")
