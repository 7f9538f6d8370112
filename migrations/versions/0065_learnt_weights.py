"""Weights learnt from judgements, and longer names of model versions."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0065_learnt_weights"
down_revision = "0064_absences"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learnt_weights",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "proposed", "adopted", "returned", name="stage", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("base", sa.String(length=100), nullable=False),
        sa.Column("version", sa.String(length=100), nullable=False),
        sa.Column("instead_of", sa.String(length=100), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("proposed_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("adopted_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("adopted_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("adopted_for", sa.Text(), nullable=True),
        sa.Column("returned_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("returned_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("returned_for", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["adopted_by_id"], ["person.id"], name=op.f("fk_learnt_weights_adopted_by_id_person")),
        sa.ForeignKeyConstraint(
            ["returned_by_id"], ["person.id"], name=op.f("fk_learnt_weights_returned_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learnt_weights")),
        sa.UniqueConstraint("number", name=op.f("uq_learnt_weights_number")),
        sa.UniqueConstraint("reference", name=op.f("uq_learnt_weights_reference")),
        sa.UniqueConstraint("version", name=op.f("uq_learnt_weights_version")),
    )
    with op.batch_alter_table("learnt_weights", schema=None) as batch_op:
        batch_op.create_index(
            "uq_learnt_weights_adopted",
            ["base", "instead_of"],
            unique=True,
            sqlite_where=sa.text("stage = 'adopted'"),
            postgresql_where=sa.text("stage = 'adopted'"),
        )

    with op.batch_alter_table("model_evaluation", schema=None) as batch_op:
        batch_op.alter_column(
            "version", existing_type=sa.VARCHAR(length=60), type_=sa.String(length=100), existing_nullable=False
        )

    with op.batch_alter_table("suggestion", schema=None) as batch_op:
        batch_op.alter_column(
            "model_version", existing_type=sa.VARCHAR(length=60), type_=sa.String(length=100), existing_nullable=False
        )

    with op.batch_alter_table("suggestion_feedback", schema=None) as batch_op:
        batch_op.alter_column(
            "model_version", existing_type=sa.VARCHAR(length=60), type_=sa.String(length=100), existing_nullable=False
        )


def downgrade() -> None:
    with op.batch_alter_table("suggestion_feedback", schema=None) as batch_op:
        batch_op.alter_column(
            "model_version", existing_type=sa.String(length=100), type_=sa.VARCHAR(length=60), existing_nullable=False
        )

    with op.batch_alter_table("suggestion", schema=None) as batch_op:
        batch_op.alter_column(
            "model_version", existing_type=sa.String(length=100), type_=sa.VARCHAR(length=60), existing_nullable=False
        )

    with op.batch_alter_table("model_evaluation", schema=None) as batch_op:
        batch_op.alter_column(
            "version", existing_type=sa.String(length=100), type_=sa.VARCHAR(length=60), existing_nullable=False
        )

    with op.batch_alter_table("learnt_weights", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_learnt_weights_adopted",
            sqlite_where=sa.text("stage = 'adopted'"),
            postgresql_where=sa.text("stage = 'adopted'"),
        )

    op.drop_table("learnt_weights")
