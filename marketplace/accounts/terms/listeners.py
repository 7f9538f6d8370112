"""What terms do when others announce; writes rows only."""

from marketplace.accounts.events import PersonSignedUp
from marketplace.accounts.terms.services import agree
from marketplace.accounts.terms.stages import NEEDED
from marketplace.events import listens_to


@listens_to(PersonSignedUp)
def keep_what_was_accepted(event: PersonSignedUp) -> None:
    """Whoever signed up through the page ticked both boxes there; whoever was added otherwise is asked later."""
    if "accepted_in" in event.unsaid:
        agree(event.subject, NEEDED, actor=event.subject, language=event.unsaid["accepted_in"])
