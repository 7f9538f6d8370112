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


def downgrade() -> None:
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
