"""The published bundle of a result, without names: its shape, and the ranking that anybody recomputes from it. Pure.

Points are whole numbers and every step is exact (Decimal, Fraction), so the listing is the same byte for byte on every
machine.
"""

import inspect
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from math import lcm
from typing import Any

from marketplace.judging import ties
from marketplace.judging.ranking import official, pairwise

FORMAT = 1
_SHOWN = Decimal("1.000000")
# Where no rung of the ladder asks when an entry was received, the bundle does not tell.
_UNTOLD = datetime(1970, 1, 1, tzinfo=UTC)

# field of a contest ("" without), code of the entry, its place (None: not ranked), mean of its totals, how many sheets
Line = tuple[str, str, int | None, Decimal | None, int]


def code_version() -> str:
    """SHA-256 of the source of everything that decides a place."""
    return sha256("".join(map(inspect.getsource, (official, ties, pairwise))).encode()).hexdigest()


def listing(lines: Iterable[Line]) -> str:
    """The ranking as CSV: place, entry, mean with six decimals, sheets; by place, then by code, unranked last.

    In a contest with fields each line begins with its field, and each field has places of its own.
    """
    ordered = sorted(lines, key=lambda line: (line[0], line[2] is None, line[2] or 0, line[1]))
    with_fields = any(field for field, *_ in ordered)
    rows = [
        f"{field + ',' if with_fields else ''}{place or ''},{code},"
        f"{mean.quantize(_SHOWN) if mean is not None else ''},{sheets}"
        for field, code, place, mean, sheets in ordered
    ]
    return "\n".join([f"{'field,' if with_fields else ''}place,entry,mean,sheets", *rows, ""])


def recompute(bundle: Mapping[str, Any]) -> str:
    """The listing that follows from the rules and points of a bundle. Raises ValueError where they do not fit."""
    if bundle.get("format") != FORMAT:
        raise ValueError(f"not a bundle of format {FORMAT}")
    sheets: dict[str, list[dict[str, int | None]]] = {each["code"]: [] for each in bundle["entries"]}
    for sheet in bundle["sheets"]:
        sheets[sheet["entry"]].append(sheet["points"])
    fields: dict[str, list[Mapping[str, Any]]] = {}
    for entry in bundle["entries"]:
        fields.setdefault(entry.get("field") or "", []).append(entry)
    return listing(line for name, group in fields.items() for line in _ranked(name, group, sheets, bundle))


def _ranked(
    field: str,
    entries: Iterable[Mapping[str, Any]],
    every: Mapping[str, list[dict[str, int | None]]],
    bundle: Mapping[str, Any],
) -> list[Line]:
    """The entries that compete with each other, with the places that points or comparisons give them."""
    rules = bundle["rules"]
    criteria = {each["code"]: each for each in rules["criteria"]}
    told = {each["code"]: each for each in entries}
    codes = sorted(told)
    sheets = [every[code] for code in codes]
    totals = {number: [total(points, criteria) for points in given] for number, given in enumerate(sheets)}
    ranked = {each.entry_id: each for each in _places(bundle, codes, totals)}
    places = {number: each.place for number, each in ranked.items() if each.place is not None}
    facts = {
        number: _facts(told[codes[number]], sheets[number], criteria=criteria, totals=totals[number])
        for number in places
    }
    settled = ties.settle(places, facts, rules["tiebreaks"])
    return [
        (
            field,
            code,
            settled[number].place if number in settled else None,
            ranked[number].mean,
            ranked[number].readings,
        )
        for number, code in enumerate(codes)
    ]


def _places(
    bundle: Mapping[str, Any], codes: Sequence[str], totals: Mapping[int, list[Decimal]]
) -> list[official.Ranked]:
    """By comparisons among these entries where the last round compared, else by the mean of totals."""
    quorum = bundle["rules"]["quorum"]
    if "comparisons" not in bundle:
        return official.rank(totals, quorum=quorum)
    number = {code: at for at, code in enumerate(codes)}
    judges = {each["judge"]: at for at, each in enumerate(bundle["comparisons"])}
    said: dict[int, list[pairwise.Comparison]] = {}
    for each in bundle["comparisons"]:
        if each["better"] in number and each["worse"] in number:
            said.setdefault(judges[each["judge"]], []).append((number[each["better"]], number[each["worse"]]))
    return pairwise.rank_by_comparisons(number.values(), said, quorum=quorum)


def total(points: Mapping[str, int | None], criteria: Mapping[str, Mapping[str, Any]]) -> Decimal:
    """One sheet's weighted total from 0 to 100; None stands for a criterion that does not apply."""
    scale = lcm(*(each["maximum"] for each in criteria.values()))
    brought = {
        code: None if given is None else given * (scale // criteria[code]["maximum"]) for code, given in points.items()
    }
    numbers = {code: number for number, code in enumerate(sorted(criteria))}
    return official.weighted_total(
        {numbers[code]: given for code, given in brought.items()},
        {numbers[code]: each["weight_bp"] for code, each in criteria.items()},
        scale,
    )


def _facts(
    entry: Mapping[str, Any],
    sheets: list[dict[str, int | None]],
    *,
    criteria: Mapping[str, Mapping[str, Any]],
    totals: list[Decimal],
) -> ties.Facts:
    heaviest = sorted(criteria.values(), key=lambda each: (-each["weight_bp"], each["position"]))
    received = entry["received_at"]
    return ties.Facts(
        criteria=tuple(_share(each, sheets) for each in heaviest),
        totals=tuple(totals),
        received_at=datetime.fromisoformat(received) if received else _UNTOLD,
        lot=entry["lot"] or "",
    )


def _share(criterion: Mapping[str, Any], sheets: list[dict[str, int | None]]) -> Fraction:
    """The mean share of this criterion's points, 0 to 1; 0 where nobody gave any."""
    given = [points for each in sheets if (points := each[criterion["code"]]) is not None]
    return Fraction(sum(given), len(given) * criterion["maximum"]) if given else Fraction(0)
