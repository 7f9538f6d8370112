"""Confirming a number, choosing what comes there, and the messages that go beside letters."""

import hmac
import secrets
from collections.abc import Collection
from datetime import timedelta

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import delete

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.errors import WrongStage
from marketplace.events import announce
from marketplace.jobs import enqueue, job
from marketplace.notifications.channels.adapters import adapter_of
from marketplace.notifications.channels.events import ChannelsChosen, PhoneConfirmed, PhoneRemoved
from marketplace.notifications.channels.models import ChannelChoice, Phone, ShortMessage
from marketplace.notifications.channels.policy import can_choose_channels
from marketplace.notifications.channels.queries import channels_for, chosen_by, phone_of
from marketplace.notifications.channels.stages import NEWS, Channel
from marketplace.notifications.models import Letter
from marketplace.notifications.services import beside_letters
from marketplace.notifications.topics import SECRET_KINDS
from marketplace.pages import absolute

CODE_GOOD = timedelta(minutes=10)
_MOST = 500


def ask_for_code(person: Person, number: str, *, actor: Person) -> None:
    """Send a code of six digits to this number (+84...); a number confirmed before is forgotten with it."""
    require(can_choose_channels, actor, person)
    hold(person)
    phone = phone_of(person) or Phone(person_id=person.id)
    code = f"{secrets.randbelow(1_000_000):06}"
    phone.number, phone.code_hash, phone.confirmed_at = number, _hashed(code, person), None
    phone.code_sent_at = clock.now()
    db.session.add(phone)
    text = _("%(site)s: the code for your number is %(code)s.", site=current_app.config["SITE_NAME"], code=code)
    _write(Channel.SMS, phone, text=text)


def confirm_number(person: Person, code: str, *, actor: Person) -> bool:
    """Whether this is the code that was sent there a moment ago; raises WrongStage if none waits for one."""
    require(can_choose_channels, actor, person)
    hold(person)
    phone = phone_of(person)
    if phone is None or phone.code_hash is None:
        raise WrongStage("no number waits for its code")
    in_time = clock.now() - phone.code_sent_at <= CODE_GOOD
    if not in_time or not hmac.compare_digest(phone.code_hash, _hashed("".join(code.split()), person)):
        return False
    phone.confirmed_at, phone.code_hash = clock.now(), None
    announce(PhoneConfirmed(actor=actor, subject=person))
    return True


def remove_number(person: Person, *, actor: Person) -> None:
    """Forget the number, and what was to go there; raises WrongStage if there is none."""
    require(can_choose_channels, actor, person)
    hold(person)
    phone = phone_of(person)
    if phone is None:
        raise WrongStage("no number")
    db.session.delete(phone)
    db.session.execute(delete(ChannelChoice).where(ChannelChoice.person_id == person.id))
    announce(PhoneRemoved(actor=actor, subject=person))


def choose_channels(person: Person, wanted: Collection[tuple[str, Channel]], *, actor: Person) -> None:
    """Want exactly these news on these ways."""
    require(can_choose_channels, actor, person)
    hold(person)
    known = chosen_by(person)
    wanted = {(news, channel) for news, channel in wanted if news in NEWS}
    if wanted == known:
        return
    db.session.execute(delete(ChannelChoice).where(ChannelChoice.person_id == person.id))
    for news, channel in sorted(wanted):
        db.session.add(ChannelChoice(person_id=person.id, news=news, channel=channel))
    facts = {"chosen": [f"{news}: {channel}" for news, channel in sorted(wanted)]}
    announce(ChannelsChosen(actor=actor, subject=person, facts=facts))


@beside_letters
def announce_letter(letter: Letter) -> None:
    """The letter's subject and address, on the ways that its reader chose for such news."""
    person = letter.to_person
    if person is None or letter.kind in SECRET_KINDS:
        return
    channels = channels_for(person, letter.kind)
    phone = phone_of(person) if channels else None
    if phone is None or phone.confirmed_at is None:
        return
    link = absolute("choosing.letter", letter.language, reference=letter.reference)
    for channel in channels:
        with force_locale(letter.language):
            text = f"{current_app.config['SITE_NAME']}: {letter.subject}"[: _MOST - len(link) - 1]
        _write(channel, phone, text=f"{text} {link}", letter=letter)


@job("send_message")
def send_message(message_id: int) -> None:
    """Hand it to the way's adapter."""
    message = db.session.get_one(ShortMessage, message_id)
    if message.sent_at is None:
        adapter_of(message.channel).send(message)
        message.sent_at = clock.now()


def _write(channel: Channel, phone: Phone, *, text: str, letter: Letter | None = None) -> None:
    message = ShortMessage(channel=channel, person_id=phone.person_id, number=phone.number, text=text[:_MOST])
    message.letter_id, message.written_at = letter.id if letter else None, clock.now()
    db.session.add(message)
    db.session.flush()
    enqueue("send_message", key=message.reference, message_id=message.id)


def _hashed(code: str, person: Person) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.digest(key, f"phone\0{person.id}\0{code}".encode(), "sha256").hex()
