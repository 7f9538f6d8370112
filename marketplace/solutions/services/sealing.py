"""What the worker does once when a challenge's time for solutions is over."""

from datetime import timedelta

from marketplace import clock
from marketplace.audit.checkpoints import add_checkpoint
from marketplace.audit.queries import latest_closing
from marketplace.challenges.events import ChallengeClosed
from marketplace.challenges.models import Challenge
from marketplace.db import hold
from marketplace.events import announce
from marketplace.jobs import periodic
from marketplace.solutions.queries import due_closings
from marketplace.solutions.services.closing import receive_wished_drafts


@periodic("close_challenges", timedelta(seconds=15))
def close_challenges() -> None:
    """Close every challenge that is due."""
    for challenge in due_closings(clock.database_now()):
        close_challenge(challenge)


def close_challenge(challenge: Challenge) -> None:
    """Put the lines that were sealed into the journal's tree and sign its head: the challenge's closing root.

    Whoever submits this very moment holds the challenge's row, so theirs is waited for. A second time does nothing.
    """
    hold(challenge)
    opened_at = challenge.sealed_until
    if opened_at is None or not challenge.is_closed(clock.database_now()):
        return
    if latest_closing(challenge.reference, since=opened_at) is not None:
        return
    # what its rule counts at closing belongs under the closing root
    receive_wished_drafts(challenge)
    announce(ChallengeClosed(actor=None, subject=challenge, facts={"closes_at": challenge.closes_at}))
    add_checkpoint(closing_of=challenge.reference, named=challenge.is_listed)
