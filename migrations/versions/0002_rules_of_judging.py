"""The rules of judging, their amendments, versions of score sheets."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0002_rules_of_judging"
down_revision = "0001_the_house"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "judging_rules",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rounds", sa.JSON(), nullable=False),
        sa.Column("reviews_per_entry", sa.Integer(), nullable=False),
        sa.Column("quorum", sa.Integer(), nullable=False),
        sa.Column("third_reading_points", sa.Integer(), nullable=True),
        sa.Column("minimum_total", sa.Integer(), nullable=True),
        sa.Column(
            "dropout",
            sa.Enum(
                "finished_stay", "all_reread", name="dropout", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("tiebreaks", sa.JSON(), nullable=False),
        sa.Column("mix_required", sa.Boolean(), nullable=False),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column(
            "comments",
            sa.Enum(
                "extremes", "always", "never", name="comments", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("objection_days", sa.Integer(), nullable=False),
        sa.Column("anchor_count", sa.Integer(), nullable=False),
        sa.Column("saved_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("locked_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "(locked_at is null) = (fingerprint is null)", name=op.f("ck_judging_rules_locked_with_fingerprint")
        ),
        sa.CheckConstraint("anchor_count between 0 and 3", name=op.f("ck_judging_rules_anchor_range")),
        sa.CheckConstraint(
            "minimum_total is null or minimum_total between 1 and 100", name=op.f("ck_judging_rules_minimum_range")
        ),
        sa.CheckConstraint("objection_days between 0 and 10", name=op.f("ck_judging_rules_objection_range")),
        sa.CheckConstraint("quorum between 1 and reviews_per_entry", name=op.f("ck_judging_rules_quorum_range")),
        sa.CheckConstraint("reviews_per_entry between 1 and 9", name=op.f("ck_judging_rules_reviews_range")),
        sa.CheckConstraint(
            "third_reading_points is null or third_reading_points between 5 and 100",
            name=op.f("ck_judging_rules_third_range"),
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_judging_rules_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judging_rules")),
        sa.UniqueConstraint("challenge_id", name=op.f("uq_judging_rules_challenge_id")),
    )
    op.create_table(
        "rules_amendment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rules_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("amended_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("amended_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["amended_by_id"], ["person.id"], name=op.f("fk_rules_amendment_amended_by_id_person")),
        sa.ForeignKeyConstraint(
            ["rules_id"], ["judging_rules.id"], name=op.f("fk_rules_amendment_rules_id_judging_rules")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rules_amendment")),
    )
    with op.batch_alter_table("rules_amendment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rules_amendment_rules_id"), ["rules_id"], unique=False)

    op.create_table(
        "sheet_version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sheet_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("saved_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("saved_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["saved_by_id"], ["person.id"], name=op.f("fk_sheet_version_saved_by_id_person")),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheet.id"], name=op.f("fk_sheet_version_sheet_id_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_version")),
        sa.UniqueConstraint("sheet_id", "edition", name=op.f("uq_sheet_version_sheet_id_edition")),
    )
    _take_over_what_panels_said()
    with op.batch_alter_table("panel", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_panel_reviews_range"), type_="check")
        batch_op.drop_column("reviews_per_entry")

    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.add_column(sa.Column("not_applicable", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_check_constraint(
            op.f("ck_score_no_points_where_not_applicable"), "not not_applicable or value is null"
        )

    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.add_column(sa.Column("returned_at", marketplace.db.Moment(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("returned_because", sa.Text(), nullable=True))


def _take_over_what_panels_said() -> None:
    """Every panel's number of readings becomes its challenge's rule; a panel could miss one sheet."""
    connection = op.get_bind()
    rules = sa.table(
        "judging_rules",
        *map(
            sa.column,
            ("challenge_id", "reviews_per_entry", "quorum", "dropout", "comments", "objection_days", "anchor_count"),
        ),
        sa.column("rounds", sa.JSON()),
        sa.column("tiebreaks", sa.JSON()),
        sa.column("mix_required", sa.Boolean()),
        sa.column("not_applicable", sa.Boolean()),
    )
    for challenge_id, reviews in connection.execute(sa.text("select challenge_id, reviews_per_entry from panel")):
        connection.execute(
            rules.insert().values(
                challenge_id=challenge_id,
                reviews_per_entry=reviews,
                quorum=max(1, reviews - 1),
                dropout="finished_stay",
                comments="extremes",
                objection_days=0,
                anchor_count=0,
                rounds=[{"blind": "open", "best": None}],
                # until now equal means shared a place
                tiebreaks=[],
                mix_required=False,
                not_applicable=False,
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.drop_column("returned_because")
        batch_op.drop_column("returned_at")

    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_score_no_points_where_not_applicable"), type_="check")
        batch_op.drop_column("not_applicable")

    with op.batch_alter_table("panel", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reviews_per_entry", sa.Integer(), server_default="3", nullable=False))
        batch_op.create_check_constraint(op.f("ck_panel_reviews_range"), "reviews_per_entry between 1 and 9")

    op.drop_table("sheet_version")
    with op.batch_alter_table("rules_amendment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rules_amendment_rules_id"))

    op.drop_table("rules_amendment")
    op.drop_table("judging_rules")
