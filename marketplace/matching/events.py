"""What happens in matching."""

from marketplace.events import Event


class PartnersSuggested(Event):
    """The system suggested organisations for a challenge, anew or differently than before."""
