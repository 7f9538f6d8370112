"""Profiles with audiences, experts, imports, proofs of claims."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0055_profiles_and_imports"
down_revision = "0054_search_facts_first"
branch_labels = None
depends_on = None

_KINDS = (
    *("department", "agency", "commune", "mass", "university", "institute", "enterprise", "startup", "cooperative"),
    *("hub", "incubator", "investor", "association", "foreign", "individual", "group"),
)
_MORE_KINDS = (
    *("party", "public_unit", "state_operator", "hospital", "laboratory", "learned_society", "science_enterprise"),
    *("large_enterprise", "household", "business_association", "exchange", "ip_firm", "community", "media"),
)


def _may_be(table: str, kinds: tuple[str, ...]) -> None:
    """Let organisations be of these kinds from now on."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_kind"), type_="check")
        batch_op.create_check_constraint(
            op.f(f"ck_{table}_kind"), f"kind IN ({', '.join(repr(kind) for kind in kinds)})"
        )


def upgrade() -> None:
    op.create_table(
        "expert",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("full_name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=True),
        sa.Column("summary_vi", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("concepts", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column(
            "readers",
            sa.Enum(
                "public", "organisers", "own", name="readers", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("part_readers", sa.JSON(), nullable=False),
        sa.Column("folded_name", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=True),
        sa.Column("created_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("confirmed_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_expert_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert")),
        sa.UniqueConstraint("email", name=op.f("uq_expert_email")),
        sa.UniqueConstraint("person_id", name=op.f("uq_expert_person_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_expert_reference")),
    )
    op.create_table(
        "affiliation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("expert_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("position", sa.String(length=200), nullable=True),
        sa.Column("from_year", sa.Integer(), nullable=False),
        sa.Column("to_year", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.CheckConstraint("to_year is null or to_year >= from_year", name=op.f("ck_affiliation_years")),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_affiliation_expert_id_expert")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_affiliation_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliation")),
        sa.UniqueConstraint("reference", name=op.f("uq_affiliation_reference")),
    )
    with op.batch_alter_table("affiliation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_affiliation_expert_id"), ["expert_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_affiliation_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "expert_evidence",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("expert_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "paper",
                "patent",
                "project",
                "role",
                "award",
                name="expertise",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("month", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=True),
        sa.CheckConstraint(
            "month is null or (month between 1 and 12 and year is not null)", name=op.f("ck_expert_evidence_month")
        ),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_expert_evidence_expert_id_expert")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expert_evidence")),
        sa.UniqueConstraint("reference", name=op.f("uq_expert_evidence_reference")),
    )
    with op.batch_alter_table("expert_evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expert_evidence_expert_id"), ["expert_id"], unique=False)

    op.create_table(
        "import_run",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column(
            "what",
            sa.Enum("organisations", "experts", name="what", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "checking",
                "checked",
                "unreadable",
                "importing",
                "imported",
                "undoing",
                "undone",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("brought_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("brought_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("done_count", sa.Integer(), nullable=False),
        sa.Column("imported_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("undone_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["brought_by_id"], ["person.id"], name=op.f("fk_import_run_brought_by_id_person")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_import_run_file_id_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
        sa.UniqueConstraint("reference", name=op.f("uq_import_run_reference")),
    )
    op.create_table(
        "import_row",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "new",
                "line",
                "refused",
                "added",
                "taken_back",
                "kept",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=True),
        sa.Column("detail", sa.String(length=300), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("target_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("expert_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=True),
        sa.Column("line_fingerprint", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["expert_id"], ["expert.id"], name=op.f("fk_import_row_expert_id_expert")),
        sa.ForeignKeyConstraint(["line_id"], ["track_record.id"], name=op.f("fk_import_row_line_id_track_record")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_import_row_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_import_row_run_id_import_run")),
        sa.ForeignKeyConstraint(["target_id"], ["organisation.id"], name=op.f("fk_import_row_target_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
        sa.UniqueConstraint("run_id", "number", name=op.f("uq_import_row_run_id_number")),
    )
    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_row_expert_id"), ["expert_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_row_line_id"), ["line_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_row_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_row_target_id"), ["target_id"], unique=False)
        batch_op.create_index("ix_import_row_waiting", ["run_id", "outcome", "number"], unique=False)

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("fields", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("concepts", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("languages", sa.JSON(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("owner_group", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("contact", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("kept_back", sa.JSON(), server_default="{}", nullable=False))

        batch_op.create_check_constraint(
            op.f("ck_organisation_tax_code_normal"), "tax_code is null or length(tax_code) in (10, 14)"
        )
    for table in ("organisation", "applicant_band"):
        _may_be(table, (*_KINDS, *_MORE_KINDS))

    with op.batch_alter_table("speaker_claim", schema=None) as batch_op:
        batch_op.add_column(sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_speaker_claim_file_id_stored_file"), "stored_file", ["file_id"], ["id"]
        )

    with op.batch_alter_table("track_record", schema=None) as batch_op:
        batch_op.add_column(sa.Column("month", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "audience",
                sa.Enum(
                    "public",
                    "partner",
                    "judge",
                    "own",
                    name="audience",
                    native_enum=False,
                    create_constraint=True,
                    length=30,
                ),
                server_default="public",
                nullable=False,
            )
        )
        batch_op.create_check_constraint(
            op.f("ck_track_record_month_of_year"), "month is null or (month between 1 and 12 and year is not null)"
        )


def downgrade() -> None:
    with op.batch_alter_table("track_record", schema=None) as batch_op:
        for name in ("month_of_year", "audience"):
            batch_op.drop_constraint(op.f(f"ck_track_record_{name}"), type_="check")
        batch_op.drop_column("audience")
        batch_op.drop_column("month")

    with op.batch_alter_table("speaker_claim", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_speaker_claim_file_id_stored_file"), type_="foreignkey")
        batch_op.drop_column("file_id")

    for table in ("organisation", "applicant_band"):
        _may_be(table, _KINDS)
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_organisation_tax_code_normal"), type_="check")
        batch_op.drop_column("kept_back")
        batch_op.drop_column("contact")
        batch_op.drop_column("owner_group")
        batch_op.drop_column("languages")
        batch_op.drop_column("concepts")
        batch_op.drop_column("fields")

    with op.batch_alter_table("import_row", schema=None) as batch_op:
        batch_op.drop_index("ix_import_row_waiting")
        batch_op.drop_index(batch_op.f("ix_import_row_target_id"))
        batch_op.drop_index(batch_op.f("ix_import_row_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_import_row_line_id"))
        batch_op.drop_index(batch_op.f("ix_import_row_expert_id"))

    op.drop_table("import_row")
    op.drop_table("import_run")
    with op.batch_alter_table("expert_evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expert_evidence_expert_id"))

    op.drop_table("expert_evidence")
    with op.batch_alter_table("affiliation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_affiliation_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_affiliation_expert_id"))

    op.drop_table("affiliation")
    op.drop_table("expert")
