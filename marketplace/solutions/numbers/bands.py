"""Into which band a number falls. Pure."""

from dataclasses import dataclass

# the upper ends; beyond the last it is only "more than"
_ENDS = (0, 5, 10, 20, 50, 100)


@dataclass(frozen=True)
class Band:
    """From low to high, both included; high is None for the last band."""

    low: int
    high: int | None


def band_of(count: int) -> Band:
    """The band of a count: 0, 1-5, 6-10, 11-20, 21-50, 51-100, more than 100."""
    low = 0
    for high in _ENDS:
        if count <= high:
            return Band(low, high)
        low = high + 1
    return Band(low, None)
