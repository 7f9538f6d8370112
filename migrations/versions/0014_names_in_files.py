"""Names that files tell beside their content."""

import sqlalchemy as sa
from alembic import op

revision = "0014_names_in_files"
down_revision = "0013_calibration_and_paper"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.add_column(sa.Column("names", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.drop_column("names")
