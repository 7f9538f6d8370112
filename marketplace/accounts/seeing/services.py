"""Beginning and ending a look."""

from datetime import timedelta

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.accounts.seeing.events import ViewingBegun, ViewingEnded
from marketplace.accounts.seeing.models import Viewing
from marketplace.accounts.seeing.policy import can_see_as
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.events import announce

LASTS = timedelta(minutes=15)


def begin_viewing(person: Person, *, reason: str, actor: Person) -> Viewing:
    """See the site as this person for a quarter of an hour; they get a letter that says who, when and why."""
    require(can_see_as, actor, person)
    at = clock.now()
    viewing = Viewing(operator_id=actor.id, person_id=person.id, reason=reason, begun_at=at, ends_at=at + LASTS)
    db.session.add(viewing)
    db.session.flush()
    facts = {"reason": reason, "until": viewing.ends_at.isoformat()}
    announce(ViewingBegun(actor=actor, subject=person, facts=facts, unsaid={"viewing": viewing}))
    return viewing


def end_viewing(viewing: Viewing) -> None:
    """End it before its time; twice is as good as once."""
    hold(viewing)
    if viewing.ended_at is None:
        viewing.ended_at = clock.now()
        announce(ViewingEnded(actor=viewing.operator, subject=viewing.person))
