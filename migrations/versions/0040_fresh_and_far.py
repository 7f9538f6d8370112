"""Profiles confirmed, feedback on suggestions, exposure by month, versions of the model."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0040_fresh_and_far"
down_revision = "0039_coentries"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_evaluation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version", sa.String(length=60), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("used_since", marketplace.db.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_evaluation")),
        sa.UniqueConstraint("version", name=op.f("uq_model_evaluation_version")),
    )
    op.create_table(
        "exposure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "row",
            sa.Enum("best", "newcomer", "far", name="row", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_exposure_challenge_id_challenge")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_exposure_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exposure")),
        sa.UniqueConstraint(
            "month", "challenge_id", "organisation_id", name=op.f("uq_exposure_month_challenge_id_organisation_id")
        ),
    )
    with op.batch_alter_table("exposure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exposure_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "suggestion_feedback",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "relevant",
                "not_relevant",
                "known",
                name="verdict",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("model_version", sa.String(length=60), nullable=False),
        sa.Column("said_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_suggestion_feedback_challenge_id_challenge")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_suggestion_feedback_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_suggestion_feedback_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion_feedback")),
        sa.UniqueConstraint(
            "challenge_id",
            "organisation_id",
            "person_id",
            name=op.f("uq_suggestion_feedback_challenge_id_organisation_id_person_id"),
        ),
    )
    with op.batch_alter_table("suggestion_feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_suggestion_feedback_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_suggestion_feedback_person_id"), ["person_id"], unique=False)

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("confirmed_at", marketplace.db.Moment(timezone=True), nullable=True))

    _make_suggestions_anew("best", "newcomer", "far")


def downgrade() -> None:
    _make_suggestions_anew("best", "newcomer")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_column("confirmed_at")

    with op.batch_alter_table("suggestion_feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suggestion_feedback_person_id"))
        batch_op.drop_index(batch_op.f("ix_suggestion_feedback_organisation_id"))

    op.drop_table("suggestion_feedback")
    with op.batch_alter_table("exposure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exposure_organisation_id"))

    op.drop_table("exposure")
    op.drop_table("model_evaluation")


def _make_suggestions_anew(*rows: str) -> None:
    """Suggestions follow from profiles and challenges: the worker makes them again, so none has to be moved."""
    with op.batch_alter_table("suggestion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suggestion_organisation_id"))
    op.drop_table("suggestion")
    op.create_table(
        "suggestion",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "row",
            sa.Enum(*rows, name="row", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column(
            "adds",
            sa.Enum(
                "state",
                "academia",
                "business",
                "support",
                name="helix",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("missing_sides", sa.JSON(), nullable=False),
        sa.Column("missing_needs", sa.JSON(), nullable=False),
        sa.Column("model_version", sa.String(length=60), nullable=False),
        sa.Column("inputs_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.CheckConstraint("place >= 1", name=op.f("ck_suggestion_place_positive")),
        sa.CheckConstraint("score between 0 and 1000", name=op.f("ck_suggestion_score_range")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_suggestion_challenge_id_challenge")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_suggestion_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
        sa.UniqueConstraint("challenge_id", "organisation_id", name=op.f("uq_suggestion_challenge_id_organisation_id")),
        sa.UniqueConstraint("challenge_id", "row", "place", name=op.f("uq_suggestion_challenge_id_row_place")),
    )
    with op.batch_alter_table("suggestion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_suggestion_organisation_id"), ["organisation_id"], unique=False)
