"""What happens to clarifications."""

from marketplace.events import Event


class ClarificationAsked(Event):
    """The secretary asked an entrant for a clarification; the subject is the solution, unsaid["clarification"] it."""


class ClarificationAnswered(Event):
    """The entrant answered with a new version; the subject is the solution, unsaid["version"] it,
    unsaid["clarification"] what was asked."""
