"""Writing a solution together: co-editors, comments, consortium, autosave; rules for drafts at closing."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0005_writing_together"
down_revision = "0004_while_open"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "solution_coeditor",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("solution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column(
            "right",
            sa.Enum("view", "comment", "edit", name="right", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("inviter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("invited_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("expires_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("accepted_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("ended_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["inviter_id"], ["person.id"], name=op.f("fk_solution_coeditor_inviter_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_solution_coeditor_person_id_person")),
        sa.ForeignKeyConstraint(
            ["solution_id"], ["solution.id"], name=op.f("fk_solution_coeditor_solution_id_solution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solution_coeditor")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_solution_coeditor_key_hash")),
        sa.UniqueConstraint("reference", name=op.f("uq_solution_coeditor_reference")),
    )
    with op.batch_alter_table("solution_coeditor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_solution_coeditor_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_solution_coeditor_solution_id"), ["solution_id"], unique=False)
        batch_op.create_index(
            "uq_solution_coeditor_open",
            ["solution_id", "email"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "solution_comment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("solution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("section", sa.String(length=60), nullable=False),
        sa.Column("answers_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("resolved_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("resolved_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["answers_id"], ["solution_comment.id"], name=op.f("fk_solution_comment_answers_id_solution_comment")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_solution_comment_author_id_person")),
        sa.ForeignKeyConstraint(
            ["resolved_by_id"], ["person.id"], name=op.f("fk_solution_comment_resolved_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["solution_id"], ["solution.id"], name=op.f("fk_solution_comment_solution_id_solution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solution_comment")),
        sa.UniqueConstraint("reference", name=op.f("uq_solution_comment_reference")),
    )
    with op.batch_alter_table("solution_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_solution_comment_answers_id"), ["answers_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_solution_comment_solution_id"), ["solution_id"], unique=False)
        batch_op.create_index("ix_solution_comment_thread", ["solution_id", "section", "id"], unique=False)

    op.create_table(
        "solution_partner",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("solution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("task", sa.String(length=300), nullable=True),
        sa.Column("share_bp", sa.Integer(), nullable=False),
        sa.Column("background_ip", sa.Text(), nullable=True),
        sa.Column("inviter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("invited_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("accepted_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("accepted_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ended_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column(
            "ended_because",
            sa.Enum("declined", "left", "removed", name="ending", native_enum=False, create_constraint=True, length=30),
            nullable=True,
        ),
        sa.CheckConstraint("share_bp between 0 and 10000", name=op.f("ck_solution_partner_share_range")),
        sa.ForeignKeyConstraint(
            ["accepted_by_id"], ["person.id"], name=op.f("fk_solution_partner_accepted_by_id_person")
        ),
        sa.ForeignKeyConstraint(["inviter_id"], ["person.id"], name=op.f("fk_solution_partner_inviter_id_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_solution_partner_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["solution_id"], ["solution.id"], name=op.f("fk_solution_partner_solution_id_solution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solution_partner")),
        sa.UniqueConstraint("reference", name=op.f("uq_solution_partner_reference")),
    )
    with op.batch_alter_table("solution_partner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_solution_partner_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_solution_partner_solution_id"), ["solution_id"], unique=False)
        batch_op.create_index(
            "uq_solution_partner_open",
            ["solution_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "solution_writing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("solution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("section", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("saved_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("told_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_solution_writing_person_id_person")),
        sa.ForeignKeyConstraint(
            ["solution_id"], ["solution.id"], name=op.f("fk_solution_writing_solution_id_solution")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solution_writing")),
        sa.UniqueConstraint(
            "solution_id", "section", "person_id", name=op.f("uq_solution_writing_solution_id_section_person_id")
        ),
    )
    with op.batch_alter_table("solution_writing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_solution_writing_solution_id"), ["solution_id"], unique=False)

    op.create_table(
        "solution_confirmation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("partner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["solution_partner.id"], name=op.f("fk_solution_confirmation_partner_id_solution_partner")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_solution_confirmation_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solution_confirmation")),
        sa.UniqueConstraint("partner_id", "sha256", name=op.f("uq_solution_confirmation_partner_id_sha256")),
    )
    with op.batch_alter_table("solution_confirmation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_solution_confirmation_partner_id"), ["partner_id"], unique=False)

    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.add_column(sa.Column("partners_confirm", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(
            sa.Column("counts_complete_drafts", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    with op.batch_alter_table("solution", schema=None) as batch_op:
        batch_op.add_column(sa.Column("send_at_closing_at", marketplace.db.Moment(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("send_at_closing_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_solution_send_at_closing_by_id_person"), "person", ["send_at_closing_by_id"], ["id"]
        )

    with op.batch_alter_table("solution_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("partners", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("whole_sha256", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("sent_at_closing", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("solution_version", schema=None) as batch_op:
        batch_op.drop_column("sent_at_closing")
        batch_op.drop_column("whole_sha256")
        batch_op.drop_column("partners")

    with op.batch_alter_table("solution", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_solution_send_at_closing_by_id_person"), type_="foreignkey")
        batch_op.drop_column("send_at_closing_by_id")
        batch_op.drop_column("send_at_closing_at")

    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.drop_column("counts_complete_drafts")
        batch_op.drop_column("partners_confirm")

    with op.batch_alter_table("solution_confirmation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_solution_confirmation_partner_id"))

    op.drop_table("solution_confirmation")
    with op.batch_alter_table("solution_writing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_solution_writing_solution_id"))

    op.drop_table("solution_writing")
    with op.batch_alter_table("solution_partner", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_solution_partner_open",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_solution_partner_solution_id"))
        batch_op.drop_index(batch_op.f("ix_solution_partner_organisation_id"))

    op.drop_table("solution_partner")
    with op.batch_alter_table("solution_comment", schema=None) as batch_op:
        batch_op.drop_index("ix_solution_comment_thread")
        batch_op.drop_index(batch_op.f("ix_solution_comment_solution_id"))
        batch_op.drop_index(batch_op.f("ix_solution_comment_answers_id"))

    op.drop_table("solution_comment")
    with op.batch_alter_table("solution_coeditor", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_solution_coeditor_open",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_solution_coeditor_solution_id"))
        batch_op.drop_index(batch_op.f("ix_solution_coeditor_person_id"))

    op.drop_table("solution_coeditor")
