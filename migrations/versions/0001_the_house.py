"""The house: every table the first challenge's life needs."""

import sqlalchemy as sa
from alembic import op

import marketplace.db

revision = "0001_the_house"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "operator_key",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("used_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator_key")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_operator_key_key_hash")),
    )
    op.create_table(
        "outbox_job",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("run_after", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("leased_until", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("failed_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_job")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_job_key")),
    )
    with op.batch_alter_table("outbox_job", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_job_waiting", ["done_at", "run_after"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("full_name", sa.String(length=200), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("affiliation", sa.String(length=300), nullable=True),
        sa.Column("expertise", sa.String(length=2000), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.CheckConstraint("language in ('vi', 'en')", name=op.f("ck_person_language_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_person_fs_uniquifier")),
        sa.UniqueConstraint("reference", name=op.f("uq_person_reference")),
    )
    op.create_table(
        "place",
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("name_vi", sa.String(length=100), nullable=False),
        sa.Column("name_en", sa.String(length=100), nullable=False),
        sa.Column("former_district", sa.String(length=100), nullable=False),
        sa.Column("former_units", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_place")),
    )
    op.create_table(
        "journal_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("event", sa.String(length=80), nullable=False),
        sa.Column("object_type", sa.String(length=60), nullable=False),
        sa.Column("object_reference", sa.String(length=60), nullable=False),
        sa.Column("object_name", sa.String(length=300), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_journal_entry_actor_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entry")),
    )
    with op.batch_alter_table("journal_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_entry_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_journal_entry_event"), ["event"], unique=False)
        batch_op.create_index("ix_journal_entry_object", ["object_type", "object_reference"], unique=False)

    op.create_table(
        "letter",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("to_email", sa.String(length=255), nullable=False),
        sa.Column("to_person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("sent_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("sealed_until", marketplace.db.Moment(timezone=True), nullable=True),
        sa.CheckConstraint("language in ('vi', 'en')", name=op.f("ck_letter_language_known")),
        sa.ForeignKeyConstraint(["to_person_id"], ["person.id"], name=op.f("fk_letter_to_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("reference", name=op.f("uq_letter_reference")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_letter_to_person_id"), ["to_person_id"], unique=False)

    op.create_table(
        "open_session",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("agent", sa.String(length=300), nullable=False),
        sa.Column("started_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("ended_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_open_session_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_session")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_open_session_key_hash")),
    )
    with op.batch_alter_table("open_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_open_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "department",
                "agency",
                "commune",
                "mass",
                "university",
                "institute",
                "enterprise",
                "startup",
                "cooperative",
                "hub",
                "incubator",
                "investor",
                "association",
                "foreign",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "helix",
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
            nullable=False,
        ),
        sa.Column(
            "claim",
            sa.Enum("unclaimed", "claimed", name="claim", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("name_vi", sa.String(length=300), nullable=True),
        sa.Column("name_en", sa.String(length=300), nullable=True),
        sa.Column("symbol", sa.String(length=30), nullable=True),
        sa.Column("summary_vi", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("capabilities", sa.JSON(), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=True),
        sa.Column("tax_code", sa.String(length=14), nullable=True),
        sa.Column("place_code", sa.String(length=5), nullable=True),
        sa.Column("trl_from", sa.Integer(), nullable=True),
        sa.Column("trl_to", sa.Integer(), nullable=True),
        sa.Column("folded_names", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.CheckConstraint("name_vi is not null or name_en is not null", name=op.f("ck_organisation_named")),
        sa.CheckConstraint("trl_from is null or trl_from between 1 and 9", name=op.f("ck_organisation_trl_from_range")),
        sa.CheckConstraint("trl_to is null or trl_to between 1 and 9", name=op.f("ck_organisation_trl_to_range")),
        sa.ForeignKeyConstraint(["place_code"], ["place.code"], name=op.f("fk_organisation_place_code_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("reference", name=op.f("uq_organisation_reference")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisation_slug")),
        sa.UniqueConstraint("tax_code", name=op.f("uq_organisation_tax_code")),
    )
    op.create_table(
        "platform_grant",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum("operator", "auditor", name="platformrole", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("giver_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("given_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("ended_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["giver_id"], ["person.id"], name=op.f("fk_platform_grant_giver_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_platform_grant_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_grant")),
    )
    with op.batch_alter_table("platform_grant", schema=None) as batch_op:
        batch_op.create_index(
            "uq_platform_grant_open",
            ["person_id", "role"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "stored_file",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("uploaded_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_stored_file_size_positive")),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["person.id"], name=op.f("fk_stored_file_uploaded_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("reference", name=op.f("uq_stored_file_reference")),
    )
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stored_file_sha256"), ["sha256"], unique=False)

    op.create_table(
        "challenge",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "draft",
                "in_review",
                "published",
                "screening",
                "judging",
                "deliberation",
                "decided",
                "results_published",
                "verification",
                "pilot",
                "outcome",
                "cancelled",
                "not_awarded",
                "revoked",
                "history",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("agency_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("original_language", sa.String(length=2), nullable=False),
        sa.Column("title_vi", sa.String(length=300), nullable=True),
        sa.Column("title_en", sa.String(length=300), nullable=True),
        sa.Column("summary_vi", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("description_vi", sa.Text(), nullable=True),
        sa.Column("description_en", sa.Text(), nullable=True),
        sa.Column("users_vi", sa.Text(), nullable=True),
        sa.Column("users_en", sa.Text(), nullable=True),
        sa.Column("data_vi", sa.Text(), nullable=True),
        sa.Column("data_en", sa.Text(), nullable=True),
        sa.Column("partners_vi", sa.Text(), nullable=True),
        sa.Column("partners_en", sa.Text(), nullable=True),
        sa.Column("adoption_vi", sa.Text(), nullable=True),
        sa.Column("adoption_en", sa.Text(), nullable=True),
        sa.Column("judging_vi", sa.Text(), nullable=True),
        sa.Column("judging_en", sa.Text(), nullable=True),
        sa.Column("theme_vi", sa.String(length=200), nullable=True),
        sa.Column("theme_en", sa.String(length=200), nullable=True),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.Column("capabilities", sa.JSON(), nullable=False),
        sa.Column(
            "field",
            sa.Enum(
                "ict",
                "mechanics",
                "materials",
                "agriculture",
                "medicine",
                "education",
                "other",
                name="field",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "ip_terms",
            sa.Enum(
                "keep",
                "licence",
                "transfer",
                "open",
                name="ipterms",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("prize_amount", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("prize_currency", sa.String(length=3), nullable=False),
        sa.Column("pilot_budget_vnd", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("decision_on", sa.Date(), nullable=True),
        sa.Column("opens_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("closes_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("published_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("results_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("returned_because", sa.Text(), nullable=True),
        sa.Column("source_url", sa.String(length=500), nullable=True),
        sa.Column("source_hash", sa.String(length=64), nullable=True),
        sa.Column("folded_text", sa.Text(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.CheckConstraint(
            "opens_at is null or closes_at is null or opens_at < closes_at",
            name=op.f("ck_challenge_opens_before_closing"),
        ),
        sa.CheckConstraint("prize_amount is null or prize_amount > 0", name=op.f("ck_challenge_prize_positive")),
        sa.CheckConstraint("title_vi is not null or title_en is not null", name=op.f("ck_challenge_titled")),
        sa.ForeignKeyConstraint(["agency_id"], ["organisation.id"], name=op.f("fk_challenge_agency_id_organisation")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_challenge_author_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge")),
        sa.UniqueConstraint("reference", name=op.f("uq_challenge_reference")),
        sa.UniqueConstraint("slug", name=op.f("uq_challenge_slug")),
        sa.UniqueConstraint("source_url", name=op.f("uq_challenge_source_url")),
    )
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenge_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index("ix_challenge_stage_closes_at", ["stage", "closes_at"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "owner",
                "manager",
                "member",
                "viewer",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("inviter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("invited_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("expires_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("accepted_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("revoked_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["inviter_id"], ["person.id"], name=op.f("fk_invitation_inviter_id_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_invitation_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_invitation_key_hash")),
        sa.UniqueConstraint("reference", name=op.f("uq_invitation_reference")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "owner",
                "manager",
                "member",
                "viewer",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("giver_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("given_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("ended_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["giver_id"], ["person.id"], name=op.f("fk_membership_giver_id_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(
            "uq_membership_open",
            ["person_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "track_record",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "project",
                "product",
                "patent",
                "paper",
                name="evidencekind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("title_vi", sa.String(length=300), nullable=True),
        sa.Column("title_en", sa.String(length=300), nullable=True),
        sa.Column("description_vi", sa.Text(), nullable=True),
        sa.Column("description_en", sa.Text(), nullable=True),
        sa.Column("partner_vi", sa.String(length=300), nullable=True),
        sa.Column("partner_en", sa.String(length=300), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=True),
        sa.CheckConstraint("title_vi is not null or title_en is not null", name=op.f("ck_track_record_titled")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_track_record_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_track_record")),
        sa.UniqueConstraint("reference", name=op.f("uq_track_record_reference")),
    )
    with op.batch_alter_table("track_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_track_record_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "criterion",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=200), nullable=True),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("description_vi", sa.Text(), nullable=True),
        sa.Column("description_en", sa.Text(), nullable=True),
        sa.Column("weight_bp", sa.Integer(), nullable=False),
        sa.Column("maximum", sa.Integer(), nullable=False),
        sa.Column("anchors", sa.JSON(), nullable=False),
        sa.CheckConstraint("maximum between 1 and 100", name=op.f("ck_criterion_maximum_range")),
        sa.CheckConstraint("weight_bp between 1 and 10000", name=op.f("ck_criterion_weight_range")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_criterion_challenge_id_challenge")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
        sa.UniqueConstraint("challenge_id", "position", name=op.f("uq_criterion_challenge_id_position")),
    )
    with op.batch_alter_table("criterion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_criterion_challenge_id"), ["challenge_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reasons_vi", sa.Text(), nullable=True),
        sa.Column("reasons_en", sa.Text(), nullable=True),
        sa.Column("drafted_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("drafted_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("returned_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("returned_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("returned_because", sa.Text(), nullable=True),
        sa.Column("published_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("published_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(published_at is null) = (published_by_id is null)", name=op.f("ck_decision_publisher_known")
        ),
        sa.CheckConstraint(
            "published_at is null or returned_at is null", name=op.f("ck_decision_published_or_returned")
        ),
        sa.CheckConstraint(
            "published_by_id is null or published_by_id <> drafted_by_id", name=op.f("ck_decision_two_people")
        ),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_decision_challenge_id_challenge")),
        sa.ForeignKeyConstraint(["drafted_by_id"], ["person.id"], name=op.f("fk_decision_drafted_by_id_person")),
        sa.ForeignKeyConstraint(["published_by_id"], ["person.id"], name=op.f("fk_decision_published_by_id_person")),
        sa.ForeignKeyConstraint(["returned_by_id"], ["person.id"], name=op.f("fk_decision_returned_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("reference", name=op.f("uq_decision_reference")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index(
            "uq_decision_standing",
            ["challenge_id"],
            unique=True,
            sqlite_where=sa.text("returned_at IS NULL"),
            postgresql_where=sa.text("returned_at IS NULL"),
        )

    op.create_table(
        "panel",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reviews_per_entry", sa.Integer(), nullable=False),
        sa.Column("max_load", sa.Integer(), nullable=False),
        sa.Column("score_by_on", sa.Date(), nullable=True),
        sa.Column("made_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("made_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("assigned_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.CheckConstraint("max_load between 1 and 200", name=op.f("ck_panel_load_range")),
        sa.CheckConstraint("reviews_per_entry between 1 and 9", name=op.f("ck_panel_reviews_range")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_panel_challenge_id_challenge")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_panel_made_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel")),
        sa.UniqueConstraint("challenge_id", name=op.f("uq_panel_challenge_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_panel_reference")),
    )
    op.create_table(
        "solution",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "draft",
                "submitted",
                "withdrawn",
                "admitted",
                "ineligible",
                "awarded",
                "not_selected",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("title_vi", sa.String(length=300), nullable=True),
        sa.Column("title_en", sa.String(length=300), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("approach", sa.Text(), nullable=True),
        sa.Column("impact", sa.Text(), nullable=True),
        sa.Column("team", sa.Text(), nullable=True),
        sa.Column("pilot_plan", sa.Text(), nullable=True),
        sa.Column("cost_vnd", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("trl", sa.Integer(), nullable=True),
        sa.Column("terms_accepted_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("terms_accepted_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("screening_note", sa.Text(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("saved_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.CheckConstraint("language in ('vi', 'en')", name=op.f("ck_solution_language_known")),
        sa.CheckConstraint("cost_vnd is null or cost_vnd >= 0", name=op.f("ck_solution_cost_not_negative")),
        sa.CheckConstraint("trl is null or trl between 1 and 9", name=op.f("ck_solution_trl_range")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_solution_author_id_person")),
        sa.ForeignKeyConstraint(["challenge_id"], ["challenge.id"], name=op.f("fk_solution_challenge_id_challenge")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_solution_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["terms_accepted_by_id"], ["person.id"], name=op.f("fk_solution_terms_accepted_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solution")),
        sa.UniqueConstraint("challenge_id", "organisation_id", name=op.f("uq_solution_challenge_id_organisation_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_solution_reference")),
    )
    with op.batch_alter_table("solution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_solution_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_solution_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "suggestion",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("challenge_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "row",
            sa.Enum("best", "newcomer", name="row", native_enum=False, create_constraint=True, length=30),
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

    op.create_table(
        "attachment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("solution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_attachment_file_id_stored_file")),
        sa.ForeignKeyConstraint(["solution_id"], ["solution.id"], name=op.f("fk_attachment_solution_id_solution")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_solution_id"), ["solution_id"], unique=False)

    op.create_table(
        "result",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("decision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("solution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("awarded", sa.Boolean(), nullable=False),
        sa.Column("award_vi", sa.String(length=200), nullable=True),
        sa.Column("award_en", sa.String(length=200), nullable=True),
        sa.Column("citation_vi", sa.Text(), nullable=True),
        sa.Column("citation_en", sa.Text(), nullable=True),
        sa.CheckConstraint("not awarded or award_vi is not null", name=op.f("ck_result_award_named")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_result_decision_id_decision")),
        sa.ForeignKeyConstraint(["solution_id"], ["solution.id"], name=op.f("fk_result_solution_id_solution")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result")),
        sa.UniqueConstraint("decision_id", "solution_id", name=op.f("uq_result_decision_id_solution_id")),
    )
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_result_decision_id"), ["decision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_result_solution_id"), ["solution_id"], unique=False)

    op.create_table(
        "seat",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("panel_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "chair", "judge", "alternate", name="seatrole", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "invited",
                "accepted",
                "declined",
                name="seatstage",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("invited_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("invited_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("answered_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("undertaking_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("declined_because", sa.Text(), nullable=True),
        sa.Column("declared_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("reminded_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.CheckConstraint(
            "stage <> 'accepted' or undertaking_at is not null", name=op.f("ck_seat_undertaking_accepted")
        ),
        sa.ForeignKeyConstraint(["invited_by_id"], ["person.id"], name=op.f("fk_seat_invited_by_id_person")),
        sa.ForeignKeyConstraint(["panel_id"], ["panel.id"], name=op.f("fk_seat_panel_id_panel")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_seat_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("panel_id", "person_id", name=op.f("uq_seat_panel_id_person_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_seat_reference")),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_panel_id"), ["panel_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_seat_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_seat_chair",
            ["panel_id"],
            unique=True,
            sqlite_where=sa.text("role = 'chair' AND stage <> 'declined'"),
            postgresql_where=sa.text("role = 'chair' AND stage <> 'declined'"),
        )

    op.create_table(
        "solution_version",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("solution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("received_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("submitted_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("idempotency_key", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["solution_id"], ["solution.id"], name=op.f("fk_solution_version_solution_id_solution")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["person.id"], name=op.f("fk_solution_version_submitted_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solution_version")),
        sa.UniqueConstraint("reference", name=op.f("uq_solution_version_reference")),
        sa.UniqueConstraint(
            "solution_id", "idempotency_key", name=op.f("uq_solution_version_solution_id_idempotency_key")
        ),
        sa.UniqueConstraint("solution_id", "number", name=op.f("uq_solution_version_solution_id_number")),
    )
    with op.batch_alter_table("solution_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_solution_version_solution_id"), ["solution_id"], unique=False)

    op.create_table(
        "declaration",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("solution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "basis",
            sa.Enum(
                "none",
                "declared",
                "recused",
                "author",
                "member",
                "domain",
                name="basis",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("declared_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.CheckConstraint(
            "basis not in ('declared', 'recused') or reason is not null", name=op.f("ck_declaration_reason_given")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_declaration_seat_id_seat")),
        sa.ForeignKeyConstraint(["solution_id"], ["solution.id"], name=op.f("fk_declaration_solution_id_solution")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration")),
        sa.UniqueConstraint("seat_id", "solution_id", name=op.f("uq_declaration_seat_id_solution_id")),
    )
    with op.batch_alter_table("declaration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_declaration_seat_id"), ["seat_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_declaration_solution_id"), ["solution_id"], unique=False)

    op.create_table(
        "sheet",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("seat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("solution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "assigned",
                "draft",
                "final",
                "ended",
                name="sheetstage",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("affinity_bp", sa.Integer(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("assigned_at", marketplace.db.Moment(timezone=True), nullable=False),
        sa.Column("saved_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("finalised_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("ended_at", marketplace.db.Moment(timezone=True), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=True),
        sa.CheckConstraint("stage <> 'ended' or ended_because is not null", name=op.f("ck_sheet_ended")),
        sa.CheckConstraint("stage <> 'final' or finalised_at is not null", name=op.f("ck_sheet_finalised")),
        sa.CheckConstraint("affinity_bp between 0 and 10000", name=op.f("ck_sheet_affinity_range")),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_sheet_seat_id_seat")),
        sa.ForeignKeyConstraint(["solution_id"], ["solution.id"], name=op.f("fk_sheet_solution_id_solution")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["solution_version.id"], name=op.f("fk_sheet_version_id_solution_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet")),
        sa.UniqueConstraint("reference", name=op.f("uq_sheet_reference")),
        sa.UniqueConstraint("seat_id", "solution_id", name=op.f("uq_sheet_seat_id_solution_id")),
    )
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sheet_seat_id"), ["seat_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sheet_solution_id"), ["solution_id"], unique=False)

    op.create_table(
        "score",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sheet_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("criterion_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.CheckConstraint("value is null or value between 0 and 100", name=op.f("ck_score_value_range")),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_score_criterion_id_criterion")),
        sa.ForeignKeyConstraint(["sheet_id"], ["sheet.id"], name=op.f("fk_score_sheet_id_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score")),
        sa.UniqueConstraint("sheet_id", "criterion_id", name=op.f("uq_score_sheet_id_criterion_id")),
    )
    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_score_sheet_id"), ["sheet_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_score_sheet_id"))

    op.drop_table("score")
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sheet_solution_id"))
        batch_op.drop_index(batch_op.f("ix_sheet_seat_id"))

    op.drop_table("sheet")
    with op.batch_alter_table("declaration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_declaration_solution_id"))
        batch_op.drop_index(batch_op.f("ix_declaration_seat_id"))

    op.drop_table("declaration")
    with op.batch_alter_table("solution_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_solution_version_solution_id"))

    op.drop_table("solution_version")
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_seat_chair",
            sqlite_where=sa.text("role = 'chair' AND stage <> 'declined'"),
            postgresql_where=sa.text("role = 'chair' AND stage <> 'declined'"),
        )
        batch_op.drop_index(batch_op.f("ix_seat_person_id"))
        batch_op.drop_index(batch_op.f("ix_seat_panel_id"))

    op.drop_table("seat")
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_result_solution_id"))
        batch_op.drop_index(batch_op.f("ix_result_decision_id"))

    op.drop_table("result")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_solution_id"))

    op.drop_table("attachment")
    with op.batch_alter_table("suggestion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_suggestion_organisation_id"))

    op.drop_table("suggestion")
    with op.batch_alter_table("solution", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_solution_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_solution_challenge_id"))

    op.drop_table("solution")
    op.drop_table("panel")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_decision_standing",
            sqlite_where=sa.text("returned_at IS NULL"),
            postgresql_where=sa.text("returned_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_decision_challenge_id"))

    op.drop_table("decision")
    with op.batch_alter_table("criterion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_criterion_challenge_id"))

    op.drop_table("criterion")
    with op.batch_alter_table("track_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_track_record_organisation_id"))

    op.drop_table("track_record")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_membership_open", sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_membership_organisation_id"))

    op.drop_table("membership")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_organisation_id"))

    op.drop_table("invitation")
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.drop_index("ix_challenge_stage_closes_at")
        batch_op.drop_index(batch_op.f("ix_challenge_agency_id"))

    op.drop_table("challenge")
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stored_file_sha256"))

    op.drop_table("stored_file")
    with op.batch_alter_table("platform_grant", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_platform_grant_open",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.drop_table("platform_grant")
    op.drop_table("organisation")
    with op.batch_alter_table("open_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_open_session_person_id"))

    op.drop_table("open_session")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_to_person_id"))
        batch_op.drop_index(batch_op.f("ix_letter_kind"))

    op.drop_table("letter")
    with op.batch_alter_table("journal_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_journal_entry_object")
        batch_op.drop_index(batch_op.f("ix_journal_entry_event"))
        batch_op.drop_index(batch_op.f("ix_journal_entry_actor_id"))

    op.drop_table("journal_entry")
    op.drop_table("place")
    op.drop_table("person")
    with op.batch_alter_table("outbox_job", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_job_waiting")

    op.drop_table("outbox_job")
    op.drop_table("operator_key")
