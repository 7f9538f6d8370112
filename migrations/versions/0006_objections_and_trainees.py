"""Objections to judges and hints in names; judges who leave, trainees, and how many entries a judge takes."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0006_objections_and_trainees"
down_revision = "0005_writing_together"
branch_labels = None
depends_on = None

_ROLES = ("chair", "judge", "alternate")
_STAGES = ("invited", "accepted", "declined")
_BASES = ("none", "declared", "recused", "author", "member", "domain")
_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _one_of(column: str, words: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


def _may_be(table: str, checks: dict[str, tuple[str, tuple[str, ...]]]) -> None:
    """Let these columns be these words from now on: {name of the check: (column, words)}."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name, (column, words) in checks.items():
            batch_op.drop_constraint(op.f(name), type_="check")
            batch_op.create_check_constraint(op.f(name), _one_of(column, words))


def upgrade() -> None:
    op.create_table(
        "objection",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("seat_id", _BIG, nullable=False),
        sa.Column("solution_id", _BIG, nullable=False),
        sa.Column(
            "hint",
            sa.Enum(
                "affiliation", "partner", "rival", name="hint", native_enum=False, create_constraint=True, length=30
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("raised_by_id", _BIG, nullable=True),
        sa.Column("raised_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("decided_because", sa.Text(), nullable=True),
        sa.Column("decided_by_id", _BIG, nullable=True),
        sa.Column("decided_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.CheckConstraint("(hint is null) = (raised_by_id is not null)", name=op.f("ck_objection_said_or_found")),
        sa.CheckConstraint("(upheld is null) = (decided_at is null)", name=op.f("ck_objection_decided")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_objection_decided_by_id_person")),
        sa.ForeignKeyConstraint(["raised_by_id"], ["person.id"], name=op.f("fk_objection_raised_by_id_person")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_objection_seat_id_seat")),
        sa.ForeignKeyConstraint(["solution_id"], ["solution.id"], name=op.f("fk_objection_solution_id_solution")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint("seat_id", "solution_id", "hint", name=op.f("uq_objection_seat_id_solution_id_hint")),
    )
    op.create_index(op.f("ix_objection_seat_id"), "objection", ["seat_id"])
    op.create_index(op.f("ix_objection_solution_id"), "objection", ["solution_id"])
    op.create_index(
        "uq_objection_said",
        "objection",
        ["seat_id", "solution_id"],
        unique=True,
        sqlite_where=sa.text("hint IS NULL"),
        postgresql_where=sa.text("hint IS NULL"),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.add_column(sa.Column("most", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("shown_at", marketplace.db.Moment(timezone=True), nullable=True))
        batch_op.create_check_constraint(op.f("ck_seat_most_range"), "most is null or most between 1 and 200")
        batch_op.drop_index("uq_seat_chair")
    _may_be(
        "seat",
        {
            "ck_seat_seatrole": ("role", (*_ROLES, "trainee")),
            "ck_seat_seatstage": ("stage", (*_STAGES, "left")),
        },
    )
    _index_chairs("role = 'chair' AND stage NOT IN ('declined', 'left')")
    _may_be("declaration", {"ck_declaration_basis": ("basis", (*_BASES, "group", "confirmed", "objected"))})


def _index_chairs(which: str) -> None:
    op.create_index(
        "uq_seat_chair",
        "seat",
        ["panel_id"],
        unique=True,
        sqlite_where=sa.text(which),
        postgresql_where=sa.text(which),
    )


def downgrade() -> None:
    _may_be("declaration", {"ck_declaration_basis": ("basis", _BASES)})
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_index("uq_seat_chair")
        batch_op.drop_constraint(op.f("ck_seat_most_range"), type_="check")
        batch_op.drop_column("shown_at")
        batch_op.drop_column("most")
    _may_be("seat", {"ck_seat_seatrole": ("role", _ROLES), "ck_seat_seatstage": ("stage", _STAGES)})
    _index_chairs("role = 'chair' AND stage <> 'declined'")
    op.drop_table("objection")
