"""Making the demo year: once, in one transaction, through the deeds that real people use."""

from datetime import timedelta

from sqlalchemy import select

from marketplace import clock
from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.demo.challenges import make_challenges
from marketplace.demo.content import content
from marketplace.demo.contest import TITLE, make_contest
from marketplace.demo.contest_rounds import judge_contest
from marketplace.demo.experts import make_experts
from marketplace.demo.introductions import make_introductions
from marketplace.demo.judging import make_judging
from marketplace.demo.people import make_organisations, make_people, people_of
from marketplace.demo.queries import personas
from marketplace.demo.solutions import make_solutions
from marketplace.errors import Conflict
from marketplace.judging.models import Panel

JUDGED = ("judging", "results_published")


def make_demo() -> bool:
    """Make the demo year unless it is there; answers whether it was made. One that was cut off leaves nothing."""
    if personas():
        return False
    today = clock.now()
    people = make_people(today - timedelta(days=330))
    organisations = make_organisations(people, today - timedelta(days=320))
    challenges = make_challenges(today, organisations=organisations, operator=people["vinh"])
    solutions = make_solutions(today, challenges=challenges, organisations=organisations)
    for plan in content("challenges"):
        if plan["stage"] in JUDGED:
            entered = [(told, solution) for told, solution in solutions if told["challenge"] == plan["id"]]
            make_judging(plan, challenges[plan["id"]], solutions=entered, people=people)
    make_introductions(today, organisations=organisations)
    make_experts(people, today - timedelta(days=5))
    db.session.commit()
    return True


def make_full_contest(count: int, *, judged: bool) -> Panel:
    """A contest with so many entries beside the demo year; where `judged`, its panel deliberates.

    Raises Conflict where there is one.
    """
    make_demo()
    if db.session.scalar(select(Challenge.id).where(Challenge.title_vi == TITLE)) is not None:
        raise Conflict("the contest was made before")
    today = clock.now()
    people = people_of("oanh", "lam", "vinh")
    panel = make_contest(today, count=count, people=people)
    if judged:
        judge_contest(panel, secretary=people["oanh"], at=today - timedelta(days=12))
    db.session.commit()
    return panel
