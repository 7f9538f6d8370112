"""What happens to questions."""

from marketplace.events import Event


class QuestionAsked(Event):
    """Somebody asked in public; the actor is nobody, because who asks is told to nobody."""


class QuestionAnswered(Event):
    """The agency answered, or said that the question is the same as facts["same_as"]."""


class QuestionRemoved(Event):
    """The operator took a question away; facts["reasons"] says why."""


class OpenTermsSet(Event):
    """The agency said how long questions may be asked and whether numbers are shown; the subject is the challenge."""
