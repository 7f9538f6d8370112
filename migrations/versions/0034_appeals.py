"""Appeals against published results, and how long entrants may raise them."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0034_appeals"
down_revision = "0033_second_factor"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appeal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("solution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("raised_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("raised_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "rejected",
                "corrected",
                "reopened",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("because", sa.Text(), nullable=True),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.CheckConstraint("(verdict is null) = (because is null)", name=op.f("ck_appeal_reasons_given")),
        sa.CheckConstraint("(verdict is null) = (decided_at is null)", name=op.f("ck_appeal_decided")),
        sa.CheckConstraint("decided_by_id is null or decided_by_id <> raised_by_id", name=op.f("ck_appeal_two_people")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_appeal_decided_by_id_person")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_appeal_decision_id_decision")),
        sa.ForeignKeyConstraint(["raised_by_id"], ["person.id"], name=op.f("fk_appeal_raised_by_id_person")),
        sa.ForeignKeyConstraint(["solution_id"], ["solution.id"], name=op.f("fk_appeal_solution_id_solution")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("decision_id", "solution_id", "rule", name=op.f("uq_appeal_decision_id_solution_id_rule")),
        sa.UniqueConstraint("reference", name=op.f("uq_appeal_reference")),
    )
    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appeal_solution_id"), ["solution_id"], unique=False)

    with op.batch_alter_table("judging_rules", schema=None) as batch_op:
        batch_op.add_column(sa.Column("appeal_days", sa.Integer(), server_default="0", nullable=False))
        batch_op.create_check_constraint(op.f("ck_judging_rules_appeal_range"), "appeal_days between 0 and 30")

    # results go back to the panel also after publication
    _without_standing_index()
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_decision_published_or_returned"), type_="check")
    _with_standing_index()


def _without_standing_index() -> None:
    op.drop_index("uq_decision_standing", table_name="decision")


def _with_standing_index() -> None:
    where = sa.text("returned_at IS NULL")
    op.create_index(
        "uq_decision_standing", "decision", ["challenge_id"], unique=True, sqlite_where=where, postgresql_where=where
    )


def downgrade() -> None:
    op.execute("update decision set published_at = null, published_by_id = null where returned_at is not null")
    _without_standing_index()
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_decision_published_or_returned"), "published_at is null or returned_at is null"
        )
    _with_standing_index()
    with op.batch_alter_table("judging_rules", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_judging_rules_appeal_range"), type_="check")
        batch_op.drop_column("appeal_days")

    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appeal_solution_id"))

    op.drop_table("appeal")
