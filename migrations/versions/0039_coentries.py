"""Entering another challenge together is a conflict that is found."""

from alembic import op

revision = "0039_coentries"
down_revision = "0038_comparisons"
branch_labels = None
depends_on = None

_BASES = ("none", "declared", "recused", "author", "member", "domain", "group", "confirmed", "objected")


def _may_be(words: tuple[str, ...]) -> None:
    with op.batch_alter_table("declaration", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_declaration_basis"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_declaration_basis"), f"basis IN ({', '.join(repr(word) for word in words)})"
        )


def upgrade() -> None:
    _may_be((*_BASES, "coentry"))


def downgrade() -> None:
    op.execute("update declaration set basis = 'declared', reason = 'coentry' where basis = 'coentry'")
    _may_be(_BASES)
