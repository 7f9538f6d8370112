"""What operator and agency say to each other before publication."""

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.models.challenge import Challenge
from marketplace.db import At, Base, BigInt, Id


class Waiver(Base):
    """The operator lets a statement pass without something that the quality gate asks for, and says why."""

    __tablename__ = "waiver"
    __table_args__ = (UniqueConstraint("challenge_id", "gap"),)

    id: Mapped[Id]
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    gap: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    waived_at: Mapped[At]

    challenge: Mapped[Challenge] = relationship(back_populates="waivers")
    person: Mapped[Person] = relationship()


class ReviewMessage(Base):
    """A message between the authors and the operator; nobody else reads it."""

    __tablename__ = "review_message"

    id: Mapped[Id]
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    body: Mapped[str] = mapped_column(Text)
    written_at: Mapped[At]

    challenge: Mapped[Challenge] = relationship(back_populates="review_messages")
    person: Mapped[Person] = relationship()
