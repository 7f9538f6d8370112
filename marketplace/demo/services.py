"""Making the demo year: once, in one transaction, through the deeds that real people use."""

from datetime import timedelta

from marketplace import clock
from marketplace.db import db
from marketplace.demo.challenges import make_challenges
from marketplace.demo.people import make_organisations, make_people
from marketplace.demo.queries import personas


def make_demo() -> bool:
    """Make the demo year unless it is there; answers whether it was made. What was begun and cut off leaves nothing."""
    if personas():
        return False
    today = clock.now()
    people = make_people(today - timedelta(days=330))
    organisations = make_organisations(people, today - timedelta(days=320))
    make_challenges(today, organisations=organisations, operator=people["vinh"])
    db.session.commit()
    return True
