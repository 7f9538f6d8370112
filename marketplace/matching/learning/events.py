"""What happens to weights that were learnt."""

from marketplace.events import Event


class WeightsProposed(Event):
    """The judgements allow other weights; nothing changes until the operator adopts them."""


class WeightsAdopted(Event):
    """Suggestions are made with these weights from now on."""


class WeightsReturned(Event):
    """Suggestions are made with the weights of before again."""
