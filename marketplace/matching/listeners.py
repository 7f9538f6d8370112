"""What matching does when others announce: leaves work for the worker, writes rows only."""

from datetime import UTC, datetime, timedelta

from marketplace import clock
from marketplace.challenges.events import ChallengePublished, ResultsPublished
from marketplace.events import Event, listens_to
from marketplace.jobs import enqueue
from marketplace.matching import services as _jobs  # noqa: F401 - jobs register themselves when imported
from marketplace.organisations.events import (
    OrganisationChanged,
    OrganisationRegistered,
    TrackRecordAdded,
    TrackRecordRemoved,
)

# However often profiles change, suggestions are made anew once in this time.
WINDOW = timedelta(minutes=10)
# A transaction begun in a window may end a little after it.
GRACE = timedelta(seconds=30)


@listens_to(ChallengePublished)
def suggest_partners_later(event: ChallengePublished) -> None:
    """Once for each publication."""
    enqueue("suggest_partners", key=event.subject.reference, challenge_id=event.subject.id)


@listens_to(OrganisationRegistered, OrganisationChanged, TrackRecordAdded, TrackRecordRemoved, ResultsPublished)
def refresh_suggestions_later(_event: Event) -> None:
    """Once for each window of time, at its end, so that no change of the window is missed."""
    window = int(clock.now().timestamp() // WINDOW.total_seconds())
    ends_at = datetime.fromtimestamp((window + 1) * WINDOW.total_seconds(), UTC)
    enqueue("refresh_suggestions", key=str(window), run_after=ends_at + GRACE)
