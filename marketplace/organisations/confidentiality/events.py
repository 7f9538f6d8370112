"""What happens to undertakings."""

from marketplace.events import Event


class ConfidentialityUndertaken(Event):
    """Somebody gave an organisation's word; facts name the version of the text, its hash, and what it is about."""
