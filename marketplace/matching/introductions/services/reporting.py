"""What came of an introduction: one side reports, the other confirms; nothing is counted that nobody said."""

from datetime import date

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.errors import WrongStage
from marketplace.events import announce
from marketplace.matching.introductions.events import MilestoneReported
from marketplace.matching.introductions.models import Introduction, Report
from marketplace.matching.introductions.policy import can_see_introduction, side_of
from marketplace.matching.introductions.services.asking import sealed
from marketplace.matching.introductions.stages import AGREED, Milestone
from marketplace.text import HANOI


def report_milestone(
    introduction: Introduction, milestone: Milestone, *, actor: Person, happened_on: date | None = None
) -> Report:
    """Say that the two met or signed on a day (None: today), or confirm what the other side said of it.

    A second word of the same side changes nothing. Raises Refused, WrongStage unless the introduction was accepted.
    """
    require(can_see_introduction, actor, introduction)
    hold(introduction)
    if introduction.stage not in AGREED:
        raise WrongStage("the other side has not said yes")
    side, now = side_of(actor, introduction), clock.now()
    db.session.expire(introduction, ["reports"])
    report = introduction.report_of(milestone)
    if report is None:
        report = Report(
            introduction=introduction,
            milestone=milestone,
            happened_on=happened_on or now.astimezone(HANOI).date(),
            organisation_id=side.id if side else None,
            person_id=actor.id,
            reported_at=now,
        )
        db.session.add(report)
    elif side is None or report.organisation_id == side.id or report.confirmed_at is not None:
        return report
    else:
        report.confirmed_by_id, report.confirmed_at = actor.id, now
    db.session.flush()
    facts = {"milestone": milestone.value, "both": report.confirmed_at is not None, **sealed(introduction)}
    announce(MilestoneReported(actor=actor, subject=introduction, facts=facts))
    return report
