"""Letters that anybody may ask for without signing in: to create an account, to confirm its address, to set a password.

Asking leaves one row and one job, whatever the address is; the worker looks who has it. So neither the answer nor the
time it takes tells whether somebody has an account here.
"""

from flask_security.confirmable import generate_confirmation_token
from flask_security.recoverable import generate_reset_password_token

from marketplace import clock
from marketplace.accounts.events import ConfirmLinkAsked, PasswordLinkAsked, PersonSignedUp, SignUpRepeated
from marketplace.accounts.models import Asked, LetterRequest, Person
from marketplace.accounts.queries import person_by_email
from marketplace.db import db, token
from marketplace.events import announce
from marketplace.jobs import enqueue, job
from marketplace.text import clean_line


def ask_for_account(email: str, *, full_name: str, password_hash: str, language: str) -> None:
    """Somebody wants an account; the password comes hashed, so that the slow work is done before the first write."""
    _keep(LetterRequest(kind=Asked.ACCOUNT, email=email, full_name=full_name, password=password_hash), language)


def ask_for_link(kind: Asked, email: str, *, language: str) -> None:
    """Somebody wants a link to confirm an address, or to set a new password."""
    _keep(LetterRequest(kind=kind, email=email), language)


def _keep(asked: LetterRequest, language: str) -> None:
    asked.email, asked.language, asked.asked_at = asked.email.strip().lower(), language, clock.now()
    db.session.add(asked)
    db.session.flush()
    # the row is deleted afterwards and SQLite gives its number again, so the number is no key
    enqueue("answer_letter_request", key=token(), request_id=asked.id)


@job("answer_letter_request")
def answer_letter_request(request_id: int) -> None:
    """Do what was asked for, as far as the address allows; what was typed is then forgotten."""
    asked = db.session.get(LetterRequest, request_id)
    if asked is None:
        return
    person = person_by_email(asked.email)
    if asked.kind == Asked.ACCOUNT:
        _answer_sign_up(asked, person)
    elif person is not None and person.active:
        _answer(asked.kind, person)
    db.session.delete(asked)


def _answer(kind: Asked, person: Person) -> None:
    if kind == Asked.PASSWORD:
        secret = generate_reset_password_token(person)
        announce(PasswordLinkAsked(actor=None, subject=person, unsaid={"token": secret}))
    elif person.confirmed_at is None:
        secret = generate_confirmation_token(person)
        announce(ConfirmLinkAsked(actor=None, subject=person, unsaid={"token": secret}))


def _answer_sign_up(asked: LetterRequest, person: Person | None) -> None:
    """A new account, or a letter to whoever has the address; it brings a link to set a password, because the one known
    may be that of somebody who squats there."""
    if person is not None:
        if person.active:
            secret = generate_reset_password_token(person)
            announce(SignUpRepeated(actor=None, subject=person, unsaid={"token": secret}))
        return
    person = Person(
        email=asked.email,
        full_name=clean_line(asked.full_name or ""),
        password=asked.password,
        fs_uniquifier=token(),
        language=asked.language,
        created_at=clock.now(),
    )
    db.session.add(person)
    db.session.flush()
    announce(PersonSignedUp(actor=person, subject=person, unsaid={"accepted_in": asked.language}))
    _answer(Asked.ADDRESS, person)
