"""Letters around an oral defence, each with an entry for the reader's calendar."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from marketplace.accounts.models import Person
from marketplace.events import listens_to
from marketplace.judging.defence.events import DefenceAnnounced, HearingMoved
from marketplace.judging.defence.models import Defence, Hearing
from marketplace.judging.defence.queries import hearers_of
from marketplace.judging.defence.telling import calendar_of
from marketplace.notifications.services import write_letter
from marketplace.pages import absolute
from marketplace.solutions.queries.consortium import people_of


@listens_to(DefenceAnnounced)
def invite_to_hearings(event: DefenceAnnounced) -> None:
    """To the people of every entry; to each judge with all their hearings."""
    _tell(event.subject, event.subject.hearings, moved=False)


@listens_to(HearingMoved)
def tell_of_new_time(event: HearingMoved) -> None:
    """To those who were invited already."""
    if event.subject.defence.invited_at is not None:
        _tell(event.subject.defence, [event.subject], moved=True)


def _tell(defence: Defence, hearings: Sequence[Hearing], *, moved: bool) -> None:
    hearers, panel = hearers_of(defence.panel), defence.panel
    told: dict[str, Any] = {"challenge": panel.challenge, "moved": moved}
    of_judge: dict[Person, list[Hearing]] = defaultdict(list)
    for hearing in hearings:
        for sheet in hearers[hearing.solution_id]:
            of_judge[sheet.seat.person].append(hearing)
        for person in dict.fromkeys(people_of(hearing.solution)):
            address = absolute("solutions.show", person.language, reference=hearing.solution.reference)
            attached = calendar_of([hearing], address=address)
            write_letter("defence_invited", to=person, calendar=attached, hearing=hearing, **told)
    for person, own in of_judge.items():
        attached = calendar_of(own, address=absolute("defence.own_day", person.language, reference=panel.reference))
        write_letter("defence_judge", to=person, calendar=attached, hearings=own, panel=panel, **told)
