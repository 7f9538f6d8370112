"""Who may do what with accounts: pure questions."""

from marketplace.accounts.models import Person


def is_operator(actor: Person | None) -> bool:
    """Runs the platform."""
    return actor is not None and actor.is_operator


def can_grant_role(actor: Person | None, person: Person) -> bool:
    """Operators give platform roles, to others than themselves."""
    return actor is not None and actor.is_operator and actor.id != person.id


def can_read_journal(actor: Person | None) -> bool:
    """Operators and auditors read the journal."""
    return actor is not None and (actor.is_operator or actor.is_auditor)


def can_read_outbox(actor: Person | None) -> bool:
    """Operators read the letters that left."""
    return is_operator(actor)
