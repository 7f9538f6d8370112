"""People and groups as entrants, several entries of one, and entries that came on paper."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0028_people_and_paper"
down_revision = "0027_limits_and_letter_requests"
branch_labels = None
depends_on = None

_KINDS = (
    *("department", "agency", "commune", "mass", "university", "institute", "enterprise", "startup"),
    *("cooperative", "hub", "incubator", "investor", "association", "foreign"),
)


def _may_be(table: str, words: tuple[str, ...]) -> None:
    """Let the kinds of this table be these words from now on."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_kind"), type_="check")
        words_listed = ", ".join(repr(word) for word in words)
        batch_op.create_check_constraint(op.f(f"ck_{table}_kind"), f"kind IN ({words_listed})")


def upgrade() -> None:
    op.create_table(
        "paper_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("solution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("clerk_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("begun_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("arrived_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("contact_name", sa.String(length=200), nullable=False),
        sa.Column("contact_phone", sa.String(length=30), nullable=True),
        sa.Column("contact_email", sa.String(length=255), nullable=True),
        sa.Column("tax_code", sa.String(length=14), nullable=True),
        sa.Column("claim_salt", sa.String(length=64), nullable=False),
        sa.Column("late_reason", sa.Text(), nullable=True),
        sa.Column("sealed_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("confirmed_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("claimed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("claimed_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.CheckConstraint("(claimed_by_id is null) = (claimed_at is null)", name=op.f("ck_paper_entry_claimed_when")),
        sa.CheckConstraint(
            "(confirmed_by_id is null) = (confirmed_at is null)", name=op.f("ck_paper_entry_confirmed_when")
        ),
        sa.CheckConstraint(
            "confirmed_by_id is null or confirmed_by_id <> clerk_id", name=op.f("ck_paper_entry_two_people")
        ),
        sa.CheckConstraint(
            "version_id is null or sealed_at is not null", name=op.f("ck_paper_entry_sealed_before_received")
        ),
        sa.ForeignKeyConstraint(["claimed_by_id"], ["person.id"], name=op.f("fk_paper_entry_claimed_by_id_person")),
        sa.ForeignKeyConstraint(["clerk_id"], ["person.id"], name=op.f("fk_paper_entry_clerk_id_person")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["person.id"], name=op.f("fk_paper_entry_confirmed_by_id_person")),
        sa.ForeignKeyConstraint(["solution_id"], ["solution.id"], name=op.f("fk_paper_entry_solution_id_solution")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["solution_version.id"], name=op.f("fk_paper_entry_version_id_solution_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_entry")),
        sa.UniqueConstraint("reference", name=op.f("uq_paper_entry_reference")),
        sa.UniqueConstraint("solution_id", name=op.f("uq_paper_entry_solution_id")),
        sa.UniqueConstraint("version_id", name=op.f("uq_paper_entry_version_id")),
    )
    with op.batch_alter_table("paper_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_entry_clerk_id"), ["clerk_id"], unique=False)

    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.add_column(sa.Column("most_entries", sa.Integer(), server_default="1", nullable=False))
        batch_op.create_check_constraint(op.f("ck_challenge_most_entries_range"), "most_entries between 1 and 20")

    with op.batch_alter_table("eligibility_rule", schema=None) as batch_op:
        batch_op.add_column(sa.Column("binds_partners", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_listed", sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_organisation_person_id"), ["person_id"])
        batch_op.create_foreign_key(batch_op.f("fk_organisation_person_id_person"), "person", ["person_id"], ["id"])

    for table in ("organisation", "applicant_band"):
        _may_be(table, (*_KINDS, "individual", "group"))

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        own_name, unlisted = "person_id is null or kind = 'individual'", "kind not in ('individual', 'group')"
        batch_op.create_check_constraint(op.f("ck_organisation_own_name"), own_name)
        batch_op.create_check_constraint(op.f("ck_organisation_people_unlisted"), f"{unlisted} or not is_listed")

    with op.batch_alter_table("solution", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ordinal", sa.Integer(), server_default="1", nullable=False))
        batch_op.create_check_constraint(op.f("ck_solution_ordinal_counts"), "ordinal >= 1")
        batch_op.drop_constraint(batch_op.f("uq_solution_challenge_id_organisation_id"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_solution_challenge_id_organisation_id_ordinal"),
            ["challenge_id", "organisation_id", "ordinal"],
        )


def downgrade() -> None:
    with op.batch_alter_table("solution", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_solution_challenge_id_organisation_id_ordinal"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_solution_challenge_id_organisation_id"), ["challenge_id", "organisation_id"]
        )
        batch_op.drop_constraint(op.f("ck_solution_ordinal_counts"), type_="check")
        batch_op.drop_column("ordinal")

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_organisation_own_name"), type_="check")
        batch_op.drop_constraint(op.f("ck_organisation_people_unlisted"), type_="check")

    for table in ("organisation", "applicant_band"):
        _may_be(table, _KINDS)

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_organisation_person_id_person"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_organisation_person_id"), type_="unique")
        batch_op.drop_column("person_id")
        batch_op.drop_column("is_listed")

    with op.batch_alter_table("eligibility_rule", schema=None) as batch_op:
        batch_op.drop_column("binds_partners")

    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_challenge_most_entries_range"), type_="check")
        batch_op.drop_column("most_entries")

    with op.batch_alter_table("paper_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_entry_clerk_id"))

    op.drop_table("paper_entry")
