"""Fields of a contest, of its entries and of its judges."""

import sqlalchemy as sa
from alembic import op

revision = "0026_fields_of_contests"
down_revision = "0025_early_opening"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contest_fields", sa.JSON(), server_default="[]", nullable=False))

    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.add_column(sa.Column("fields", sa.JSON(), server_default="[]", nullable=False))

    with op.batch_alter_table("solution", schema=None) as batch_op:
        batch_op.add_column(
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
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("solution", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_solution_field"), type_="check")
        batch_op.drop_column("field")

    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_column("fields")

    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.drop_column("contest_fields")
