"""Later closings of single entrants."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0019_late_passes"
down_revision = "0018_hosts_phases_schedule"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "late_pass",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("until", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("most_uses", sa.Integer(), nullable=False),
        sa.Column("proposed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proposed_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("approved_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("approved_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.CheckConstraint("(approved_by_id is null) = (approved_at is null)", name=op.f("ck_late_pass_approved_when")),
        sa.CheckConstraint(
            "approved_by_id is null or approved_by_id <> proposed_by_id", name=op.f("ck_late_pass_two_people")
        ),
        sa.CheckConstraint("most_uses between 1 and 50", name=op.f("ck_late_pass_most_uses_range")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name=op.f("fk_late_pass_approved_by_id_person")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_late_pass_challenge_id_challenge")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_late_pass_proposed_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_pass")),
        sa.UniqueConstraint("code", name=op.f("uq_late_pass_code")),
        sa.UniqueConstraint("reference", name=op.f("uq_late_pass_reference")),
    )
    with op.batch_alter_table("late_pass", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_late_pass_challenge_id"), ["challenge_id"], unique=False)

    with op.batch_alter_table("solution", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("late_pass_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_index(batch_op.f("ix_solution_late_pass_id"), ["late_pass_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_solution_late_pass_id_late_pass"), "late_pass", ["late_pass_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("solution", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_solution_late_pass_id_late_pass"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_solution_late_pass_id"))
        batch_op.drop_column("late_pass_id")

    with op.batch_alter_table("late_pass", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_late_pass_challenge_id"))

    op.drop_table("late_pass")
