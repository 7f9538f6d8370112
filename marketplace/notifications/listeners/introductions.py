"""Letters about introductions: what two organisations write to each other is never shown to operators."""

from collections.abc import Iterable
from typing import Any

from flask_babel import force_locale

from marketplace.accounts.models import Person
from marketplace.events import listens_to
from marketplace.matching.introductions.events import (
    ContactOffered,
    IntroductionAccepted,
    IntroductionAsked,
    IntroductionDeclined,
    IntroductionEnded,
    IntroductionExpired,
    IntroductionReminded,
    IntroductionWithdrawn,
    MessageRelayed,
)
from marketplace.matching.introductions.models import Introduction
from marketplace.matching.introductions.policy import side_of
from marketplace.matching.meetings.events import (
    MeetingAgreed,
    MeetingCancelled,
    MeetingChanged,
    MeetingOver,
    MeetingProposed,
)
from marketplace.matching.meetings.telling import calendar_of
from marketplace.notifications.services import PRIVATE, write_letter
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import people_with_role
from marketplace.organisations.stages import Role
from marketplace.pages import letter_language


@listens_to(IntroductionAsked, IntroductionReminded)
def ask_side(event: IntroductionAsked) -> None:
    """To everybody who may answer for the organisation asked."""
    introduction = event.subject
    reminds = isinstance(event, IntroductionReminded)
    _tell("introduction_asked", introduction, introduction.asked, reminds=reminds)


@listens_to(IntroductionAccepted, IntroductionDeclined, IntroductionExpired)
def tell_asker(event: Any) -> None:
    """To the organisation that asked: yes, no with the reason, or nobody answered."""
    _tell("introduction_answered", event.subject, event.subject.asker)


@listens_to(IntroductionWithdrawn)
def tell_asked(event: IntroductionWithdrawn) -> None:
    """To the organisation asked: nothing is to be answered any more."""
    _tell("introduction_answered", event.subject, event.subject.asked)


@listens_to(IntroductionEnded)
def tell_other(event: IntroductionEnded) -> None:
    """To the side that did not end the contact."""
    _tell("introduction_answered", event.subject, _other(event.subject, event.actor))


@listens_to(MessageRelayed)
def relay(event: MessageRelayed) -> None:
    """To the people of the other side, without any address; what is confidential stays on the page."""
    _tell("introduction_message", event.subject, _other(event.subject, event.actor), message=event.unsaid["message"])


@listens_to(ContactOffered)
def tell_contact(event: ContactOffered) -> None:
    """To the other side: somebody is ready to be reached, or both are now."""
    _tell("introduction_contact", event.subject, _other(event.subject, event.actor), both=event.facts["both"])


@listens_to(MeetingProposed, MeetingChanged, MeetingAgreed, MeetingCancelled)
def tell_meeting(event: Any) -> None:
    """To the other side: times to choose from, a time that is agreed, or that it is called off, for its calendars."""
    meeting, changed = event.subject, isinstance(event, MeetingChanged)
    introduction = meeting.introduction
    to = _other(introduction, event.actor)
    for person in people_with_role(to, Role.MEMBER):
        with letter_language(person.language), force_locale(person.language):
            file = calendar_of(meeting, to)
        _write("meeting_news", introduction, to, person=person, meeting=meeting, changed=changed, calendar=file)


@listens_to(MeetingOver)
def ask_both(event: MeetingOver) -> None:
    """To both sides, once the time has passed: did you meet?"""
    introduction = event.subject.introduction
    for side in (introduction.asker, introduction.asked):
        _tell("meeting_over", introduction, side, meeting=event.subject)


def _other(introduction: Introduction, actor: Person) -> Organisation:
    side = side_of(actor, introduction)
    return introduction.other_side(side) if side is not None else introduction.asked


def _tell(kind: str, introduction: Introduction, to: Organisation, **context: Any) -> None:
    people: Iterable[Person] = people_with_role(to, Role.MEMBER)
    for person in people:
        _write(kind, introduction, to, person=person, **context)


def _write(kind: str, introduction: Introduction, side: Organisation, *, person: Person, **context: Any) -> None:
    other = introduction.other_side(side)
    write_letter(kind, to=person, sealed_until=PRIVATE, introduction=introduction, other=other, **context)
