"""Addresses that follow a challenge without an account."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0047_email_followers"
down_revision = "0046_letter_choices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "email_follower",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("asked_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("confirmed_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("ended_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_email_follower_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_follower")),
        sa.UniqueConstraint("reference", name=op.f("uq_email_follower_reference")),
    )
    with op.batch_alter_table("email_follower", schema=None) as batch_op:
        batch_op.create_index(
            "uq_email_follower_open",
            ["challenge_id", "email"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("email_follower", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_email_follower_open",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.drop_table("email_follower")
