"""Co-hosts, phases of the timetable, publication at a set time."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0018_hosts_phases_schedule"
down_revision = "0017_preferences"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cohost",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("inviter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("invited_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("accepted_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("accepter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["accepter_id"], ["person.id"], name=op.f("fk_cohost_accepter_id_person")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_cohost_challenge_id_challenge")),
        sa.ForeignKeyConstraint(["inviter_id"], ["person.id"], name=op.f("fk_cohost_inviter_id_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_cohost_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohost")),
        sa.UniqueConstraint("challenge_id", "organisation_id", name=op.f("uq_cohost_challenge_id_organisation_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_cohost_reference")),
    )
    with op.batch_alter_table("cohost", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cohost_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cohost_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "period",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("starts_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("ends_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.CheckConstraint("ends_at is null or starts_at <= ends_at", name=op.f("ck_period_starts_before_ending")),
        sa.CheckConstraint("name_vi is not null or name_en is not null", name=op.f("ck_period_named")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_period_challenge_id_challenge")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period")),
        sa.UniqueConstraint("challenge_id", "position", name=op.f("uq_period_challenge_id_position")),
    )
    with op.batch_alter_table("period", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_period_challenge_id"), ["challenge_id"], unique=False)

    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.add_column(sa.Column("publish_at", marketplace.db.Moment(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("scheduler_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_foreign_key(batch_op.f("fk_challenge_scheduler_id_person"), "person", ["scheduler_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_challenge_scheduler_id_person"), type_="foreignkey")
        batch_op.drop_column("scheduler_id")
        batch_op.drop_column("publish_at")

    with op.batch_alter_table("period", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_period_challenge_id"))

    op.drop_table("period")
    with op.batch_alter_table("cohost", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cohost_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_cohost_challenge_id"))

    op.drop_table("cohost")
