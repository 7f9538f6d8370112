"""The list of challenges asks search; the folded column it asked before goes."""

import sqlalchemy as sa
from alembic import op

revision = "0053_no_folded_text"
down_revision = "0052_lots_revisions_copies"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("challenge", "folded_text")


def downgrade() -> None:
    op.add_column("challenge", sa.Column("folded_text", sa.Text(), nullable=False, server_default=""))
