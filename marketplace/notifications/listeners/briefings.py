"""Letters about briefings; sealed, for who comes may be about to answer."""

from collections.abc import Iterable
from typing import Any

from marketplace.accounts.models import Person
from marketplace.challenges.briefings.events import (
    BriefingAdded,
    BriefingCancelled,
    BriefingChanged,
    BriefingJoined,
    BriefingLeft,
    BriefingNear,
)
from marketplace.challenges.briefings.models import Briefing
from marketplace.events import listens_to
from marketplace.notifications.queries import people_concerned
from marketplace.notifications.services import write_letter


@listens_to(BriefingAdded)
def announce_briefing(event: BriefingAdded) -> None:
    """To everybody concerned, where the challenge is public already."""
    if event.subject.challenge.is_public:
        _tell(event.subject, people_concerned(event.subject.challenge), step="added")


@listens_to(BriefingJoined)
def confirm_seat(event: BriefingJoined) -> None:
    """To whoever registered: the place, or that they wait."""
    briefing, registration = event.subject, event.unsaid["registration"]
    step = "joined" if registration in briefing.seated else "waiting"
    _tell(briefing, [registration.person], step=step)


@listens_to(BriefingLeft)
def tell_who_moved_up(event: BriefingLeft) -> None:
    """To those who have a seat now."""
    _tell(event.subject, [each.person for each in event.unsaid["moved_up"]], step="joined")


@listens_to(BriefingChanged, BriefingCancelled, BriefingNear)
def tell_registered(event: Any) -> None:
    """To everybody who has a seat; of changes and of the end also to those who wait, without the place."""
    briefing = event.subject
    step = {BriefingChanged: "changed", BriefingCancelled: "cancelled", BriefingNear: "near"}[type(event)]
    _tell(briefing, [each.person for each in briefing.seated], step=step)
    if step != "near":
        waiting = "cancelled" if step == "cancelled" else "waiting"
        _tell(briefing, [each.person for each in briefing.waiting], step=waiting)


def _tell(briefing: Briefing, people: Iterable[Person], *, step: str) -> None:
    challenge = briefing.challenge
    context: dict[str, Any] = {"challenge": challenge, "briefing": briefing, "step": step}
    for person in people:
        write_letter("briefing", to=person, language=None, sealed_until=challenge.sealed_until, **context)
