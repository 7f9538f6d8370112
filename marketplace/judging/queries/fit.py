"""How well an assignment fits: which houses read an entry, which judges are colleagues, which pair is the weakest."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from marketplace.db import db
from marketplace.judging.models import Entry, Seat, Sheet
from marketplace.judging.queries.panels import SIDES
from marketplace.organisations.models import Membership


@dataclass(frozen=True)
class Fit:
    """What is to be said of the standing pairs.

    worst: the sheet of the judge farthest from the entry; None where nothing is assigned. mean_bp: the mean nearness.
    sides: the houses that read each entry, by solution id, in one order. unmixed: entries that miss one of the three.
    colleagues: entries that two judges of one organisation read.
    """

    worst: Sheet | None
    mean_bp: int
    sides: Mapping[int, list[str]]
    unmixed: list[Entry]
    colleagues: list[Entry]


def organisations_of_seats(seats: Sequence[Seat]) -> dict[int, frozenset[int]]:
    """The organisations each judge belongs to now, by seat id."""
    rows = db.session.execute(
        select(Membership.person_id, Membership.organisation_id).where(
            Membership.person_id.in_([seat.person_id for seat in seats]), Membership.ended_at.is_(None)
        )
    )
    found: dict[int, set[int]] = defaultdict(set)
    for person_id, organisation_id in rows:
        found[person_id].add(organisation_id)
    return {seat.id: frozenset(found[seat.person_id]) for seat in seats}


def fit_of(
    entries: Sequence[Entry], sheets: Sequence[Sheet], *, seats: Sequence[Seat], sides: Mapping[int, str]
) -> Fit:
    """How well these sheets fit, those that count only; `sides` are the judges' houses by seat id."""
    standing = [sheet for sheet in sheets if sheet.seat.counts]
    organisations = organisations_of_seats(seats)
    readers: dict[int, list[int]] = {entry.solution.id: [] for entry in entries}
    for sheet in standing:
        readers.setdefault(sheet.solution_id, []).append(sheet.seat_id)
    heard = {key: [side for side in SIDES if side in {sides.get(seat) for seat in own}] for key, own in readers.items()}
    read = [entry for entry in entries if readers[entry.solution.id]]
    return Fit(
        min(standing, key=lambda sheet: (sheet.affinity_bp, sheet.id), default=None),
        sum(sheet.affinity_bp for sheet in standing) // (len(standing) or 1),
        heard,
        [entry for entry in read if len(heard[entry.solution.id]) < len(SIDES)],
        [entry for entry in read if _colleagues([organisations[seat] for seat in readers[entry.solution.id]])],
    )


def _colleagues(readers: Sequence[frozenset[int]]) -> bool:
    belong = [organisation for each in readers for organisation in each]
    return len(belong) > len(set(belong))
