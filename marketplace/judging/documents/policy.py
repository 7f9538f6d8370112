"""Who writes and reads official documents: pure questions."""

from collections.abc import Iterable

from marketplace.accounts.models import Person
from marketplace.judging.models import Panel
from marketplace.judging.policy import can_run_panel, is_impartial
from marketplace.solutions.models import Solution


def can_write_documents(actor: Person | None, panel: Panel, entries: Iterable[Solution]) -> bool:
    """The secretary, unless they belong to an organisation that entered: a document holds everything."""
    return can_run_panel(actor, panel) and is_impartial(actor, entries)
