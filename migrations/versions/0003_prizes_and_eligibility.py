"""Tiers of prizes, and rules that say who may answer."""

import sqlalchemy as sa
from alembic import op

revision = "0003_prizes_and_eligibility"
down_revision = "0002_rules_of_judging"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "eligibility_rule",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "applicants",
                "kinds",
                "sides",
                "place",
                "sizes",
                "no_prize",
                name="rulekind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_eligibility_rule_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibility_rule")),
        sa.UniqueConstraint("challenge_id", "kind", name=op.f("uq_eligibility_rule_challenge_id_kind")),
    )
    with op.batch_alter_table("eligibility_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_eligibility_rule_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "prize",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "field",
            sa.Enum(
                "ict",
                "mechanics",
                "materials",
                "agriculture",
                "medicine",
                "education",
                "other",
                name="field",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("name_vi", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("amount_vnd", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reward_vi", sa.Text(), nullable=True),
        sa.Column("reward_en", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "amount_vnd is not null or reward_vi is not null or reward_en is not null",
            name=op.f("ck_prize_worth_something"),
        ),
        sa.CheckConstraint("amount_vnd is null or amount_vnd > 0", name=op.f("ck_prize_amount_positive")),
        sa.CheckConstraint("name_vi is not null or name_en is not null", name=op.f("ck_prize_named")),
        sa.CheckConstraint("quantity between 1 and 1000", name=op.f("ck_prize_quantity_range")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_prize_challenge_id_challenge")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prize")),
        sa.UniqueConstraint("challenge_id", "position", name=op.f("uq_prize_challenge_id_position")),
    )
    with op.batch_alter_table("prize", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_prize_challenge_id"), ["challenge_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("prize", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_prize_challenge_id"))

    op.drop_table("prize")
    with op.batch_alter_table("eligibility_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_eligibility_rule_challenge_id"))

    op.drop_table("eligibility_rule")
