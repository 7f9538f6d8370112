"""News travels up: a deed announces what happened, listeners above write rows in the same transaction."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened: who did it (None: the system), to what, and facts the thing does not hold itself.

    `unsaid` carries what listeners need and the journal must not keep (one-time tokens).
    """

    actor: Any
    subject: Any
    facts: dict[str, Any] = field(default_factory=dict)
    unsaid: dict[str, Any] = field(default_factory=dict)


E = TypeVar("E", bound=Event)
_listeners: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)


def listens_to(*kinds: type[Event]) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    """Register a function for these kinds of event and everything derived from them."""

    def register(listener: Callable[[Any], None]) -> Callable[[Any], None]:
        for kind in kinds:
            if listener not in _listeners[kind]:
                _listeners[kind].append(listener)
        return listener

    return register


def announce(event: Event) -> None:
    """Tell every listener of the event's kind; a listener only writes rows, so it is kept or dropped with the deed."""
    for kind in type(event).__mro__:
        for listener in _listeners.get(kind, ()):
            listener(event)
