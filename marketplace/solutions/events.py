"""What happens to solutions."""

from marketplace.events import Event


class SolutionStarted(Event):
    """A draft was begun."""


class SolutionSaved(Event):
    """A draft was changed."""


class CoeditorInvited(Event):
    """Somebody was invited to one solution; unsaid["key"] opens the invitation."""


class CoeditorAccepted(Event):
    """An invitation to one solution was accepted."""


class CoeditorEnded(Event):
    """An invitation was taken back, or a co-editor left or was removed."""


class CommentWritten(Event):
    """A section was commented on, or a comment answered."""


class CommentResolved(Event):
    """A comment was settled, or opened again."""


class PartnerInvited(Event):
    """An organisation was asked to answer together."""


class PartnerAccepted(Event):
    """It joined the consortium."""


class PartnerChanged(Event):
    """A line of the consortium was changed: task, share or background rights."""


class PartnerEnded(Event):
    """It declined, left or was removed; facts["because"] says which."""


class ConfirmationsAsked(Event):
    """The lead asks for the word of the partners in unsaid["partners"]; the subject is the solution."""


class PartnerConfirmed(Event):
    """A partner stands behind the state that facts["sha256"] names."""


class AuthorNamed(Event):
    """Somebody was named as an author, or with another name or share; unsaid["key"] opens the question."""


class SupervisorNamed(Event):
    """The entrant said who supervised an author, or took it back."""


class AuthorRemoved(Event):
    """Somebody is named no longer."""


class AuthorAnswered(Event):
    """An author certified, or says that they are none; facts["certifies"] says which."""


class DraftNotCounted(Event):
    """It was to be sent at closing and was not complete; unsaid["gaps"] says what was missing."""


class AttachmentAdded(Event):
    """A file was attached to the draft; the subject is the solution."""


class AttachmentRemoved(Event):
    """A file was taken off the draft; the subject is the solution."""


class SolutionSubmitted(Event):
    """A version was received; unsaid["version"] is it."""


class SolutionWithdrawn(Event):
    """The entrant took it back."""


class SolutionConfirmed(Event):
    """Its owner keeps it as received after amendments; facts["amendments"] are their numbers."""


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


class FileRefused(Event):
    """The scanner found malware in a file of it; facts name the file and the finding."""


class SolutionRead(Event):
    """Somebody other than the entrant read a version of it; facts name version and role."""
