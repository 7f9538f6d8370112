"""Undertakings by version, files, and who accepted which version for whom."""

from sqlalchemy import Boolean, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import At, Base, BigInt, Id
from marketplace.files import StoredFile
from marketplace.organisations.models import Organisation


class RoomText(Base):
    """A version of the undertaking, never changed: whoever accepted it accepted exactly these words."""

    __tablename__ = "room_text"
    __table_args__ = (UniqueConstraint("challenge_id", "number"),)

    id: Mapped[Id]
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"))
    number: Mapped[int]
    text_vi: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    written_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    written_at: Mapped[At]

    challenge: Mapped[Challenge] = relationship()
    written_by: Mapped[Person] = relationship()


class RoomFile(Base):
    """A file of the challenge; a confidential one opens for those who accepted the undertaking as it stands."""

    __tablename__ = "room_file"

    id: Mapped[Id]
    challenge_id: Mapped[int] = mapped_column(BigInt, ForeignKey("challenge.id"), index=True)
    file_id: Mapped[int] = mapped_column(BigInt, ForeignKey("stored_file.id"))
    is_confidential: Mapped[bool] = mapped_column(Boolean)
    added_by_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"))
    added_at: Mapped[At]
    removed_at: Mapped[At | None]

    challenge: Mapped[Challenge] = relationship()
    file: Mapped[StoredFile] = relationship(lazy="joined")


class RoomAcceptance(Base):
    """Somebody accepted a version of the undertaking: for an organisation, or for themselves."""

    __tablename__ = "room_acceptance"
    __table_args__ = (UniqueConstraint("text_id", "person_id"),)

    id: Mapped[Id]
    text_id: Mapped[int] = mapped_column(BigInt, ForeignKey("room_text.id"))
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("organisation.id"))
    accepted_at: Mapped[At]

    text: Mapped[RoomText] = relationship()
    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
