"""What happens to published challenges while they are open."""

from marketplace.events import Event


class AmendmentSaved(Event):
    """A change of a published challenge was prepared, or prepared further."""


class AmendmentDropped(Event):
    """A prepared change was given up."""


class AmendmentAsked(Event):
    """Little time is left, so another person is asked to publish a prepared change."""


class ChallengeAmended(Event):
    """A numbered amendment was published; the subject is the challenge, unsaid["amendment"] what changed."""


class OutageRecorded(Event):
    """The platform could not be used for a time; facts name the deadlines that moved."""
