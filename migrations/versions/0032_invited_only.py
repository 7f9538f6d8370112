"""Challenges that only those invited see, and who is invited."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0032_invited_only"
down_revision = "0031_meetings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guest",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("email", sa.String(length=255), nullable=True),
        sa.Column("inviter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("invited_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.CheckConstraint("(organisation_id is null) <> (email is null)", name=op.f("ck_guest_one_of_both")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_guest_challenge_id_challenge")),
        sa.ForeignKeyConstraint(["inviter_id"], ["person.id"], name=op.f("fk_guest_inviter_id_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_guest_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest")),
        sa.UniqueConstraint("challenge_id", "email", name=op.f("uq_guest_challenge_id_email")),
        sa.UniqueConstraint("challenge_id", "organisation_id", name=op.f("uq_guest_challenge_id_organisation_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_guest_reference")),
    )
    with op.batch_alter_table("guest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guest_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_guest_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_guest_organisation_id"), ["organisation_id"], unique=False)

    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.add_column(sa.Column("invited_only", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.drop_column("invited_only")

    with op.batch_alter_table("guest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guest_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_guest_email"))
        batch_op.drop_index(batch_op.f("ix_guest_challenge_id"))

    op.drop_table("guest")
