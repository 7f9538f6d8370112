"""Tries that are counted, and letters asked for without signing in."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0027_limits_and_letter_requests"
down_revision = "0026_fields_of_contests"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter_request",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "account", "address", "password", name="asked", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("full_name", sa.String(length=200), nullable=True),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("asked_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.CheckConstraint("language in ('vi', 'en')", name=op.f("ck_letter_request_language_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_request")),
    )
    op.create_table(
        "limited_try",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_limited_try")),
    )
    with op.batch_alter_table("limited_try", schema=None) as batch_op:
        batch_op.create_index("ix_limited_try_key_at", ["key", "at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("limited_try", schema=None) as batch_op:
        batch_op.drop_index("ix_limited_try_key_at")

    op.drop_table("limited_try")
    op.drop_table("letter_request")
