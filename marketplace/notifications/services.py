"""Writing letters, and the job that sends them."""

import re
import smtplib
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import formataddr, parseaddr
from typing import Any

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.accounts.policy import can_read_outbox
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.errors import WrongStage
from marketplace.events import announce
from marketplace.jobs import OutboxJob, enqueue, job
from marketplace.notifications.events import LetterRetried
from marketplace.notifications.models import Letter
from marketplace.notifications.queries import how_for, sending_key
from marketplace.notifications.stop_links import secret_for
from marketplace.notifications.topics import TOPIC_OF, How
from marketplace.pages import absolute, letter_language
from marketplace.text import clean_line

SMTP_TIMEOUT_SECONDS = 20
# What people and organisations write and keep for themselves is never unsealed for operators.
PRIVATE = datetime(9000, 1, 1, tzinfo=UTC)


_beside: list[Callable[[Letter], None]] = []


def beside_letters(tell: Callable[[Letter], None]) -> Callable[[Letter], None]:
    """Register what is done beside each letter that is written: a part of ours that knows other ways to its reader."""
    _beside.append(tell)
    return tell


def write_letter(
    kind: str,
    *,
    to: Person | str,
    language: str | None = None,
    sealed_until: datetime | None = None,
    calendar: bytes | None = None,
    **context: Any,
) -> Letter:
    """Write the letter templates/letters/<kind>.txt to a person, or to an address, and leave its sending to the worker.

    The template's first line is the subject. The letter is in the person's language; an address needs `language`.
    Until `sealed_until` operators do not see it in the outbox, longer where the challenge it tells of is prolonged.
    `calendar` is attached as a file for calendars; mail programs press the address `one_click` to end such letters.
    """
    person = to if isinstance(to, Person) else None
    reader = language or (person.language if person else "vi")
    stop = context.pop("stop", None) or _stop_link(person, kind, reader)
    subject, body = words_of(kind, person=person, language=reader, stop=stop, **context)
    letter = Letter(
        kind=kind,
        to_email=person.email if person else str(to),
        to_person_id=person.id if person else None,
        language=reader,
        subject=subject,
        body=body,
        calendar=calendar.decode() if calendar else None,
        written_at=clock.now(),
        sealed_until=sealed_until,
        sealed_by=_sealing(context) if sealed_until else None,
        one_click=context.get("one_click") or stop,
    )
    letter.how = how_for(person, kind)
    letter.to_person = person
    db.session.add(letter)
    db.session.flush()
    for tell in _beside:
        tell(letter)
    if letter.how == How.AT_ONCE:
        enqueue("send_letter", key=letter.reference, letter_id=letter.id)
    return letter


def words_of(kind: str, *, person: Person | None, language: str, **context: Any) -> tuple[str, str]:
    """Subject and body of a letter of this kind, as it would be written to this person."""
    with letter_language(language), force_locale(language):
        text = _rendered(f"letters/{kind}.txt", person=person, link=_linker(language), **context)
    subject, _, body = text.strip().partition("\n")
    return clean_line(subject)[:300], re.sub("\n{3,}", "\n\n", body.strip()) + "\n"


def _stop_link(person: Person | None, kind: str, reader: str) -> str | None:
    """Where the reader stops letters like this one, if such letters can be stopped."""
    topic = TOPIC_OF.get(kind)
    if person is None or topic is None:
        return None
    return absolute("choosing.stop", reader, secret=secret_for(person, topic))


def _sealing(context: dict[str, Any]) -> str | None:
    """The reference of the challenge that a sealed letter tells of."""
    challenge = context.get("challenge") or getattr(context.get("solution"), "challenge", None)
    return challenge.reference if challenge is not None else None


def _rendered(template: str, **context: Any) -> str:
    """Letters are plain text, so nothing is escaped for HTML, and no code compiled for pages fits them."""
    extensions = current_app.extensions
    if "letter_templates" not in extensions:
        extensions["letter_templates"] = current_app.jinja_env.overlay(autoescape=False, bytecode_cache=None)
    current_app.update_template_context(context)
    return extensions["letter_templates"].get_template(template).render(context)


def _linker(language: str) -> Callable[..., str]:
    def link(endpoint: str, **values: Any) -> str:
        return absolute(endpoint, language, **values)

    return link


@job("send_letter")
def send_letter(letter_id: int) -> None:
    """Hand the letter to the mail server; without one it stays at /outbox. Sent twice it has one Message-ID."""
    letter = db.session.get_one(Letter, letter_id)
    if letter.sent_at is not None:
        return
    if current_app.config["SMTP_HOST"]:
        _send(_message(letter))
    letter.sent_at = clock.now()


def send_again(letter: Letter, *, actor: Person) -> None:
    """Let the worker try a letter again that it gave up. Raises Refused, WrongStage unless its sending has failed."""
    require(can_read_outbox, actor)
    sending = db.session.scalar(select(OutboxJob).where(OutboxJob.key == sending_key(letter)))
    if sending is None:
        raise WrongStage("nothing was to be sent")
    hold(sending)
    if sending.failed_at is None:
        raise WrongStage("it has not failed")
    sending.failed_at, sending.attempts, sending.run_after = None, 0, clock.now()
    announce(LetterRetried(actor=actor, subject=letter))


def _message(letter: Letter) -> EmailMessage:
    message = EmailMessage()
    message["From"] = formataddr(parseaddr(current_app.config["LETTERS_FROM"]))
    message["To"] = letter.to_email
    message["Subject"] = letter.subject
    message["Message-ID"] = f"<{letter.reference}@{current_app.config['BASE_URL'].split('//')[-1].split(':')[0]}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.one_click:
        message["List-Unsubscribe"] = f"<{letter.one_click}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.body)
    if letter.calendar:
        content = letter.calendar.encode()
        message.add_attachment(content, maintype="text", subtype="calendar", filename="lich.ics")
    message["Content-Language"] = letter.language  # after the content, which would take it away
    return message


def _send(message: EmailMessage) -> None:
    config = current_app.config
    with smtplib.SMTP(config["SMTP_HOST"], config["SMTP_PORT"], timeout=SMTP_TIMEOUT_SECONDS) as server:
        if config["SMTP_STARTTLS"]:
            server.starttls()
        if config["SMTP_USER"]:
            server.login(config["SMTP_USER"], config["SMTP_PASSWORD"])
        server.send_message(message)
