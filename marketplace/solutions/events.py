"""What happens to solutions."""

from marketplace.events import Event


class SolutionStarted(Event):
    """A draft was begun."""


class SolutionSaved(Event):
    """A draft was changed."""


class AttachmentAdded(Event):
    """A file was attached to the draft; the subject is the solution."""


class AttachmentRemoved(Event):
    """A file was taken off the draft; the subject is the solution."""


class SolutionSubmitted(Event):
    """A version was received; unsaid["version"] is it."""


class SolutionWithdrawn(Event):
    """The entrant took it back."""


class SolutionAdmitted(Event):
    """The secretary found it eligible."""


class SolutionExcluded(Event):
    """The secretary found it ineligible; facts["reasons"] says why."""


class SolutionAwarded(Event):
    """It won; announced when results are published."""


class SolutionPassedOver(Event):
    """It did not win; announced when results are published."""


class SolutionFileOpened(Event):
    """Somebody other than the entrant opened a file of it; facts name file and role."""
