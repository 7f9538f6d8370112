"""What is amended beside a challenge's own columns and rows; the package that owns such a part registers it here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marketplace.challenges.amending.models import Amendment
from marketplace.challenges.models import Challenge


@dataclass(frozen=True)
class Part:
    """Something that is published with a challenge and kept elsewhere.

    `content` gives it as plain JSON, `apply` makes a plain value true while the challenge is held, `told` names what
    differs between two plain values as (what, before, after); `address` is the endpoint where a change is prepared.
    """

    name: str
    label: Any
    address: str
    content: Callable[[Challenge], Any]
    apply: Callable[[Amendment, Any], None]
    told: Callable[[Any, Any], list[tuple[str, str, str]]]


PARTS: dict[str, Part] = {}


def amends(part: Part) -> None:
    """Let this part be changed by amendments from now on."""
    PARTS[part.name] = part
