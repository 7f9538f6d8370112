"""Which amendments the owner of a received entry has not confirmed yet. Pure."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Protocol, TypeVar


class Published(Protocol):
    """What is asked of an amendment."""

    id: int
    is_material: bool
    published_at: datetime | None


P = TypeVar("P", bound=Published)


def unconfirmed(amendments: Iterable[P], *, received_at: datetime, confirmed: Collection[int]) -> list[P]:
    """Amendments of substance published after this version was received and not among `confirmed` (their ids).

    A version sent later answers the challenge as it read then, so it confirms everything before it.
    """
    return [
        each
        for each in amendments
        if each.is_material
        and each.published_at is not None
        and each.published_at > received_at
        and each.id not in confirmed
    ]
