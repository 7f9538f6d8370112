"""Who stood on how many lists of suggestions in a month, and how evenly the places were shared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.matching.models import Exposure
from marketplace.matching.stages import Row
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import visible_to
from marketplace.text import HANOI

MOST_SHOWN = 50


@dataclass(frozen=True)
class Audit:
    """One month: how many cards by row, how many lists, who was on how many, and the Gini coefficient."""

    month: str
    cards: dict[str, int]
    lists: int
    shown: list[tuple[Organisation, int]]
    shown_count: int
    organisation_count: int
    gini: float

    @property
    def card_count(self) -> int:
        return sum(self.cards.values())

    def share(self, row: str) -> float:
        """The row's share of all cards in percent, with one decimal."""
        return round(100 * self.cards[row] / self.card_count, 1) if self.card_count else 0.0


def month_of(at: datetime) -> str:
    """The month in Hanoi, as 2026-11."""
    return f"{at.astimezone(HANOI):%Y-%m}"


def months() -> Sequence[str]:
    """The months with lists, the newest first."""
    return db.session.scalars(select(Exposure.month).distinct().order_by(Exposure.month.desc())).all()


def exposed_organisation_ids(challenge: Challenge, month: str) -> set[int]:
    """Who was noted on the challenge's list in this month."""
    found = select(Exposure.organisation_id).where(Exposure.challenge_id == challenge.id, Exposure.month == month)
    return set(db.session.scalars(found))


def audit_of(month: str) -> Audit:
    """The month's figures; organisations that were on no list count with zero for the Gini coefficient."""
    by_row = select(Exposure.row, func.count()).where(Exposure.month == month).group_by(Exposure.row)
    cards: dict[Row, int] = dict(db.session.execute(by_row).all())
    counts: dict[int, int] = dict(db.session.execute(_by_organisation(month)).all())
    everybody = db.session.scalar(select(func.count()).select_from(visible_to(None).order_by(None).subquery())) or 0
    lists = select(func.count(Exposure.challenge_id.distinct())).where(Exposure.month == month)
    return Audit(
        month=month,
        cards={row.value: cards.get(row, 0) for row in Row},
        lists=db.session.scalar(lists) or 0,
        shown=_named(counts),
        shown_count=len(counts),
        organisation_count=everybody,
        gini=gini([*counts.values(), *[0] * max(0, everybody - len(counts))]),
    )


def gini(numbers: Sequence[int]) -> float:
    """0 where everybody has as much, near 1 where one has all: the mean difference over twice the mean (Gini 1912)."""
    ordered, whole = sorted(numbers), sum(numbers)
    if not whole:
        return 0.0
    size = len(ordered)
    weighted = sum(place * number for place, number in enumerate(ordered, start=1))
    return round(2 * weighted / (size * whole) - (size + 1) / size, 3)


def _by_organisation(month: str) -> Select[int, int]:
    counted = select(Exposure.organisation_id, func.count()).where(Exposure.month == month)
    return counted.group_by(Exposure.organisation_id)


def _named(counts: dict[int, int]) -> list[tuple[Organisation, int]]:
    found = visible_to(None).where(Organisation.id.in_(counts))
    named = [(organisation, counts[organisation.id]) for organisation in db.session.scalars(found)]
    return sorted(named, key=lambda line: (-line[1], line[0].sort_name, line[0].id))[:MOST_SHOWN]
