"""Introductions of two organisations, and undertakings of confidentiality."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0029_introductions"
down_revision = "0028_people_and_paper"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "introduction_block",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("blocked_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["blocked_id"], ["organisation.id"], name=op.f("fk_introduction_block_blocked_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_introduction_block_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_introduction_block_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction_block")),
        sa.UniqueConstraint(
            "organisation_id", "blocked_id", name=op.f("uq_introduction_block_organisation_id_blocked_id")
        ),
    )
    with op.batch_alter_table("introduction_block", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_introduction_block_blocked_id"), ["blocked_id"], unique=False)

    op.create_table(
        "undertaking",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("about", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text_version", sa.String(length=20), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("given_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_undertaking_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_undertaking_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undertaking")),
        sa.UniqueConstraint(
            "organisation_id", "about", "text_version", name=op.f("uq_undertaking_organisation_id_about_text_version")
        ),
        sa.UniqueConstraint("reference", name=op.f("uq_undertaking_reference")),
    )
    with op.batch_alter_table("undertaking", schema=None) as batch_op:
        batch_op.create_index("ix_undertaking_about", ["about"], unique=False)
        batch_op.create_index(batch_op.f("ix_undertaking_person_id"), ["person_id"], unique=False)

    op.create_table(
        "introduction",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "asked",
                "accepted",
                "declined",
                "expired",
                "withdrawn",
                "ended",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("pair", sa.String(length=45), nullable=False),
        sa.Column("asker_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asked_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answered_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("was_suggested", sa.Boolean(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("asked_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("due_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("answered_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column(
            "reason",
            sa.Enum(
                "no_capacity",
                "other_field",
                "has_partner",
                "answers_alone",
                "conflict",
                "unclear",
                "other",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("ended_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.CheckConstraint("asker_id <> asked_id", name=op.f("ck_introduction_two_organisations")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["person.id"], name=op.f("fk_introduction_answered_by_id_person")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_introduction_asked_by_id_person")),
        sa.ForeignKeyConstraint(["asked_id"], ["organisation.id"], name=op.f("fk_introduction_asked_id_organisation")),
        sa.ForeignKeyConstraint(["asker_id"], ["organisation.id"], name=op.f("fk_introduction_asker_id_organisation")),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_introduction_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction")),
        sa.UniqueConstraint("reference", name=op.f("uq_introduction_reference")),
    )
    with op.batch_alter_table("introduction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_introduction_asked_id"), ["asked_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_introduction_asker_id"), ["asker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_introduction_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index(
            "uq_introduction_standing",
            ["pair"],
            unique=True,
            sqlite_where=sa.text("stage in ('asked', 'accepted')"),
            postgresql_where=sa.text("stage in ('asked', 'accepted')"),
        )

    op.create_table(
        "introduction_contact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("introduction_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ready_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_introduction_contact_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_introduction_contact_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_introduction_contact_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction_contact")),
        sa.UniqueConstraint(
            "introduction_id", "organisation_id", name=op.f("uq_introduction_contact_introduction_id_organisation_id")
        ),
    )
    op.create_table(
        "introduction_message",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("introduction_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        sa.Column("written_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_introduction_message_author_id_person")),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_introduction_message_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_introduction_message_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction_message")),
    )
    with op.batch_alter_table("introduction_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_introduction_message_introduction_id"), ["introduction_id"], unique=False)

    op.create_table(
        "introduction_report",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("introduction_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "milestone",
            sa.Enum("met", "contract", name="milestone", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reported_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("confirmed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("confirmed_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["person.id"], name=op.f("fk_introduction_report_confirmed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_introduction_report_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_introduction_report_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_introduction_report_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction_report")),
        sa.UniqueConstraint(
            "introduction_id", "milestone", name=op.f("uq_introduction_report_introduction_id_milestone")
        ),
    )


def downgrade() -> None:
    op.drop_table("introduction_report")
    with op.batch_alter_table("introduction_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_introduction_message_introduction_id"))

    op.drop_table("introduction_message")
    op.drop_table("introduction_contact")
    with op.batch_alter_table("introduction", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_introduction_standing",
            sqlite_where=sa.text("stage in ('asked', 'accepted')"),
            postgresql_where=sa.text("stage in ('asked', 'accepted')"),
        )
        batch_op.drop_index(batch_op.f("ix_introduction_challenge_id"))
        batch_op.drop_index(batch_op.f("ix_introduction_asker_id"))
        batch_op.drop_index(batch_op.f("ix_introduction_asked_id"))

    op.drop_table("introduction")
    with op.batch_alter_table("undertaking", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_undertaking_person_id"))
        batch_op.drop_index("ix_undertaking_about")

    op.drop_table("undertaking")
    with op.batch_alter_table("introduction_block", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_introduction_block_blocked_id"))

    op.drop_table("introduction_block")
