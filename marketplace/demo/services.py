"""Making the demo year: once, in one transaction, through the deeds that real people use."""

from datetime import timedelta

from marketplace import clock
from marketplace.db import db
from marketplace.demo.challenges import make_challenges
from marketplace.demo.content import content
from marketplace.demo.judging import make_judging
from marketplace.demo.people import make_organisations, make_people
from marketplace.demo.queries import personas
from marketplace.demo.solutions import make_solutions

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
    db.session.commit()
    return True
