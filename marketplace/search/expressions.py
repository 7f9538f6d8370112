"""What an engine is asked: terms joined by all, some and not, at most MOST_TERMS of them. Pure."""

from dataclasses import dataclass

# Eighty terms cost seconds in every engine that was measured.
MOST_TERMS = 25


@dataclass(frozen=True)
class All:
    """Every part holds."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class Some:
    """At least one part holds."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True)
class Not:
    """The part does not hold; stands only among the parts of an All that has others."""

    part: "Expression"


Expression = str | All | Some | Not


def all_of(parts: list[Expression]) -> Expression | None:
    """The parts as one expression, without needless layers; None for none."""
    return All(tuple(parts)) if len(parts) > 1 else (parts[0] if parts else None)


def some_of(parts: list[Expression]) -> Expression | None:
    """At least one of the parts; None for none."""
    return Some(tuple(parts)) if len(parts) > 1 else (parts[0] if parts else None)


def terms_of(expression: Expression) -> list[str]:
    """Every term, as often as it stands there."""
    if isinstance(expression, str):
        return [expression]
    inner = (expression.part,) if isinstance(expression, Not) else expression.parts
    return [term for part in inner for term in terms_of(part)]


def shortened(expression: Expression, most: int = MOST_TERMS) -> Expression | None:
    """The expression with at most so many terms; later ones of an All or Some are left out."""
    return _shorten(expression, most)[0]


def _shorten(expression: Expression, room: int) -> tuple[Expression | None, int]:
    if isinstance(expression, str):
        return (expression, room - 1) if room > 0 else (None, room)
    if isinstance(expression, Not):
        part, room = _shorten(expression.part, room)
        return (Not(part) if part is not None else None), room
    kept: list[Expression] = []
    for inner in expression.parts:
        part, room = _shorten(inner, room)
        if part is not None:
            kept.append(part)
    joined = all_of(kept) if isinstance(expression, All) else some_of(kept)
    return (None if isinstance(joined, Not) else joined), room
