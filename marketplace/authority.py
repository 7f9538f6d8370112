"""The guard inside every deed: require(can_publish, actor, challenge)."""

from collections.abc import Callable
from typing import Any

from marketplace.errors import Refused


def require(can: Callable[..., bool], actor: Any, *things: Any) -> None:
    """Raise Refused unless the policy `can` allows `actor` to do it to `things`."""
    if not can(actor, *things):
        raise Refused(f"{can.__name__} is false for {actor}")
