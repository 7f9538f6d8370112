"""Tiers of prizes by fields of a contest: who stands where when so many of each tier go to each field. Pure.

In every field the first tier takes its number of entries from the top, the next tier the next ones. An entry that
cannot win takes no place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# the number of a tier and the name of a field; "" where there are no fields
Cell = tuple[int, str]


@dataclass(frozen=True)
class Tier:
    """A kind of prize by its number, how many the rules allow, and the only field it is for; None: whichever."""

    number: int
    quantity: int
    field: str | None = None


@dataclass(frozen=True)
class Candidate:
    """An entry of a field; place: None below the quorum. may_win: False too for what is passed over."""

    key: int
    place: int | None
    may_win: bool = True


@dataclass(frozen=True)
class Given:
    """What stands in one cell: the entries, how many were asked for, and those outside that equal the last inside."""

    entries: tuple[Candidate, ...] = ()
    asked: int = 0
    tied: tuple[Candidate, ...] = ()

    @property
    def short(self) -> int:
        """How many of the prizes asked for find no entry that can win."""
        return self.asked - len(self.entries)


@dataclass(frozen=True)
class Grid:
    """Every cell of tiers and fields, by (number of the tier, field); a tier for one field has only its cell."""

    tiers: tuple[Tier, ...]
    fields: tuple[str, ...]
    cells: Mapping[Cell, Given]

    def asked(self, tier: Tier) -> int:
        """How many of this tier were given out in all fields."""
        return sum(given.asked for (number, _), given in self.cells.items() if number == tier.number)

    def left(self, tier: Tier) -> int:
        """How many of this tier are not awarded; below 0 where there are more than the rules allow."""
        return tier.quantity - self.asked(tier)

    def in_field(self, field: str) -> int:
        """How many prizes of all tiers go to a field."""
        return sum(len(given.entries) for (_, name), given in self.cells.items() if name == field)

    @property
    def excess(self) -> tuple[Tier, ...]:
        """The tiers of which more are given out than there are."""
        return tuple(tier for tier in self.tiers if self.left(tier) < 0)

    @property
    def awards(self) -> dict[int, int]:
        """The tier of every entry that gets a prize, by its key."""
        return {each.key: number for (number, _), given in self.cells.items() for each in given.entries}


def grid_of(tiers: Sequence[Tier], fields: Mapping[str, Sequence[Candidate]], counts: Mapping[Cell, int]) -> Grid:
    """Who stands where; `fields` are the entries of each, the best first, `counts` how many of a tier go to a field."""
    cells: dict[Cell, Given] = {}
    for field, candidates in fields.items():
        able = [each for each in candidates if each.may_win and each.place is not None]
        start = 0
        for tier in tiers:
            if tier.field in (None, field):
                asked = max(0, counts.get((tier.number, field), 0))
                inside, outside = able[start : start + asked], able[start + asked :]
                cells[tier.number, field] = Given(tuple(inside), asked, _tied(inside, outside))
                start += len(inside)
    return Grid(tuple(tiers), tuple(fields), cells)


def _tied(inside: Sequence[Candidate], outside: Sequence[Candidate]) -> tuple[Candidate, ...]:
    return tuple(each for each in outside if inside and each.place == inside[-1].place)


def shared_out(tiers: Sequence[Tier], fields: Mapping[str, Sequence[Candidate]]) -> dict[Cell, int]:
    """A beginning: each tier in proportion to how many entries of a field could win, by largest remainders.

    Nobody gets more than there are entries left for; a tier for one field goes there. The rest stays unawarded.
    """
    room = {field: sum(each.may_win and each.place is not None for each in row) for field, row in fields.items()}
    weights = dict(room)
    counts: dict[Cell, int] = {}
    for tier in tiers:
        eligible = [field for field in fields if tier.field in (None, field)]
        shares = _apportioned(tier.quantity, {field: weights[field] for field in eligible}, room)
        for field, share in shares.items():
            counts[tier.number, field] = share
            room[field] -= share
    return counts


def _apportioned(seats: int, weights: Mapping[str, int], room: Mapping[str, int]) -> dict[str, int]:
    """Seats by largest remainder (Hamilton's method), none above its room; what does not fit goes on by weight."""
    total = sum(weights.values())
    if not total:
        return dict.fromkeys(weights, 0)
    shares = {name: min(room[name], seats * weight // total) for name, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda name: (-(seats * weights[name] % total), -weights[name], name))
    while (left := seats - sum(shares.values())) > 0:
        open_ = [name for name in by_remainder if shares[name] < room[name]]
        if not open_:
            break
        for name in open_[:left]:
            shares[name] += 1
    return shares
