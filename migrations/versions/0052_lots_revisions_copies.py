"""Assignment by lot, required revisions, copies of files for blind rounds, a chair for each field."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0052_lots_revisions_copies"
down_revision = "0051_stored_pool"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assignment_draw",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("panel_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("committed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("committed_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("drawn_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("given", sa.JSON(), nullable=True),
        sa.Column("given_sha256", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "(drawn_at is null) = (given_sha256 is null)", name=op.f("ck_assignment_draw_drawn_from_something")
        ),
        sa.ForeignKeyConstraint(
            ["committed_by_id"], ["person.id"], name=op.f("fk_assignment_draw_committed_by_id_person")
        ),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_assignment_draw_panel_id_panel")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_draw")),
        sa.UniqueConstraint("panel_id", name=op.f("uq_assignment_draw_panel_id")),
    )
    op.create_table(
        "redacted_copy",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("solution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("of_file", sa.String(length=20), nullable=False),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("ended_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_redacted_copy_file_id_stored_file")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_redacted_copy_made_by_id_person")),
        sa.ForeignKeyConstraint(["solution_id"], ["solution.id"], name=op.f("fk_redacted_copy_solution_id_solution")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redacted_copy")),
        sa.UniqueConstraint("reference", name=op.f("uq_redacted_copy_reference")),
    )
    with op.batch_alter_table("redacted_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_redacted_copy_solution_id"), ["solution_id"], unique=False)
        batch_op.create_index(
            "uq_redacted_copy_standing",
            ["solution_id", "of_file"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "revision",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("panel_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("clarification_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "looks",
            sa.Enum("chair", "judges", name="look", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("decided_because", sa.Text(), nullable=True),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decided_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.CheckConstraint("accepted is null or looks = 'chair'", name=op.f("ck_revision_judges_decide_by_points")),
        sa.CheckConstraint("(accepted is null) = (decided_at is null)", name=op.f("ck_revision_decided")),
        sa.ForeignKeyConstraint(
            ["clarification_id"], ["clarification.id"], name=op.f("fk_revision_clarification_id_clarification")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_revision_decided_by_id_person")),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_revision_panel_id_panel")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("clarification_id", name=op.f("uq_revision_clarification_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_revision_reference")),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_panel_id"), ["panel_id"], unique=False)

    with op.batch_alter_table("clarification", schema=None) as batch_op:
        batch_op.add_column(sa.Column("revises", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("judging_rules", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pair_cap", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_judging_rules_pair_cap_range"), "pair_cap is null or pair_cap between 50 and 95"
        )

    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.add_column(sa.Column("chair_of", sa.String(length=30), server_default="", nullable=False))
        batch_op.drop_index(
            batch_op.f("uq_seat_chair"), sqlite_where=sa.text("role = 'chair' AND stage NOT IN ('declined', 'left')")
        )
        batch_op.create_index(
            "uq_seat_chair",
            ["panel_id", "chair_of"],
            unique=True,
            sqlite_where=sa.text("role = 'chair' AND stage NOT IN ('declined', 'left')"),
            postgresql_where=sa.text("role = 'chair' AND stage NOT IN ('declined', 'left')"),
        )


def downgrade() -> None:
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_seat_chair",
            sqlite_where=sa.text("role = 'chair' AND stage NOT IN ('declined', 'left')"),
            postgresql_where=sa.text("role = 'chair' AND stage NOT IN ('declined', 'left')"),
        )
        batch_op.create_index(
            batch_op.f("uq_seat_chair"),
            ["panel_id"],
            unique=1,
            sqlite_where=sa.text("role = 'chair' AND stage NOT IN ('declined', 'left')"),
        )
        batch_op.drop_column("chair_of")

    with op.batch_alter_table("judging_rules", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_judging_rules_pair_cap_range"), type_="check")
        batch_op.drop_column("pair_cap")

    with op.batch_alter_table("clarification", schema=None) as batch_op:
        batch_op.drop_column("revises")

    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revision_panel_id"))

    op.drop_table("revision")
    with op.batch_alter_table("redacted_copy", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_redacted_copy_standing",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_redacted_copy_solution_id"))

    op.drop_table("redacted_copy")
    op.drop_table("assignment_draw")
