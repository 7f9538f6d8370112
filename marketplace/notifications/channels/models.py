"""Numbers that people confirmed, what they want on which way, and the messages."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id, choice, reference_column
from marketplace.notifications.channels.stages import Channel
from marketplace.notifications.models import Letter


class Phone(Base):
    """Somebody's number in its normal form (+84...); nothing but the code goes there before it is confirmed."""

    __tablename__ = "phone"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"), unique=True)
    number: Mapped[str] = mapped_column(String(20), info={"secret": True})
    code_hash: Mapped[str | None] = mapped_column(String(64), info={"secret": True})
    code_sent_at: Mapped[At]
    confirmed_at: Mapped[At | None]


class ChannelChoice(Base):
    """Somebody wants messages of this kind on this way."""

    __tablename__ = "channel_choice"
    __table_args__ = (UniqueConstraint("person_id", "news", "channel"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    news: Mapped[str] = mapped_column(String(30))
    channel: Mapped[Channel] = mapped_column(choice(Channel))


class ShortMessage(Base):
    """One message; of a letter it says the subject and where to read it, and is as sealed as the letter."""

    __tablename__ = "short_message"

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("TM")
    channel: Mapped[Channel] = mapped_column(choice(Channel))
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"), index=True)
    # none: the code that confirms the number
    letter_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("letter.id"))
    number: Mapped[str] = mapped_column(String(20), info={"secret": True})
    text: Mapped[str] = mapped_column(String(500), info={"secret": True})
    written_at: Mapped[At]
    sent_at: Mapped[At | None]

    person: Mapped[Person] = relationship()
    letter: Mapped[Letter | None] = relationship()
