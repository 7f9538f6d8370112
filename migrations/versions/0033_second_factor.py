"""Second steps of signing in, and what people see of their open sessions."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0033_second_factor"
down_revision = "0032_invited_only"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("used_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_recovery_code_code_hash")),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_code_person_id"), ["person_id"], unique=False)

    op.create_table(
        "second_factor",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sealed", sa.String(length=200), nullable=False),
        sa.Column("last_step", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("begun_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("confirmed_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_second_factor_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_factor")),
        sa.UniqueConstraint("person_id", name=op.f("uq_second_factor_person_id")),
    )
    # sessions get a reference of their own; everybody signs in once more
    op.execute("delete from open_session")
    with op.batch_alter_table("open_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reference", sa.String(length=20), nullable=False))
        batch_op.add_column(sa.Column("caller", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("seen_at", marketplace.db.Moment(timezone=True), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_open_session_reference"), ["reference"])


def downgrade() -> None:
    with op.batch_alter_table("open_session", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_open_session_reference"), type_="unique")
        batch_op.drop_column("seen_at")
        batch_op.drop_column("caller")
        batch_op.drop_column("reference")

    op.drop_table("second_factor")
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_code_person_id"))

    op.drop_table("recovery_code")
