"""What happens to introductions; no event carries what the two wrote to each other."""

from marketplace.events import Event


class IntroductionAsked(Event):
    """An organisation asked to be introduced to another."""


class IntroductionAccepted(Event):
    """The other side said yes: from now on the two may write to each other."""


class IntroductionDeclined(Event):
    """The other side said no; the introduction names the reason."""


class IntroductionExpired(Event):
    """Nobody answered in time."""


class IntroductionWithdrawn(Event):
    """Whoever asked took it back before an answer."""


class IntroductionEnded(Event):
    """One side ended the contact."""


class IntroductionReminded(Event):
    """Those asked were reminded that the time to answer ends."""


class MessageRelayed(Event):
    """One side wrote to the other; `unsaid["message"]` is what."""


class ContactOffered(Event):
    """A side is ready to show who can be reached; facts["both"] says whether the other one is too."""


class MilestoneReported(Event):
    """One side says that the two met or signed, or confirms it; facts name the milestone and whether both said so."""


class RequestsBlocked(Event):
    """An organisation takes no requests from another one any more; the subject is the organisation."""


class RequestsUnblocked(Event):
    """It takes them again; the subject is the organisation."""
