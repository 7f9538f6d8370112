"""How letters reach their readers."""

import sqlalchemy as sa
from alembic import op

revision = "0046_letter_choices"
down_revision = "0045_official_documents"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter_choice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "topic",
            sa.Enum(
                "questions",
                "reminders",
                "introductions",
                "agency",
                name="topic",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "how",
            sa.Enum("at_once", "daily", "off", name="how", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_letter_choice_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_choice")),
        sa.UniqueConstraint("person_id", "topic", name=op.f("uq_letter_choice_person_id_topic")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "how",
                sa.Enum("at_once", "daily", "off", name="how", native_enum=False, create_constraint=True, length=30),
                server_default="at_once",
                nullable=False,
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_letter_how"), type_="check")
        batch_op.drop_column("how")

    op.drop_table("letter_choice")
