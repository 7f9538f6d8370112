"""Ties by contracts and supervision: how far back rules look, who supervised whom, and the words of their bases."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0060_ties"
down_revision = "0059_judged_in_phases"
branch_labels = None
depends_on = None


_BASES = ("none", "declared", "recused", "author", "member", "domain", "group", "confirmed", "objected", "coentry")
_HINTS = ("affiliation", "partner", "rival")


def _may_be(table: str, column: str, words: tuple[str, ...]) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
        batch_op.create_check_constraint(
            op.f(f"ck_{table}_{column}"), f"{column} IN ({', '.join(repr(word) for word in words)})"
        )


def upgrade() -> None:
    _may_be("declaration", "basis", (*_BASES, "contract", "supervisor"))
    _may_be("objection", "hint", (*_HINTS, "contract"))
    op.create_table(
        "supervision",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("expert_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "supervised",
            sa.Enum("by_me", "me", name="supervised", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("from_year", sa.Integer(), nullable=False),
        sa.Column("to_year", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.CheckConstraint("to_year is null or to_year >= from_year", name=op.f("ck_supervision_years")),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_supervision_expert_id_expert")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision")),
        sa.UniqueConstraint("reference", name=op.f("uq_supervision_reference")),
    )
    with op.batch_alter_table("supervision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supervision_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_supervision_expert_id"), ["expert_id"], unique=False)

    with op.batch_alter_table("judging_rules", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tie_months", sa.Integer(), server_default="0", nullable=False))
        batch_op.create_check_constraint("tie_range", "tie_months between 0 and 120")

    with op.batch_alter_table("solution_author", schema=None) as batch_op:
        batch_op.add_column(sa.Column("supervisor_email", sa.String(length=255), nullable=True))
        batch_op.add_column(sa.Column("supervised_until", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_solution_author_supervisor_email"), ["supervisor_email"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("solution_author", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_solution_author_supervisor_email"))
        batch_op.drop_column("supervised_until")
        batch_op.drop_column("supervisor_email")

    with op.batch_alter_table("judging_rules", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_judging_rules_tie_range"), type_="check")
        batch_op.drop_column("tie_months")

    with op.batch_alter_table("supervision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_supervision_expert_id"))
        batch_op.drop_index(batch_op.f("ix_supervision_email"))

    op.drop_table("supervision")
    op.execute("delete from objection where hint = 'contract'")
    op.execute("update declaration set reason = basis, basis = 'declared' where basis in ('contract', 'supervisor')")
    _may_be("objection", "hint", _HINTS)
    _may_be("declaration", "basis", _BASES)
