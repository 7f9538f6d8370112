"""Searches and things kept, and what each reader was told of them."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0044_watching"
down_revision = "0043_terms"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "no_digests",
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_no_digests_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_no_digests")),
    )
    op.create_table(
        "told",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=250), nullable=False),
        sa.Column("told_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_told_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_told_person_id_key")),
    )
    op.create_table(
        "saved_search",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("saved_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("known", sa.JSON(), nullable=False),
        sa.Column("saved_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.CheckConstraint("(person_id is null) <> (organisation_id is null)", name=op.f("ck_saved_search_one_owner")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_saved_search_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_search_person_id_person")),
        sa.ForeignKeyConstraint(["saved_by_id"], ["person.id"], name=op.f("fk_saved_search_saved_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_search")),
        sa.UniqueConstraint("reference", name=op.f("uq_saved_search_reference")),
    )
    with op.batch_alter_table("saved_search", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_search_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_saved_search_person_id"), ["person_id"], unique=False)

    op.create_table(
        "saved_item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("saved_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kept_organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("saved_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(challenge_id is null) <> (kept_organisation_id is null)", name=op.f("ck_saved_item_one_thing")
        ),
        sa.CheckConstraint("(person_id is null) <> (organisation_id is null)", name=op.f("ck_saved_item_one_owner")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_saved_item_challenge_id_challenge")),
        sa.ForeignKeyConstraint(
            ["kept_organisation_id"], ["organisation.id"], name=op.f("fk_saved_item_kept_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_saved_item_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_item_person_id_person")),
        sa.ForeignKeyConstraint(["saved_by_id"], ["person.id"], name=op.f("fk_saved_item_saved_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_item")),
        sa.UniqueConstraint("reference", name=op.f("uq_saved_item_reference")),
    )
    with op.batch_alter_table("saved_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_item_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_saved_item_kept_organisation_id"), ["kept_organisation_id"], unique=False)
        batch_op.create_index(
            "uq_saved_item_organisation_challenge",
            ["organisation_id", "challenge_id"],
            unique=True,
            sqlite_where=sa.text("organisation_id is not null and challenge_id is not null"),
            postgresql_where=sa.text("organisation_id is not null and challenge_id is not null"),
        )
        batch_op.create_index(
            "uq_saved_item_organisation_kept_organisation",
            ["organisation_id", "kept_organisation_id"],
            unique=True,
            sqlite_where=sa.text("organisation_id is not null and kept_organisation_id is not null"),
            postgresql_where=sa.text("organisation_id is not null and kept_organisation_id is not null"),
        )
        batch_op.create_index(
            "uq_saved_item_person_challenge",
            ["person_id", "challenge_id"],
            unique=True,
            sqlite_where=sa.text("person_id is not null and challenge_id is not null"),
            postgresql_where=sa.text("person_id is not null and challenge_id is not null"),
        )
        batch_op.create_index(
            "uq_saved_item_person_kept_organisation",
            ["person_id", "kept_organisation_id"],
            unique=True,
            sqlite_where=sa.text("person_id is not null and kept_organisation_id is not null"),
            postgresql_where=sa.text("person_id is not null and kept_organisation_id is not null"),
        )

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("one_click", sa.String(length=500), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_column("one_click")

    with op.batch_alter_table("saved_item", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_saved_item_person_kept_organisation",
            sqlite_where=sa.text("person_id is not null and kept_organisation_id is not null"),
            postgresql_where=sa.text("person_id is not null and kept_organisation_id is not null"),
        )
        batch_op.drop_index(
            "uq_saved_item_person_challenge",
            sqlite_where=sa.text("person_id is not null and challenge_id is not null"),
            postgresql_where=sa.text("person_id is not null and challenge_id is not null"),
        )
        batch_op.drop_index(
            "uq_saved_item_organisation_kept_organisation",
            sqlite_where=sa.text("organisation_id is not null and kept_organisation_id is not null"),
            postgresql_where=sa.text("organisation_id is not null and kept_organisation_id is not null"),
        )
        batch_op.drop_index(
            "uq_saved_item_organisation_challenge",
            sqlite_where=sa.text("organisation_id is not null and challenge_id is not null"),
            postgresql_where=sa.text("organisation_id is not null and challenge_id is not null"),
        )
        batch_op.drop_index(batch_op.f("ix_saved_item_kept_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_saved_item_challenge_id"))

    op.drop_table("saved_item")
    with op.batch_alter_table("saved_search", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_search_person_id"))
        batch_op.drop_index(batch_op.f("ix_saved_search_organisation_id"))

    op.drop_table("saved_search")
    op.drop_table("told")
    op.drop_table("no_digests")
