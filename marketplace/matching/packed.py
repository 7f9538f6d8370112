"""Many things packed together, unpacked as they are looked at: whoever shows ten need not hold a hundred thousand."""

import pickle
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar, overload

if TYPE_CHECKING:
    from numpy.typing import NDArray


T = TypeVar("T")


class Packed(Sequence[T], Generic[T]):
    """A sequence whose things lie in one array of bytes, besides a few that were changed since."""

    def __init__(self, things: Sequence[T]):
        import numpy as np  # noqa: PLC0415 - a web process that never ranks need not pay for numpy

        packed = [pickle.dumps(thing, protocol=5) for thing in things]
        self._ends: NDArray[np.int64] = np.cumsum([0, *map(len, packed)])
        self._bytes: NDArray[np.uint8] = np.frombuffer(b"".join(packed), dtype=np.uint8)
        self._changed: dict[int, T] = {}
        self._length = len(packed)

    def with_changes(self, changes: Mapping[int, T]) -> "Packed[T]":
        """The same with other things at these places, of which those at the end are new."""
        later: Packed[T] = object.__new__(type(self))
        later._ends, later._bytes = self._ends, self._bytes
        later._changed = self._changed | dict(changes)
        later._length = max(self._length, *(at + 1 for at in changes)) if changes else self._length
        return later

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> list[T]: ...
    def __getitem__(self, at: int | slice) -> T | list[T]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        at %= len(self)
        if at in self._changed:
            return self._changed[at]
        return pickle.loads(self._bytes[self._ends[at] : self._ends[at + 1]].data)  # nosec B301 # noqa: S301

    def __iter__(self) -> Iterator[T]:
        return (self[at] for at in range(len(self)))
