"""Everything that changes an entry form; never commits, never reads the request."""

from marketplace.challenges.entry_form.services.asking import (
    Depended,
    add_question,
    change_question,
    move_question,
    remove_question,
)
from marketplace.challenges.entry_form.services.borrowing import copy_questions, derive_questions
from marketplace.challenges.entry_form.services.opening import open_envelope
from marketplace.challenges.entry_form.services.replacing import replace_form
from marketplace.challenges.entry_form.services.sectioning import (
    add_section,
    move_section,
    remove_section,
    rename_section,
)

__all__ = [
    "Depended",
    "add_question",
    "add_section",
    "change_question",
    "copy_questions",
    "derive_questions",
    "move_question",
    "move_section",
    "open_envelope",
    "remove_question",
    "remove_section",
    "rename_section",
    "replace_form",
]
