"""Claims to speak for a body, verification, suspension and merging."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0042_standing"
down_revision = "0041_briefings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "speaker_claim",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "open",
                "accepted",
                "refused",
                "withdrawn",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.String(length=200), nullable=False),
        sa.Column("paper", sa.String(length=300), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("is_dispute", sa.Boolean(), nullable=False),
        sa.Column("claimed_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_speaker_claim_decided_by_id_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_speaker_claim_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_speaker_claim_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker_claim")),
        sa.UniqueConstraint("reference", name=op.f("uq_speaker_claim_reference")),
    )
    with op.batch_alter_table("speaker_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_speaker_claim_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_speaker_claim_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_speaker_claim_open",
            ["person_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("stage = 'open'"),
            postgresql_where=sa.text("stage = 'open'"),
        )

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("verified_at", marketplace.db.Moment(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("verified_how", sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column("suspended_at", marketplace.db.Moment(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("suspended_for", sa.Text(), nullable=True))
        batch_op.add_column(
            sa.Column("merged_into_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("merged_at", marketplace.db.Moment(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("merged_rows", sa.JSON(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_organisation_merged_into_id_organisation"), "organisation", ["merged_into_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_organisation_merged_into_id_organisation"), type_="foreignkey")
        batch_op.drop_column("merged_rows")
        batch_op.drop_column("merged_at")
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("suspended_for")
        batch_op.drop_column("suspended_at")
        batch_op.drop_column("verified_how")
        batch_op.drop_column("verified_at")

    with op.batch_alter_table("speaker_claim", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_speaker_claim_open", sqlite_where=sa.text("stage = 'open'"), postgresql_where=sa.text("stage = 'open'")
        )
        batch_op.drop_index(batch_op.f("ix_speaker_claim_person_id"))
        batch_op.drop_index(batch_op.f("ix_speaker_claim_organisation_id"))

    op.drop_table("speaker_claim")
