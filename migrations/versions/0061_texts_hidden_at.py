"""When the operator took a challenge, a winner or a line of a track record from sight."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0061_texts_hidden_at"
down_revision = "0060_ties"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hidden_at", marketplace.db.Moment(timezone=True), nullable=True))

    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hidden_at", marketplace.db.Moment(timezone=True), nullable=True))

    with op.batch_alter_table("track_record", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hidden_at", marketplace.db.Moment(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("track_record", schema=None) as batch_op:
        batch_op.drop_column("hidden_at")

    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.drop_column("hidden_at")

    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.drop_column("hidden_at")
