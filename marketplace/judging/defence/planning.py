"""Which entry is heard when and in which room, exactly: no judge and no room twice at once. Pure."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import sha256

NOON, AFTER_NOON = time(12), time(13, 30)
_LONGEST_SEARCH_SECONDS = 10


@dataclass(frozen=True)
class Frame:
    """The days, and the times of a day between which hearings of so many minutes stand with a pause after each."""

    days: Sequence[date]
    begins: time
    ends: time
    minutes: int
    pause: int = 0
    rests_at_noon: bool = True

    def times(self) -> list[datetime]:
        """When a hearing may begin, in order; local time, without zone."""
        return [moment for day in sorted(set(self.days)) for moment in self._of(day)]

    def _of(self, day: date) -> list[datetime]:
        moment, length, found = datetime.combine(day, self.begins), timedelta(minutes=self.minutes), []
        noon, after = datetime.combine(day, NOON), datetime.combine(day, AFTER_NOON)
        while moment + length <= datetime.combine(day, self.ends):
            if self.rests_at_noon and moment < after and moment + length > noon:
                moment = after
                continue
            found.append(moment)
            moment += length + timedelta(minutes=self.pause)
        return found


def lot(fingerprint: str, reference: str) -> str:
    """What says in which order entries are called: everybody can draw it again from the fingerprint of the rules."""
    return sha256(f"{fingerprint} {reference}".encode()).hexdigest()


class Unplannable(Exception):
    """There is no timetable: "times" are too few, or one "judge" has too many entries for the times they are free.

    needed, there: how many times; judge: who, where it is one.
    """

    def __init__(self, cause: str, *, needed: int, there: int, judge: int | None = None):
        super().__init__(cause)
        self.cause, self.needed, self.there, self.judge = cause, needed, there, judge


Place = tuple[int, int]


@dataclass(frozen=True)
class Free:
    """How many times and rooms there are; at which times a judge (by id) is elsewhere, and which rooms are shut then.

    taken: times by judge. shut: rooms by time; all from 0.
    """

    times: int
    rooms: int
    taken: Mapping[int, Collection[int]] = field(default_factory=dict)
    shut: Mapping[int, Collection[int]] = field(default_factory=dict)


def plan(judges_of: Mapping[int, Collection[int]], free: Free) -> dict[int, Place]:
    """A place (time, room), both from 0, for every entry: over as early as can be, judges in their room where it works.

    `judges_of` names the judges of each entry, in the order in which entries are called. Raises Unplannable.
    """
    for used in range(_least(judges_of, free), free.times + 1):
        found = _at_times(judges_of, free, times=used)
        if found is not None:
            return _into_rooms(judges_of, found, free)
    raise Unplannable("times", needed=free.times + 1, there=free.times)


def _least(judges_of: Mapping[int, Collection[int]], free: Free) -> int:
    """No timetable needs fewer times than this."""
    load = Counter(judge for judges in judges_of.values() for judge in judges)
    for judge, count in sorted(load.items()):
        there = free.times - len(set(free.taken.get(judge, ())))
        if count > there:
            raise Unplannable("judge", needed=count, there=there, judge=judge)
    least = max(-(-len(judges_of) // free.rooms), max(load.values(), default=0))
    if least > free.times:
        raise Unplannable("times", needed=least, there=free.times)
    return least


def _at_times(judges_of: Mapping[int, Collection[int]], free: Free, *, times: int) -> dict[int, int] | None:
    """The time of each entry within the first `times`, None where that cannot be; earlier for who is called earlier."""
    # scipy costs 0.3 s to import; only the process that plans pays for it.
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
    from scipy.sparse import lil_array  # noqa: PLC0415

    entries, count = list(judges_of), len(judges_of)
    judges = sorted({judge for each in judges_of.values() for judge in each})
    rows = lil_array((count + (1 + len(judges)) * times, count * times))
    most = np.ones(rows.shape[0])
    upper = np.ones(count * times)
    for number, entry in enumerate(entries):
        for at in range(times):
            cell = number * times + at
            rows[number, cell] = 1
            rows[count + at, cell] = 1
            for judge in judges_of[entry]:
                rows[count + (1 + judges.index(judge)) * times + at, cell] = 1
                upper[cell] = 0 if at in free.taken.get(judge, ()) else upper[cell]
    most[count : count + times] = [free.rooms - len(set(free.shut.get(at, ()))) for at in range(times)]
    least = np.where(np.arange(rows.shape[0]) < count, 1, 0)
    cost = np.array([at * (2 * count - number) for number in range(count) for at in range(times)], dtype=float)
    found = milp(
        cost,
        constraints=LinearConstraint(rows.tocsr(), least, most),
        integrality=np.ones(count * times),
        bounds=Bounds(0, upper),
        options={"time_limit": _LONGEST_SEARCH_SECONDS},
    )
    if found.x is None:
        return None
    chosen = found.x.reshape(count, times).argmax(axis=1)
    return {entry: int(at) for entry, at in zip(entries, chosen, strict=True)}


def _into_rooms(judges_of: Mapping[int, Collection[int]], at: Mapping[int, int], free: Free) -> dict[int, Place]:
    """At each time the rooms in which the fewest judges have to walk."""
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    sits: dict[int, int] = {}
    found: dict[int, Place] = {}
    for moment in sorted(set(at.values())):
        entries = [entry for entry in judges_of if at[entry] == moment]
        rooms = [room for room in range(free.rooms) if room not in free.shut.get(moment, ())]
        walks = [
            [sum(sits.get(judge, room) != room for judge in judges_of[entry]) for room in rooms] for entry in entries
        ]
        for row, column in zip(*linear_sum_assignment(walks), strict=True):
            found[entries[row]] = (moment, rooms[column])
            sits.update(dict.fromkeys(judges_of[entries[row]], rooms[column]))
    return found
