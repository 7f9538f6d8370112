"""Letters: what was written to whom, and when it left."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import At, Base, BigInt, Id, choice, reference_column
from marketplace.notifications.topics import How, Topic


class Letter(Base):
    """One letter to one address, in the reader's language; written in the deed's transaction, sent by the worker."""

    __tablename__ = "letter"
    __table_args__ = (CheckConstraint("language in ('vi', 'en')", name="language_known"),)

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("TH")
    kind: Mapped[str] = mapped_column(String(60), index=True)
    to_email: Mapped[str] = mapped_column(String(255))
    to_person_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"), index=True)
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    # an entry for the reader's calendar, attached
    calendar: Mapped[str | None] = mapped_column(Text)
    written_at: Mapped[At]
    sent_at: Mapped[At | None]
    # the address that mail programs press to end letters of this kind (RFC 8058)
    one_click: Mapped[str | None] = mapped_column(String(500))
    # until then it does not exist for operators: it would tell who answers a challenge that is still open
    sealed_until: Mapped[At | None]
    # the reference of the challenge whose seal, when it is prolonged, prolongs this one
    sealed_by: Mapped[str | None] = mapped_column(String(20))

    # as its reader chose when it was written
    how: Mapped[How] = mapped_column(choice(How), default=How.AT_ONCE, server_default=How.AT_ONCE.value)

    to_person: Mapped[Person | None] = relationship()


class LetterChoice(Base):
    """How letters of a topic reach somebody, where it is not at once."""

    __tablename__ = "letter_choice"
    __table_args__ = (UniqueConstraint("person_id", "topic"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    topic: Mapped[Topic] = mapped_column(choice(Topic))
    how: Mapped[How] = mapped_column(choice(How))


class EmailFollower(Base):
    """An address without an account to which letters about a challenge go, once its owner said yes."""

    __tablename__ = "email_follower"
    __table_args__ = (
        Index(
            "uq_email_follower_open",
            "challenge_id",
            "email",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("TD")
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"))
    email: Mapped[str] = mapped_column(String(255))
    language: Mapped[str] = mapped_column(String(2))
    asked_at: Mapped[At]
    confirmed_at: Mapped[At | None]
    ended_at: Mapped[At | None]

    challenge: Mapped[Challenge] = relationship()
