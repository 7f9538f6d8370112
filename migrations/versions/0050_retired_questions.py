"""Questions and sections that an amendment left out."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0050_retired_questions"
down_revision = "0049_judge_fees"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("form_section", schema=None) as batch_op:
        batch_op.add_column(sa.Column("retired_at", marketplace.db.Moment(timezone=True), nullable=True))
    with op.batch_alter_table("form_question", schema=None) as batch_op:
        batch_op.add_column(sa.Column("retired_at", marketplace.db.Moment(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("form_question", schema=None) as batch_op:
        batch_op.drop_column("retired_at")
    with op.batch_alter_table("form_section", schema=None) as batch_op:
        batch_op.drop_column("retired_at")
