"""Meetings of organisations that were introduced, and the times proposed."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0031_meetings"
down_revision = "0030_prize_plans"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("introduction_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "proposed",
                "agreed",
                "cancelled",
                "held",
                "missed",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("proposer_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("starts_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("cancelled_because", sa.Text(), nullable=True),
        sa.CheckConstraint("minutes between 15 and 480", name=op.f("ck_meeting_minutes_range")),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_meeting_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["proposer_id"], ["organisation.id"], name=op.f("fk_meeting_proposer_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("reference", name=op.f("uq_meeting_reference")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(
            "uq_meeting_standing",
            ["introduction_id"],
            unique=True,
            sqlite_where=sa.text("stage in ('proposed', 'agreed')"),
            postgresql_where=sa.text("stage in ('proposed', 'agreed')"),
        )

    op.create_table(
        "meeting_slot",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("starts_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_slot_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_slot")),
        sa.UniqueConstraint("meeting_id", "starts_at", name=op.f("uq_meeting_slot_meeting_id_starts_at")),
    )


def downgrade() -> None:
    op.drop_table("meeting_slot")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_meeting_standing",
            sqlite_where=sa.text("stage in ('proposed', 'agreed')"),
            postgresql_where=sa.text("stage in ('proposed', 'agreed')"),
        )

    op.drop_table("meeting")
