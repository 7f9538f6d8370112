"""What matching does when others announce: leaves work for the worker, writes rows only."""

from datetime import UTC, datetime, timedelta

from marketplace import clock
from marketplace.accounts.moderating.events import TextHidden, TextRestored
from marketplace.challenges.events import ChallengePublished, ResultsPublished
from marketplace.events import Event, listens_to
from marketplace.jobs import enqueue
from marketplace.matching import services as _jobs  # noqa: F401 - jobs register themselves when imported
from marketplace.matching.keeping import TAKE_IN
from marketplace.matching.learning.events import WeightsAdopted, WeightsReturned
from marketplace.organisations.events import (
    OrganisationChanged,
    OrganisationRegistered,
    ProfileAudiencesChanged,
    ProfileConfirmed,
    TrackRecordAdded,
    TrackRecordChanged,
    TrackRecordRemoved,
)
from marketplace.organisations.importing.events import ImportUndone, OrganisationsImported
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import organisation_by_reference, owner_of_line
from marketplace.organisations.standing.events import (
    MergeUndone,
    OrganisationsMerged,
    OrganisationSuspended,
    SpeakerClaimAccepted,
    SuspensionLifted,
)
from marketplace.solutions.events import SolutionAwarded

# However often profiles change, suggestions are made anew once in this time.
WINDOW = timedelta(minutes=10)
# A transaction begun in a window may end a little after it.
GRACE = timedelta(seconds=30)


@listens_to(ChallengePublished)
def suggest_partners_later(event: ChallengePublished) -> None:
    """Once for each publication."""
    enqueue("suggest_partners", key=event.subject.reference, challenge_id=event.subject.id)


@listens_to(
    OrganisationRegistered,
    OrganisationChanged,
    OrganisationsImported,
    ImportUndone,
    ProfileAudiencesChanged,
    TrackRecordAdded,
    TrackRecordChanged,
    TrackRecordRemoved,
    ResultsPublished,
    TextHidden,
    TextRestored,
    OrganisationSuspended,
    SuspensionLifted,
)
def refresh_suggestions_later(_event: Event) -> None:
    """Once for each window of time, at its end, so that no change of the window is missed."""
    window, ends_at = _window()
    enqueue("refresh_suggestions", key=str(window), run_after=ends_at + GRACE)


def _window() -> tuple[int, datetime]:
    window = int(clock.now().timestamp() // WINDOW.total_seconds())
    return window, datetime.fromtimestamp((window + 1) * WINDOW.total_seconds(), UTC)


@listens_to(WeightsAdopted, WeightsReturned)
def suggest_anew_later(event: Event) -> None:
    """At once: every list says which version of the model made it."""
    enqueue("refresh_suggestions", key=f"{type(event).__name__}:{event.subject.reference}")


@listens_to(OrganisationsImported, ImportUndone)
def store_profiles_later(event: Event) -> None:
    """All at once, not one by one: at the end of the window, and at once where rows were taken back."""
    window, ends_at = _window()
    if isinstance(event, ImportUndone):
        enqueue("store_pool", key=f"undone:{event.subject.reference}")
    else:
        enqueue("store_pool", key=f"imported:{window}", run_after=ends_at)


@listens_to(
    OrganisationRegistered,
    OrganisationChanged,
    ProfileAudiencesChanged,
    ProfileConfirmed,
    TrackRecordAdded,
    TrackRecordChanged,
    TrackRecordRemoved,
    OrganisationSuspended,
    SuspensionLifted,
)
def take_in_profile_later(event: Event) -> None:
    """At once: until the worker has done it, readers add the profile by themselves."""
    _take_in(event.subject)


@listens_to(TextHidden, TextRestored)
def take_in_moderated_later(event: Event) -> None:
    """Nothing is suggested for what the operator took from sight."""
    text = event.subject
    found = {"organisation": organisation_by_reference, "track_record": owner_of_line}.get(text.kind, lambda _: None)
    if (organisation := found(text.object_reference)) is not None:
        _take_in(organisation)


@listens_to(SolutionAwarded, SpeakerClaimAccepted)
def take_in_owner_later(event: Event) -> None:
    """The profile of who won, or of a body that is listed because somebody speaks for it now."""
    if event.subject.organisation is not None:
        _take_in(event.subject.organisation)


@listens_to(OrganisationsMerged, MergeUndone)
def take_in_both_later(event: Event) -> None:
    """The one that stays, and the one that went or is back."""
    other = organisation_by_reference(event.facts.get("gone") or event.facts.get("back") or "")
    for organisation in (event.subject, other):
        if organisation is not None:
            _take_in(organisation)


def _take_in(organisation: Organisation) -> None:
    key = f"{organisation.id}:{clock.now():%Y-%m-%dT%H:%M:%S.%f}"
    enqueue(TAKE_IN, key=key, organisation_id=organisation.id)
