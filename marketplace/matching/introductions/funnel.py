"""From suggestion to contract, counted for each pair of houses; only what somebody recorded, nothing estimated."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import WITH_RESULTS
from marketplace.db import db
from marketplace.matching.introductions.models import Introduction
from marketplace.matching.introductions.stages import AGREED, Milestone, Stage
from marketplace.organisations.stages import Helix
from marketplace.solutions.models import Solution
from marketplace.solutions.queries.consortium import organisations_behind
from marketplace.solutions.stages import RECEIVED
from marketplace.solutions.stages import Stage as SolutionStage
from marketplace.text import HANOI

STEPS = ("asked", "suggested", "accepted", "met", "joint_entries", "awards", "contracts")
# What did not lead on, and what only one side said.
ASIDE = ("waiting", "declined", "unanswered", "met_one_side", "contracts_one_side")
_ORDER = list(Helix)
_UNANSWERED = {Stage.ASKED: "waiting", Stage.DECLINED: "declined"}
_REPORTED = {Milestone.MET: "met", Milestone.CONTRACT: "contracts"}


@dataclass
class Row:
    """The counts of one pair of houses; the names are those of STEPS and ASIDE."""

    one: Helix
    other: Helix
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*STEPS, *ASIDE), 0))

    def add(self, *names: str) -> None:
        for name in names:
            self.counts[name] += 1


def funnel(year: int | None = None) -> list[Row]:
    """One row for each pair of houses with a request, or one of a year in Hanoi, in the order of the houses.

    What came of a request counts in the request's year, whenever it came.
    """
    found = select(Introduction).options(
        joinedload(Introduction.asker), joinedload(Introduction.asked), selectinload(Introduction.reports)
    )
    if year is not None:
        found = found.where(Introduction.asked_at >= _begin(year), Introduction.asked_at < _begin(year + 1))
    introductions = db.session.scalars(found.order_by(Introduction.id)).all()
    together = _joint_entries(introductions)
    rows: dict[tuple[Helix, Helix], Row] = {}
    for each in introductions:
        one, other = sorted((each.asker.helix, each.asked.helix), key=_ORDER.index)
        row = rows.setdefault((one, other), Row(one, other))
        row.add(*_reached(each, together.get(each.id, [])))
    return [rows[pair] for pair in sorted(rows, key=lambda pair: [_ORDER.index(side) for side in pair])]


def years() -> list[int]:
    """From the year of the first request to that of the last one, the last first; none without requests."""
    first, last = db.session.execute(select(func.min(Introduction.asked_at), func.max(Introduction.asked_at))).one()
    return [*range(_year(last), _year(first) - 1, -1)] if first and last else []


def _begin(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=HANOI).astimezone(UTC)


def _year(moment: datetime) -> int:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(HANOI).year


def total(rows: Iterable[Row]) -> dict[str, int]:
    """The counts of all rows together."""
    counts = dict.fromkeys((*STEPS, *ASIDE), 0)
    for row in rows:
        for name, number in row.counts.items():
            counts[name] += number
    return counts


def _reached(introduction: Introduction, entries: list[Solution]) -> list[str]:
    """The steps that one introduction reached; each counts once, however often it happened."""
    names = ["asked", "suggested"] if introduction.was_suggested else ["asked"]
    if introduction.stage not in AGREED:
        return [*names, _UNANSWERED.get(introduction.stage, "unanswered")]
    names += ["accepted", *_reported(introduction)]
    if entries:
        names.append("joint_entries")
    if any(entry.stage == SolutionStage.AWARDED for entry in entries):
        names.append("awards")
    return names


def _reported(introduction: Introduction) -> list[str]:
    """What both sides said, or only one of them."""
    found = [(name, introduction.report_of(milestone)) for milestone, name in _REPORTED.items()]
    return [name if report.confirmed_at else f"{name}_one_side" for name, report in found if report is not None]


def _joint_entries(introductions: Iterable[Introduction]) -> dict[int, list[Solution]]:
    """By introduction the entries received after it that both organisations stand behind.

    Only of challenges whose results are published: before, who answers together is nobody's business.
    """
    agreed = [each for each in introductions if each.stage in AGREED and each.answered_at]
    sides = {side for each in agreed for side in (each.asker_id, each.asked_id)}
    entries = db.session.scalars(
        select(Solution)
        .join(Challenge, Solution.challenge_id == Challenge.id)
        .where(Challenge.stage.in_(WITH_RESULTS), Challenge.is_listed, Solution.stage.in_(RECEIVED))
        .where(Solution.organisation_id.in_(sides) | Solution.partners.any())
        .options(selectinload(Solution.versions))
        .order_by(Solution.id)
    ).all()
    behind = organisations_behind(entries)
    return {
        each.id: [
            entry for entry in entries if {each.asker_id, each.asked_id} <= behind[entry.id] and _is_after(entry, each)
        ]
        for each in agreed
    }


def _is_after(entry: Solution, introduction: Introduction) -> bool:
    version, answered_at = entry.last_version, introduction.answered_at
    return version is not None and answered_at is not None and version.received_at >= answered_at
