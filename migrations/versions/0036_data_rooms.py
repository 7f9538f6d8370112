"""Files of challenges, and undertakings of confidentiality."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0036_data_rooms"
down_revision = "0035_oral_defence"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "room_file",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        sa.Column("added_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("added_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("removed_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_room_file_added_by_id_person")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_room_file_challenge_id_challenge")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_room_file_file_id_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_file")),
    )
    with op.batch_alter_table("room_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_room_file_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "room_text",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text_vi", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("written_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("written_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_room_text_challenge_id_challenge")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_room_text_written_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_text")),
        sa.UniqueConstraint("challenge_id", "number", name=op.f("uq_room_text_challenge_id_number")),
    )
    op.create_table(
        "room_acceptance",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("accepted_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_room_acceptance_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_room_acceptance_person_id_person")),
        sa.ForeignKeyConstraint(["text_id"], ["room_text.id"], name=op.f("fk_room_acceptance_text_id_room_text")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_acceptance")),
        sa.UniqueConstraint("text_id", "person_id", name=op.f("uq_room_acceptance_text_id_person_id")),
    )
    with op.batch_alter_table("room_acceptance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_room_acceptance_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("room_acceptance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_room_acceptance_person_id"))

    op.drop_table("room_acceptance")
    op.drop_table("room_text")
    with op.batch_alter_table("room_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_room_file_challenge_id"))

    op.drop_table("room_file")
