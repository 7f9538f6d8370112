"""Openings before closing, confirmed by two people."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0025_early_opening"
down_revision = "0024_committee"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "early_opening",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("closes_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("proposed_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("confirmed_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("confirmed_because", sa.Text(), nullable=True),
        sa.Column("ended_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "(confirmed_at is null) = (confirmed_because is null)", name=op.f("ck_early_opening_confirmed_why")
        ),
        sa.CheckConstraint(
            "(confirmed_by_id is null) = (confirmed_at is null)", name=op.f("ck_early_opening_confirmed_when")
        ),
        sa.CheckConstraint("confirmed_at is null or ended_at is null", name=op.f("ck_early_opening_one_end")),
        sa.CheckConstraint(
            "confirmed_by_id is null or confirmed_by_id <> proposed_by_id", name=op.f("ck_early_opening_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_early_opening_challenge_id_challenge")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["person.id"], name=op.f("fk_early_opening_confirmed_by_id_person")
        ),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name=op.f("fk_early_opening_ended_by_id_person")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name=op.f("fk_early_opening_proposed_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_early_opening")),
        sa.UniqueConstraint("reference", name=op.f("uq_early_opening_reference")),
    )
    with op.batch_alter_table("early_opening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_early_opening_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index(
            "uq_early_opening_standing",
            ["challenge_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.add_column(sa.Column("opened_early_at", marketplace.db.Moment(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.drop_column("opened_early_at")

    with op.batch_alter_table("early_opening", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_early_opening_standing",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_early_opening_challenge_id"))

    op.drop_table("early_opening")
