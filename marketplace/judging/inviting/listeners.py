"""What inviting does when others announce; writes rows only."""

from marketplace.accounts.events import PersonConfirmed
from marketplace.events import listens_to
from marketplace.judging.inviting.services import invite_expected


@listens_to(PersonConfirmed)
def invite_whom_a_list_expected(event: PersonConfirmed) -> None:
    """Whoever makes the account that a list of judges waits for is invited at once."""
    invite_expected(event.subject)
