"""The questions of a challenge's entry form, the answers, and the second envelope."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0016_entry_form"
down_revision = "0015_authors_of_solutions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "envelope_opening",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opened_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("opened_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_envelope_opening_challenge_id_challenge")
        ),
        sa.ForeignKeyConstraint(["opened_by_id"], ["person.id"], name=op.f("fk_envelope_opening_opened_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_envelope_opening")),
        sa.UniqueConstraint("challenge_id", name=op.f("uq_envelope_opening_challenge_id")),
    )
    op.create_table(
        "form_section",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title_vi", sa.String(length=200), nullable=True),
        sa.Column("title_en", sa.String(length=200), nullable=True),
        sa.CheckConstraint("title_vi is not null or title_en is not null", name=op.f("ck_form_section_titled")),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_form_section_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_section")),
        sa.UniqueConstraint("reference", name=op.f("uq_form_section_reference")),
    )
    with op.batch_alter_table("form_section", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_form_section_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "form_question",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("section_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "short_text",
                "long_text",
                "number",
                "money",
                "date",
                "yes_no",
                "one_of",
                "several_of",
                "link",
                "file",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("label_vi", sa.String(length=300), nullable=True),
        sa.Column("label_en", sa.String(length=300), nullable=True),
        sa.Column("hint_vi", sa.Text(), nullable=True),
        sa.Column("hint_en", sa.Text(), nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("most_words", sa.Integer(), nullable=True),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "public",
                "judges",
                "agency",
                "sealed",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("tells_entrant", sa.Boolean(), nullable=False),
        sa.Column("asked_if_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("asked_if_value", sa.String(length=20), nullable=True),
        sa.CheckConstraint(
            "(asked_if_id is null) = (asked_if_value is null)", name=op.f("ck_form_question_condition_whole")
        ),
        sa.CheckConstraint("asked_if_id <> id", name=op.f("ck_form_question_not_asked_if_itself")),
        sa.CheckConstraint("label_vi is not null or label_en is not null", name=op.f("ck_form_question_labelled")),
        sa.CheckConstraint(
            "most_words is null or most_words between 1 and 5000", name=op.f("ck_form_question_most_words_range")
        ),
        sa.ForeignKeyConstraint(
            ["asked_if_id"], ["form_question.id"], name=op.f("fk_form_question_asked_if_id_form_question")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["form_section.id"], name=op.f("fk_form_question_section_id_form_section")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_question")),
        sa.UniqueConstraint("reference", name=op.f("uq_form_question_reference")),
    )
    with op.batch_alter_table("form_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_form_question_asked_if_id"), ["asked_if_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_form_question_section_id"), ["section_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("solution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["form_question.id"], name=op.f("fk_answer_question_id_form_question")
        ),
        sa.ForeignKeyConstraint(["solution_id"], ["solution.id"], name=op.f("fk_answer_solution_id_solution")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("solution_id", "question_id", name=op.f("uq_answer_solution_id_question_id")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_question_id"), ["question_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_question_id"))

    op.drop_table("answer")
    with op.batch_alter_table("form_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_form_question_section_id"))
        batch_op.drop_index(batch_op.f("ix_form_question_asked_if_id"))

    op.drop_table("form_question")
    with op.batch_alter_table("form_section", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_form_section_challenge_id"))

    op.drop_table("form_section")
    op.drop_table("envelope_opening")
