"""What happens to organisations."""

from marketplace.events import Event


class OrganisationRegistered(Event):
    """Somebody registered an organisation and became its owner, or reference data brought it."""


class OrganisationChanged(Event):
    """The public profile changed."""


class ProfileAudiencesChanged(Event):
    """Parts of a profile became readable for fewer or more; facts name the parts and say how many lines, no text."""


class ProfileConfirmed(Event):
    """Somebody of it said that the profile is still true; the subject is the organisation."""


class ProfileReminderDue(Event):
    """For nearly a year nobody has said so; the subject is the organisation."""


class TrackRecordAdded(Event):
    """A line of evidence was added; the subject is the organisation."""


class TrackRecordChanged(Event):
    """A line of evidence was corrected; the subject is the organisation, facts hold what it said before and says now.

    Nothing of a line that is, or was, not for everyone.
    """


class TrackRecordRemoved(Event):
    """A line of evidence was taken off; the subject is the organisation."""


class InvitationSent(Event):
    """A role was offered to an address; `unsaid["key"]` is the link's secret."""


class InvitationRevoked(Event):
    """The offer was taken back before anybody accepted it."""


class InvitationAccepted(Event):
    """Whoever has the address took the role."""


class MembershipStarted(Event):
    """Somebody got a role."""


class MembershipEnded(Event):
    """A role was taken away or laid down."""
