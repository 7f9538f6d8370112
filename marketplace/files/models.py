"""Rows of stored files, and the keys under which those of a challenge lie."""

import enum
from pathlib import Path

from flask import current_app
from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, LargeBinary, Select, String, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from marketplace.db import At, Base, BigInt, Id, choice, reference_column


class Scan(enum.StrEnum):
    """What is known of malware in a file."""

    UNSCANNED = "unscanned"
    WAITING = "waiting"
    CLEAN = "clean"
    REFUSED = "refused"


class FileKey(Base):
    """The key of one challenge's files, wrapped by the site's master key; without the row nothing can be read."""

    __tablename__ = "file_key"

    id: Mapped[Id]
    # the reference of the challenge
    scope: Mapped[str] = mapped_column(String(20), unique=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary, info={"secret": True})
    made_at: Mapped[At]


class StoredFile(Base):
    """One upload: its shown name and the hash of its content; its bytes lie in the store under their own hash."""

    __tablename__ = "stored_file"
    __table_args__ = (CheckConstraint("size > 0", name="size_positive"),)

    id: Mapped[Id]
    reference: Mapped[str] = reference_column("TL")
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    uploaded_by_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("person.id"))
    uploaded_at: Mapped[At]
    # encrypted: with which key, and the hash of what lies on the disk
    key_id: Mapped[int | None] = mapped_column(BigInt, ForeignKey("file_key.id"))
    blob_sha256: Mapped[str | None] = mapped_column(String(64))
    scan: Mapped[Scan] = mapped_column(choice(Scan), default=Scan.UNSCANNED, server_default=Scan.UNSCANNED.value)
    scanned_at: Mapped[At | None]
    # what the scanner called it
    finding: Mapped[str | None] = mapped_column(String(200))
    # words for what it holds that a reader should know: javascript, launch, embedded, encrypted
    remarks: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")

    # [what it is, name] of people and bodies that the file tells beside its content
    names: Mapped[list[list[str]]] = mapped_column(JSON, default=list, server_default="[]", info={"secret": True})

    key: Mapped[FileKey | None] = relationship()

    @classmethod
    def with_key(cls) -> Select["StoredFile"]:
        """Stored files beside their keys, so that their content can be read without asking again."""
        return select(cls).options(joinedload(cls.key))

    @property
    def path(self) -> Path:
        return path_of(self.blob_sha256 or self.sha256)


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    folder = Path(current_app.config["FILES_FOLDER"])
    return folder / sha256[:2] / sha256
