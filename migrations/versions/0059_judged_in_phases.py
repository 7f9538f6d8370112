"""What is judged in each phase."""

import sqlalchemy as sa
from alembic import op

revision = "0059_judged_in_phases"
down_revision = "0058_channels"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("period", schema=None) as batch_op:
        batch_op.add_column(sa.Column("judged_vi", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("judged_en", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("period", schema=None) as batch_op:
        batch_op.drop_column("judged_en")
        batch_op.drop_column("judged_vi")
