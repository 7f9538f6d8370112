"""Letters of agencies to many."""

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import At, Base, BigInt, Id, choice, reference_column
from marketplace.notifications.broadcasting.stages import Audience


class Broadcast(Base):
    """One letter to many; until `sent_at` only its author's preview. `letter_count` is known once it is delivered."""

    __tablename__ = "broadcast"
    __table_args__ = (CheckConstraint("delivered_at is null or sent_at is not null", name="sent_first"),)

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("TN")
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    author_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    audience: Mapped[Audience] = mapped_column(choice(Audience))
    subject_vi: Mapped[str] = mapped_column(String(200))
    subject_en: Mapped[str | None] = mapped_column(String(200))
    body_vi: Mapped[str] = mapped_column(Text)
    body_en: Mapped[str | None] = mapped_column(Text)
    written_at: Mapped[At]
    sent_at: Mapped[At | None]
    delivered_at: Mapped[At | None]
    letter_count: Mapped[int | None] = mapped_column(info={"secret": True})

    challenge: Mapped[Challenge] = relationship()
    author: Mapped[Person] = relationship()

    def __str__(self) -> str:
        return self.subject_vi
