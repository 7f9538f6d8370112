"""What happens to the standing of bodies; the subject is the organisation, of claims the claim."""

from marketplace.events import Event


class SpeakerClaimed(Event):
    """Somebody says that they speak for a body."""


class SpeakerClaimWithdrawn(Event):
    """They took it back."""


class SpeakerClaimAccepted(Event):
    """The operator believes it; the claimant is an owner now."""


class SpeakerClaimRefused(Event):
    """The operator does not; facts["reason"] says why."""


class OrganisationVerified(Event):
    """The operator made sure that the body is what it says; facts["how"]."""


class OrganisationSuspended(Event):
    """Nobody may act for the body; facts["reason"]."""


class SuspensionLifted(Event):
    """Its people may act again."""


class OwnershipHandedOver(Event):
    """An owner left and named the next; facts["to"]."""


class RoleChanged(Event):
    """Somebody's role in the body was changed; the subject is the new membership."""


class OrganisationsMerged(Event):
    """A duplicate became one with the subject; facts["gone"] is its reference."""


class MergeUndone(Event):
    """A merge was taken back; facts["back"] is the reference of the one that stands alone again."""
