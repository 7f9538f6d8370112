"""Passkeys, identities of a provider, idle ends, looks as somebody else, reported texts."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0056_ways_in_and_reports"
down_revision = "0055_profiles_and_imports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "linked_identity",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("linked_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_linked_identity_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linked_identity")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_linked_identity_issuer_subject")),
        sa.UniqueConstraint("person_id", "issuer", name=op.f("uq_linked_identity_person_id_issuer")),
    )
    op.create_table(
        "passkey",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("credential", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("is_backed_up", sa.Boolean(), nullable=False),
        sa.Column("made_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("used_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_passkey_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential", name=op.f("uq_passkey_credential")),
        sa.UniqueConstraint("reference", name=op.f("uq_passkey_reference")),
    )
    with op.batch_alter_table("passkey", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passkey_person_id"), ["person_id"], unique=False)

    op.create_table(
        "reported_text",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("object_reference", sa.String(length=20), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "reported", "left", "hidden", name="textstage", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("reported_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("decided_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_because", sa.String(length=1000), nullable=True),
        sa.Column("objection", sa.String(length=2000), nullable=True),
        sa.Column("objected_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("objection_answer", sa.String(length=1000), nullable=True),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_reported_text_decided_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reported_text")),
        sa.UniqueConstraint("kind", "object_reference", name=op.f("uq_reported_text_kind_object_reference")),
        sa.UniqueConstraint("reference", name=op.f("uq_reported_text_reference")),
    )
    op.create_table(
        "viewing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("operator_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("begun_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("ends_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("ended_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["operator_id"], ["person.id"], name=op.f("fk_viewing_operator_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_viewing_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_viewing")),
        sa.UniqueConstraint("reference", name=op.f("uq_viewing_reference")),
    )
    with op.batch_alter_table("viewing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_viewing_person_id"), ["person_id"], unique=False)

    op.create_table(
        "text_report",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "false",
                "private",
                "insulting",
                "advertising",
                "unlawful",
                "other",
                name="reportreason",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=1000), nullable=True),
        sa.Column("reporter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("made_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["reporter_id"], ["person.id"], name=op.f("fk_text_report_reporter_id_person")),
        sa.ForeignKeyConstraint(["text_id"], ["reported_text.id"], name=op.f("fk_text_report_text_id_reported_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_report")),
    )
    with op.batch_alter_table("text_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_text_report_text_id"), ["text_id"], unique=False)

    with op.batch_alter_table("open_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("assurance", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("idle_until", marketplace.db.Moment(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("open_session", schema=None) as batch_op:
        batch_op.drop_column("idle_until")
        batch_op.drop_column("assurance")

    with op.batch_alter_table("text_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_text_report_text_id"))

    op.drop_table("text_report")
    with op.batch_alter_table("viewing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_viewing_person_id"))

    op.drop_table("viewing")
    op.drop_table("reported_text")
    with op.batch_alter_table("passkey", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passkey_person_id"))

    op.drop_table("passkey")
    op.drop_table("linked_identity")
