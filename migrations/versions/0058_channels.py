"""Numbers that people confirmed, what they want there, and short messages.."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0058_channels"
down_revision = "0057_broadcast"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "channel_choice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("news", sa.String(length=30), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("sms", "zalo", name="channel", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_channel_choice_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_choice")),
        sa.UniqueConstraint("person_id", "news", "channel", name=op.f("uq_channel_choice_person_id_news_channel")),
    )
    op.create_table(
        "phone",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("code_sent_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("confirmed_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_phone_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone")),
        sa.UniqueConstraint("person_id", name=op.f("uq_phone_person_id")),
    )
    op.create_table(
        "short_message",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("sms", "zalo", name="channel", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("letter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("written_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("sent_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_short_message_letter_id_letter")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_short_message_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_short_message")),
        sa.UniqueConstraint("reference", name=op.f("uq_short_message_reference")),
    )
    with op.batch_alter_table("short_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_short_message_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("short_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_short_message_person_id"))

    op.drop_table("short_message")
    op.drop_table("phone")
    op.drop_table("channel_choice")
