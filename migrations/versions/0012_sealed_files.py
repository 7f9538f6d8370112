"""Keys of challenges, and what is known of a stored file."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0012_sealed_files"
down_revision = "0011_search_entries"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_key",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_key")),
        sa.UniqueConstraint("scope", name=op.f("uq_file_key_scope")),
    )
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.add_column(sa.Column("key_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.add_column(sa.Column("blob_sha256", sa.String(length=64), nullable=True))
        batch_op.add_column(
            sa.Column(
                "scan",
                sa.Enum(
                    "unscanned",
                    "waiting",
                    "clean",
                    "refused",
                    name="scan",
                    native_enum=False,
                    create_constraint=True,
                    length=30,
                ),
                server_default="unscanned",
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("scanned_at", marketplace.db.Moment(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("finding", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("remarks", sa.JSON(), server_default="[]", nullable=False))
        batch_op.create_foreign_key(batch_op.f("fk_stored_file_key_id_file_key"), "file_key", ["key_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_stored_file_key_id_file_key"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("ck_stored_file_scan"), type_="check")
        batch_op.drop_column("remarks")
        batch_op.drop_column("finding")
        batch_op.drop_column("scanned_at")
        batch_op.drop_column("scan")
        batch_op.drop_column("blob_sha256")
        batch_op.drop_column("key_id")

    op.drop_table("file_key")
