"""What takes messages to a gateway. Whoever has one registers it at start; until then the local double keeps them."""

from typing import Protocol

from marketplace.notifications.channels.models import ShortMessage
from marketplace.notifications.channels.stages import Channel


class Adapter(Protocol):
    """Hands one message over. May be asked twice for the same `reference`; raises where the worker should try again."""

    def send(self, message: ShortMessage) -> None: ...


class LocalDouble:
    """Sends nothing: the message stays in its row, and in demo mode can be read at /outbox/messages."""

    def send(self, message: ShortMessage) -> None:
        """Keep it."""


_adapters: dict[Channel, Adapter] = {channel: LocalDouble() for channel in Channel}


def use_adapter(channel: Channel, adapter: Adapter) -> None:
    """From now on messages of this way go through `adapter`."""
    _adapters[channel] = adapter


def adapter_of(channel: Channel) -> Adapter:
    """What takes messages of this way."""
    return _adapters[channel]
