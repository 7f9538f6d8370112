"""What entry forms do when something happened to a challenge; writes rows only."""

from marketplace.challenges.entry_form.services.borrowing import copy_rows
from marketplace.challenges.events import ChallengeCopied
from marketplace.events import listens_to


@listens_to(ChallengeCopied)
def copy_form(event: ChallengeCopied) -> None:
    """A copied challenge asks what the other one asks."""
    copy_rows(event.subject, event.unsaid["source"])
