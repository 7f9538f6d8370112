"""What people said of a translated text: that it is right, or that a machine made it."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.models.challenge import Challenge
from marketplace.challenges.stages import TranslationWord
from marketplace.db import At, Base, BigInt, Id, choice


class Translation(Base):
    """The last word on one bilingual field, with the hash of the original text that it was said of."""

    __tablename__ = "translation"
    __table_args__ = (UniqueConstraint("challenge_id", "name"),)

    id: Mapped[Id]
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    word: Mapped[TranslationWord] = mapped_column(choice(TranslationWord))
    source_hash: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    said_at: Mapped[At]

    challenge: Mapped[Challenge] = relationship(back_populates="translations")
    person: Mapped[Person] = relationship()
