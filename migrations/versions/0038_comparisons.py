"""What judges say of pairs of entries, and every wording of it."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0038_comparisons"
down_revision = "0037_expected_judges"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pair_judgement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("other_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("one", "other", "equal", name="outcome", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("made_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_pair_judgement_smaller_id_first")),
        sa.ForeignKeyConstraint(["one_id"], ["solution.id"], name=op.f("fk_pair_judgement_one_id_solution")),
        sa.ForeignKeyConstraint(["other_id"], ["solution.id"], name=op.f("fk_pair_judgement_other_id_solution")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_pair_judgement_seat_id_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair_judgement")),
        sa.UniqueConstraint(
            "seat_id", "round", "one_id", "other_id", name=op.f("uq_pair_judgement_seat_id_round_one_id_other_id")
        ),
    )
    with op.batch_alter_table("pair_judgement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pair_judgement_one_id"), ["one_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pair_judgement_other_id"), ["other_id"], unique=False)

    op.create_table(
        "pair_judgement_version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("judgement_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("one", "other", "equal", name="outcome", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("said_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["judgement_id"], ["pair_judgement.id"], name=op.f("fk_pair_judgement_version_judgement_id_pair_judgement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair_judgement_version")),
        sa.UniqueConstraint("judgement_id", "edition", name=op.f("uq_pair_judgement_version_judgement_id_edition")),
    )


def downgrade() -> None:
    op.drop_table("pair_judgement_version")
    with op.batch_alter_table("pair_judgement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pair_judgement_other_id"))
        batch_op.drop_index(batch_op.f("ix_pair_judgement_one_id"))

    op.drop_table("pair_judgement")
