"""Letters of agencies to many, by how far they are.."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0057_broadcast"
down_revision = "0056_ways_in_and_reports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "broadcast",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "concerned",
                "drafters",
                "entrants",
                "ineligible",
                "awarded",
                "not_selected",
                "late_judges",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("subject_vi", sa.String(length=200), nullable=False),
        sa.Column("subject_en", sa.String(length=200), nullable=True),
        sa.Column("body_vi", sa.Text(), nullable=False),
        sa.Column("body_en", sa.Text(), nullable=True),
        sa.Column("written_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("sent_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("delivered_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("letter_count", sa.Integer(), nullable=True),
        sa.CheckConstraint("delivered_at is null or sent_at is not null", name=op.f("ck_broadcast_sent_first")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_broadcast_author_id_person")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_broadcast_challenge_id_challenge")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcast")),
        sa.UniqueConstraint("reference", name=op.f("uq_broadcast_reference")),
    )
    with op.batch_alter_table("broadcast", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_broadcast_challenge_id"), ["challenge_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("broadcast", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_broadcast_challenge_id"))

    op.drop_table("broadcast")
