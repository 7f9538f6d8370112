"""What happens to challenges."""

from marketplace.events import Event


class ChallengeDrafted(Event):
    """A draft was begun."""


class ChallengeCopied(Event):
    """A draft began as a copy; unsaid["source"] is the challenge whose text it has."""


class ChallengeEdited(Event):
    """A draft was changed."""


class AudienceChanged(Event):
    """Everybody sees the draft once it is published, or only whoever is invited."""


class GuestInvited(Event):
    """Somebody was put on the list of a challenge that not everybody sees; facts name its line, never who it is."""


class GuestRemoved(Event):
    """Somebody was taken off that list."""


class ChallengeSubmitted(Event):
    """An agency asked the operator to publish it."""


class ChallengeReturned(Event):
    """The operator asked for changes; facts["reasons"] says which."""


class ChallengePublished(Event):
    """Everyone can see it."""


class ChallengeCancelled(Event):
    """It will not be carried out; facts["reasons"] says why."""


class ChallengeImported(Event):
    """A listing from elsewhere came in as history."""


class CohostInvited(Event):
    """An organisation was asked to host too; facts["organisation"] is its reference."""


class CohostAccepted(Event):
    """It hosts too, and writes with the agency."""


class CohostRemoved(Event):
    """It does not host, or no more."""


class PublicationScheduled(Event):
    """It publishes itself at facts["publish_at"]."""


class PublicationUnscheduled(Event):
    """It does not publish itself; facts["because"] says why where nobody decided so."""


class GapWaived(Event):
    """The operator lets it pass without facts["gap"], because of facts["reason"]."""


class TranslationChecked(Event):
    """Somebody said of the translation of facts["name"] what facts["word"] says."""


class ReviewMessageWritten(Event):
    """Authors or operator wrote to the other side; unsaid["body"] is it."""


class PledgeSettled(Event):
    """The agency said that it decided about use, or that it dropped it."""


class ScreeningBegun(Event):
    """The time for solutions is over and the secretary began to check them."""


class JudgingBegun(Event):
    """Judges may score."""


class DeliberationBegun(Event):
    """Scoring is over."""


class ResultsDecided(Event):
    """Results were drafted by one person and wait for another to publish them."""


class DecisionReopened(Event):
    """The second person sent the drafted results back."""


class ResultsPublished(Event):
    """Everyone sees who won."""


class ChallengeClosed(Event):
    """Its time for solutions is over and what was received is opened; announced once by the worker."""
