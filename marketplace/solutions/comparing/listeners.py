"""What comparing does when others announce: leaves work for the worker, writes rows only."""

from marketplace.challenges.events import ChallengePublished, ScreeningBegun
from marketplace.events import listens_to
from marketplace.jobs import enqueue
from marketplace.solutions.comparing.services import compare_later


@listens_to(ChallengePublished)
def compare_after_closing(event: ChallengePublished) -> None:
    """For the moment at which it closes."""
    compare_later(event.subject)


@listens_to(ScreeningBegun)
def compare_for_screening(event: ScreeningBegun) -> None:
    """At once, in case the first comparison is still to come."""
    enqueue("compare_entries", key=f"{event.subject.reference}@screening", challenge_id=event.subject.id)
