"""Questions about numbers, choices and messages."""

from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from marketplace.accounts.models import Person
from marketplace.db import db
from marketplace.notifications.channels.models import ChannelChoice, Phone, ShortMessage
from marketplace.notifications.channels.stages import DUTIES, Channel
from marketplace.notifications.models import Letter
from marketplace.notifications.topics import TOPIC_OF


def phone_of(person: Person) -> Phone | None:
    """Somebody's number, confirmed or not."""
    return db.session.scalar(select(Phone).where(Phone.person_id == person.id))


def chosen_by(person: Person) -> set[tuple[str, Channel]]:
    """Which news somebody wants on which ways."""
    rows = db.session.scalars(select(ChannelChoice).where(ChannelChoice.person_id == person.id))
    return {(row.news, row.channel) for row in rows}


def channels_for(person: Person, kind: str) -> list[Channel]:
    """The ways on which a letter of this kind is announced to somebody."""
    topic = TOPIC_OF.get(kind)
    news = topic.value if topic else DUTIES
    wanted = chosen_by(person)
    return [channel for channel in Channel if (news, channel) in wanted]


def messages(*, at: datetime) -> Select[ShortMessage]:
    """All messages that are not sealed with their letters, the newest first; for operators."""
    found = select(ShortMessage).outerjoin(Letter, Letter.id == ShortMessage.letter_id)
    unsealed = or_(ShortMessage.letter_id.is_(None), Letter.sealed_until.is_(None), Letter.sealed_until <= at)
    return found.where(unsealed).options(joinedload(ShortMessage.person)).order_by(ShortMessage.id.desc())
