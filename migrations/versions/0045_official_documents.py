"""Official documents of panels, in editions."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0045_official_documents"
down_revision = "0044_watching"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "official_document",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("panel_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "minutes",
                "sheets",
                "submission",
                "decision",
                name="documentkind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_official_document_made_by_id_person")),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_official_document_panel_id_panel")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_document")),
        sa.UniqueConstraint("panel_id", "kind", "edition", name=op.f("uq_official_document_panel_id_kind_edition")),
        sa.UniqueConstraint("reference", name=op.f("uq_official_document_reference")),
    )


def downgrade() -> None:
    op.drop_table("official_document")
