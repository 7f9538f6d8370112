"""Results that publish themselves at a moment, as they were reviewed."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0062_scheduled_results"
down_revision = "0061_texts_hidden_at"
branch_labels = None
depends_on = None


_RULES = {
    "scheduler_known": "(publish_at is null) = (scheduled_by_id is null)",
    "scheduled_as_reviewed": "(publish_at is null) = (reviewed_sha256 is null)",
    "scheduled_by_another": "scheduled_by_id is null or scheduled_by_id <> drafted_by_id",
}


def upgrade() -> None:
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("publish_at", marketplace.db.Moment(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("scheduled_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("reviewed_sha256", sa.String(length=64), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_decision_scheduled_by_id_person"), "person", ["scheduled_by_id"], ["id"]
        )
        for name, rule in _RULES.items():
            batch_op.create_check_constraint(batch_op.f(f"ck_decision_{name}"), rule)


def downgrade() -> None:
    with op.batch_alter_table("decision", schema=None) as batch_op:
        for name in _RULES:
            batch_op.drop_constraint(batch_op.f(f"ck_decision_{name}"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_decision_scheduled_by_id_person"), type_="foreignkey")
        batch_op.drop_column("reviewed_sha256")
        batch_op.drop_column("scheduled_by_id")
        batch_op.drop_column("publish_at")
