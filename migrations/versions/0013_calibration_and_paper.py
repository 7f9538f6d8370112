"""Entries that all judges score first, and score sheets typed in from paper."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0013_calibration_and_paper"
down_revision = "0012_sealed_files"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "paper_sheet",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("sheet_id", _BIG, nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("typed_by_id", _BIG, nullable=False),
        sa.Column("typed_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", _BIG, nullable=True),
        sa.Column("confirmed_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.CheckConstraint(
            "confirmed_by_id is null or confirmed_by_id <> typed_by_id", name=op.f("ck_paper_sheet_two_people")
        ),
        sa.CheckConstraint(
            "(confirmed_at is null) = (confirmed_by_id is null)", name=op.f("ck_paper_sheet_confirmer_known")
        ),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["person.id"], name=op.f("fk_paper_sheet_confirmed_by_id_person")),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheet.id"], name=op.f("fk_paper_sheet_sheet_id_sheet")),
        sa.ForeignKeyConstraint(["typed_by_id"], ["person.id"], name=op.f("fk_paper_sheet_typed_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_sheet")),
        sa.UniqueConstraint("sheet_id", name=op.f("uq_paper_sheet_sheet_id")),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.add_column(sa.Column("calibrated_at", marketplace.db.Moment(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_column("calibrated_at")
    op.drop_table("paper_sheet")
