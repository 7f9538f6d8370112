"""Batch and group of the city's list of problems."""

import sqlalchemy as sa
from alembic import op

revision = "0048_city_list"
down_revision = "0047_email_followers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.add_column(sa.Column("list_batch", sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column("list_group", sa.String(length=200), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.drop_column("list_group")
        batch_op.drop_column("list_batch")
