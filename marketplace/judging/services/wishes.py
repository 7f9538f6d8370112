"""Deeds of a judge before assignment: which entries one would like to read."""

from collections.abc import Mapping

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.stages import Stage
from marketplace.db import db, hold
from marketplace.errors import NotReady, WrongStage
from marketplace.events import announce
from marketplace.judging.events import WishesSaid
from marketplace.judging.models import Preference, Seat
from marketplace.judging.policy import can_declare
from marketplace.judging.queries.wishes import readable_entries, wishes_of
from marketplace.judging.stages import Wish


def say_wishes(seat: Seat, *, actor: Person, wishes: Mapping[int, Wish]) -> None:
    """Say for entries, by solution id, how gladly one reads them; the assignment weighs it, it promises nothing.

    Raises WrongStage once entries are assigned, NotReady for an entry of which one is not free.
    """
    require(can_declare, actor, seat)
    hold(seat.panel.challenge, shared=True)
    if seat.panel.challenge.stage != Stage.SCREENING:
        raise WrongStage("wishes are said before entries are assigned")
    readable = {entry.solution.id: entry for entry in readable_entries(seat)}
    if not wishes.keys() <= readable.keys():
        raise NotReady(["conflict"])
    known = wishes_of([seat])
    for solution_id, wish in wishes.items():
        said = known.get((seat.id, solution_id))
        if said is None:
            said = Preference(seat=seat, solution_id=solution_id)
            db.session.add(said)
        said.wish, said.said_at = wish, clock.now()
    db.session.flush()
    announce(WishesSaid(actor=actor, subject=seat, facts={"entries": len(wishes)}))
