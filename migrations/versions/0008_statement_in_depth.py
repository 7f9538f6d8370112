"""Typed statements, waived gaps, messages of the review, promises."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0008_statement_in_depth"
down_revision = "0007_journal_tree"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "measure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=300), nullable=True),
        sa.Column("name_en", sa.String(length=300), nullable=True),
        sa.Column(
            "direction",
            sa.Enum("at_least", "at_most", name="direction", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("today_milli", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("target_milli", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_vi", sa.String(length=100), nullable=True),
        sa.Column("unit_en", sa.String(length=100), nullable=True),
        sa.CheckConstraint("name_vi is not null or name_en is not null", name=op.f("ck_measure_named")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_measure_challenge_id_challenge")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("challenge_id", "position", name=op.f("uq_measure_challenge_id_position")),
    )
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measure_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "pledge_report",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("decided", "dropped", name="pledgeoutcome", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("said_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome = 'dropped' or decided_on is not null", name=op.f("ck_pledge_report_decided_on_a_day")
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_pledge_report_challenge_id_challenge")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pledge_report_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_report")),
    )
    with op.batch_alter_table("pledge_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pledge_report_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "review_message",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_review_message_challenge_id_challenge")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_review_message_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_message")),
    )
    with op.batch_alter_table("review_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_message_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "waiver",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("gap", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("waived_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_waiver_challenge_id_challenge")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_waiver_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver")),
        sa.UniqueConstraint("challenge_id", "gap", name=op.f("uq_waiver_challenge_id_gap")),
    )
    with op.batch_alter_table("waiver", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waiver_challenge_id"), ["challenge_id"], unique=False)

    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.add_column(sa.Column("current_cost_vi", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("current_cost_en", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("prior_work_vi", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("prior_work_en", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("pilot_site_vi", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("pilot_site_en", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("adoption_owner_vi", sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column("adoption_owner_en", sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column("essentials", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("nice_to_haves", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("policies", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.drop_column("policies")
        batch_op.drop_column("nice_to_haves")
        batch_op.drop_column("essentials")
        batch_op.drop_column("adoption_owner_en")
        batch_op.drop_column("adoption_owner_vi")
        batch_op.drop_column("pilot_site_en")
        batch_op.drop_column("pilot_site_vi")
        batch_op.drop_column("prior_work_en")
        batch_op.drop_column("prior_work_vi")
        batch_op.drop_column("current_cost_en")
        batch_op.drop_column("current_cost_vi")

    with op.batch_alter_table("waiver", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_waiver_challenge_id"))

    op.drop_table("waiver")
    with op.batch_alter_table("review_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_message_challenge_id"))

    op.drop_table("review_message")
    with op.batch_alter_table("pledge_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pledge_report_challenge_id"))

    op.drop_table("pledge_report")
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_challenge_id"))

    op.drop_table("measure")
