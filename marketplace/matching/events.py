"""What happens in matching."""

from marketplace.events import Event


class ModelIntroduced(Event):
    """Suggestions are made by a new version of the model from now on; the subject holds what was measured of it."""


class PartnersSuggested(Event):
    """The system suggested organisations for a challenge, anew or differently than before."""
