"""A timetable that fits no more, mended with the fewest hearings moved, and those to the nearest times. Pure."""

from collections.abc import Collection, Mapping

from marketplace.judging.defence.planning import Free, Place, Unplannable

# A hearing in another room at its own time is half a change; being moved farther costs a little more.
_ROOM, _FAR = 0.5, 0.001


def mend(
    judges_of: Mapping[int, Collection[int]], stands: Mapping[int, Place], free: Free, *, begun: Collection[int] = ()
) -> dict[int, Place]:
    """The new places of the entries that have to move, by entry; what has `begun` stays.

    `stands` is where every entry stands (time, room). Raises Unplannable where no times are left for all.
    """
    at = _times(judges_of, stands, free, begun=frozenset(begun))
    held = {(at[entry], stands[entry][1]) for entry in at if at[entry] == stands[entry][0]}
    found = {}
    for entry, moment in at.items():
        own = stands[entry][1]
        shut = free.shut.get(moment, ())
        if moment == stands[entry][0] and (own not in shut or entry in begun):
            continue
        rooms = [own, *(room for room in range(free.rooms) if room != own)]
        room = next(each for each in rooms if each not in shut and (moment, each) not in held)
        held.add((moment, room))
        found[entry] = (moment, room)
    return found


def _times(
    judges_of: Mapping[int, Collection[int]], stands: Mapping[int, Place], free: Free, *, begun: frozenset[int]
) -> dict[int, int]:
    """The time of every entry so that the fewest move."""
    import numpy as np  # noqa: PLC0415 - only the process that mends pays for scipy
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
    from scipy.sparse import coo_array  # noqa: PLC0415

    entries, times = list(judges_of), free.times
    numbers = {judge: row for row, judge in enumerate(sorted({each for own in judges_of.values() for each in own}))}
    cost, upper = np.zeros((len(entries), times)), np.ones((len(entries), times))
    cells: list[tuple[int, int]] = []
    for row, entry in enumerate(entries):
        now, room = stands[entry]
        cost[row] = 1 + _FAR * abs(np.arange(times) - now)
        cost[row, now] = _ROOM if room in free.shut.get(now, ()) else 0.0
        for judge in judges_of[entry]:
            upper[row, list(free.taken.get(judge, ()))] = 0
            cells += [(len(entries) + times * (1 + numbers[judge]) + at, row * times + at) for at in range(times)]
        cells += [(row, row * times + at) for at in range(times)]
        cells += [(len(entries) + at, row * times + at) for at in range(times)]
        if entry in begun:
            upper[row], upper[row, now] = 0, 1
    most = np.ones(len(entries) + times * (1 + len(numbers)))
    most[len(entries) : len(entries) + times] = [free.rooms - len(set(free.shut.get(at, ()))) for at in range(times)]
    rows, columns = zip(*cells, strict=True)
    found = milp(
        cost.ravel(),
        constraints=LinearConstraint(
            coo_array((np.ones(len(cells)), (rows, columns)), shape=(len(most), cost.size)).tocsr(),
            (np.arange(len(most)) < len(entries)).astype(float),
            most,
        ),
        integrality=np.ones(cost.size),
        bounds=Bounds(0, upper.ravel()),
        options={"time_limit": 10},
    )
    if found.x is None:
        raise Unplannable("times", needed=times + 1, there=times)
    return dict(zip(entries, found.x.reshape(cost.shape).argmax(axis=1).tolist(), strict=True))
