"""Bands of applicants by day and kind."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0021_applicant_bands"
down_revision = "0020_clarifications"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "applicant_band",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("counted_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "department",
                "agency",
                "commune",
                "mass",
                "university",
                "institute",
                "enterprise",
                "startup",
                "cooperative",
                "hub",
                "incubator",
                "investor",
                "association",
                "foreign",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_applicant_band_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applicant_band")),
        sa.UniqueConstraint("challenge_id", "day", "kind", name=op.f("uq_applicant_band_challenge_id_day_kind")),
    )
    with op.batch_alter_table("applicant_band", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_applicant_band_challenge_id"), ["challenge_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("applicant_band", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_applicant_band_challenge_id"))

    op.drop_table("applicant_band")
