"""Who imports: a pure question."""

from marketplace.accounts.models import Person


def can_import_registers(actor: Person | None, _run: object = None) -> bool:
    """Operators."""
    return actor is not None and actor.is_operator
