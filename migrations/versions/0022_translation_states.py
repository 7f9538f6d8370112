"""What people said of translated texts."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0022_translation_states"
down_revision = "0021_applicant_bands"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "translation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column(
            "word",
            sa.Enum(
                "machine", "approved", name="translationword", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("source_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("said_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_translation_challenge_id_challenge")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_translation_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation")),
        sa.UniqueConstraint("challenge_id", "name", name=op.f("uq_translation_challenge_id_name")),
    )
    with op.batch_alter_table("translation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_translation_challenge_id"), ["challenge_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("translation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_translation_challenge_id"))

    op.drop_table("translation")
