"""Letters about a challenge that is open: answers and changes; sealed, so that the outbox tells of nobody's draft."""

from typing import Any

from sqlalchemy import update

from marketplace.accounts.models import Person
from marketplace.accounts.queries import operators, person_by_email
from marketplace.challenges.amending.events import ChallengeAmended
from marketplace.challenges.amending.words import changes_of
from marketplace.challenges.asking.events import QuestionAnswered, QuestionRemoved
from marketplace.challenges.events import ChallengePublished, GuestInvited
from marketplace.challenges.models import Challenge
from marketplace.challenges.rooms.events import RoomFileAdded
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.events import listens_to
from marketplace.notifications.models import Letter
from marketplace.notifications.queries import email_followers, people_concerned
from marketplace.notifications.services import write_letter
from marketplace.notifications.stop_links import secret_for_follower
from marketplace.organisations.queries import people_with_role
from marketplace.organisations.stages import Role
from marketplace.pages import absolute
from marketplace.solutions.clarifying.events import ClarificationAnswered, ClarificationAsked
from marketplace.solutions.early.events import EarlyOpeningConfirmed, EarlyOpeningProposed
from marketplace.solutions.late.events import LatePassApproved


@listens_to(RoomFileAdded)
def tell_of_file(event: RoomFileAdded) -> None:
    """To everybody concerned, of a challenge that is public already: nobody answers without what others know."""
    if event.subject.is_public:
        _tell("room_file_added", event.subject)


@listens_to(ChallengePublished, GuestInvited)
def invite_guests(event: Any) -> None:
    """To whoever is invited, once there is something to answer; sealed, for who is invited is the agency's own."""
    challenge = event.subject
    if not challenge.invited_only or challenge.stage != Stage.PUBLISHED:
        return
    added = event.unsaid.get("guest")
    for guest in [added] if added else challenge.guests:
        people = people_with_role(guest.organisation, Role.MEMBER) if guest.organisation else [_at(guest.email)]
        for person in people:
            reader = None if isinstance(person, Person) else challenge.original_language
            context = {"challenge": challenge, "sealed_until": challenge.sealed_until}
            write_letter("challenge_inviting", to=person, language=reader, **context)


def _at(email: str) -> Person | str:
    return person_by_email(email) or email


@listens_to(QuestionAnswered)
def tell_answer(event: QuestionAnswered) -> None:
    """The first answer to a question, to everybody concerned."""
    if event.facts.get("first"):
        _tell("challenge_answered", event.subject.challenge, question=event.subject)


@listens_to(QuestionRemoved)
def tell_asker(event: QuestionRemoved) -> None:
    """To whoever asked, with the reasons."""
    question = event.subject
    challenge = question.challenge
    context = {"question": question, "challenge": challenge, "sealed_until": challenge.sealed_until}
    write_letter("question_removed", to=question.asker, **context)


@listens_to(ChallengeAmended)
def tell_amendment(event: ChallengeAmended) -> None:
    """What changed and why, to everybody concerned; what was sealed until the old closing stays so until the new."""
    challenge = event.subject
    prolong_seals(challenge)
    _tell("challenge_amended", challenge, amendment=event.unsaid["amendment"], changes_of=changes_of)


@listens_to(ClarificationAsked)
def ask_entrant(event: ClarificationAsked) -> None:
    """To everybody of the entrant: what was asked is read on the page."""
    solution = event.subject
    for person in people_with_role(solution.organisation, Role.VIEWER):
        write_letter("clarification_asked", to=person, solution=solution, **event.unsaid)


@listens_to(ClarificationAnswered)
def write_clarification_receipt(event: ClarificationAnswered) -> None:
    """To everybody of the entrant: when the answer was received, and its hash."""
    solution = event.subject
    for person in people_with_role(solution.organisation, Role.VIEWER):
        write_letter("clarification_answered", to=person, solution=solution, version=event.unsaid["version"])


@listens_to(LatePassApproved)
def keep_letters_sealed(event: LatePassApproved) -> None:
    """What was sealed until everybody's closing stays so until the last closing anybody has."""
    prolong_seals(event.subject.challenge)


@listens_to(EarlyOpeningProposed)
def ask_operators(event: EarlyOpeningProposed) -> None:
    """To every operator: without one of them nothing is opened."""
    opening = event.subject
    for person in operators():
        write_letter("early_opening_asked", to=person, opening=opening, challenge=opening.challenge)


@listens_to(EarlyOpeningConfirmed)
def tell_early_opening(event: EarlyOpeningConfirmed) -> None:
    """To everybody concerned; the seal of earlier letters has ended with the challenge's."""
    challenge = event.subject.challenge
    letters = update(Letter).where(Letter.sealed_by == challenge.reference)
    ended = letters.where(Letter.sealed_until > challenge.sealed_until)
    db.session.execute(ended.values(sealed_until=challenge.sealed_until))
    _tell("challenge_opened_early", challenge, opening=event.subject)


def prolong_seals(challenge: Challenge) -> None:
    """Keep letters of this challenge from operators until its seal ends now."""
    sealed = update(Letter).where(Letter.sealed_by == challenge.reference, Letter.sealed_until < challenge.sealed_until)
    db.session.execute(sealed.values(sealed_until=challenge.sealed_until))


def _tell(kind: str, challenge: Challenge, **context: Any) -> None:
    """The same letter to everybody concerned, which operators do not see before the challenge is unsealed."""
    told = {"sealed_until": challenge.sealed_until, "challenge": challenge, **context}
    for person in people_concerned(challenge):
        write_letter(kind, to=person, **told)
    for follower in email_followers(challenge):
        key, reader = secret_for_follower(follower), follower.language
        ways_out: dict[str, Any] = {
            "stop": absolute("following.show", reader, key=key),
            "one_click": absolute("following_one_click.end_by_mail_program", reader, key=key),
        }
        write_letter(kind, to=follower.email, language=reader, **told, **ways_out)
