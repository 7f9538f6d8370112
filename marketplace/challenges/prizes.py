"""How many prizes there are, and what they are worth together. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from marketplace.challenges.models import Prize
from marketplace.challenges.stages import Field

_ORDER = {field: number for number, field in enumerate(Field)}


@dataclass(frozen=True)
class Total:
    """Number of prizes, and đồng for all of them together."""

    count: int
    amount_vnd: int


def totals(prizes: Iterable[Prize]) -> Total:
    """All tiers added up: each as often as there are prizes in it."""
    tiers = list(prizes)
    return Total(sum(tier.quantity for tier in tiers), sum(tier.quantity * (tier.amount_vnd or 0) for tier in tiers))


def by_field(prizes: Iterable[Prize]) -> list[tuple[Field | None, Sequence[Prize]]]:
    """The tiers of the whole challenge, then those of each field of a contest, each in its order."""
    ordered = sorted(prizes, key=lambda tier: (_ORDER.get(tier.field, -1) if tier.field else -1, tier.position))
    return [(field, list(tiers)) for field, tiers in groupby(ordered, key=lambda tier: tier.field)]
