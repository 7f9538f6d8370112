"""Briefings on challenges, with seats."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0041_briefings"
down_revision = "0040_fresh_and_far"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "briefing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title_vi", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=True),
        sa.Column("starts_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("ends_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("call_url", sa.String(length=500), nullable=True),
        sa.Column("cancelled_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("cancelled_because", sa.Text(), nullable=True),
        sa.CheckConstraint("place is not null or call_url is not null", name=op.f("ck_briefing_somewhere")),
        sa.CheckConstraint("seats is null or seats between 1 and 10000", name=op.f("ck_briefing_seats_range")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_briefing_starts_before_ending")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_briefing_challenge_id_challenge")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing")),
        sa.UniqueConstraint("reference", name=op.f("uq_briefing_reference")),
    )
    with op.batch_alter_table("briefing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_briefing_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "registration",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("briefing_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("registered_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("left_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["briefing_id"], ["briefing.id"], name=op.f("fk_registration_briefing_id_briefing")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_registration_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_registration_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
    )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_briefing_id"), ["briefing_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_registration_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_registration_standing",
            ["briefing_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_registration_standing",
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_registration_person_id"))
        batch_op.drop_index(batch_op.f("ix_registration_briefing_id"))

    op.drop_table("registration")
    with op.batch_alter_table("briefing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_briefing_challenge_id"))

    op.drop_table("briefing")
