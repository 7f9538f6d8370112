"""Second factors and recovery codes; secrets are kept sealed or hashed, never as they are."""

import base64
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from flask import current_app
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.db import At, Base, BigInt, Id


class SecondFactor(Base):
    """The authenticator app of a person; until `confirmed_at` it is only being set up and asks for nothing."""

    __tablename__ = "second_factor"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"), unique=True)
    sealed: Mapped[str] = mapped_column(String(200), info={"secret": True})
    # the step of the last code that was taken: none is taken twice
    last_step: Mapped[int] = mapped_column(BigInt, default=0, info={"secret": True})
    begun_at: Mapped[At]
    confirmed_at: Mapped[At | None]

    person: Mapped[Person] = relationship()

    @property
    def secret(self) -> bytes:
        raw = base64.b64decode(self.sealed)
        return _cipher().decrypt(raw[:12], raw[12:], str(self.person_id).encode())

    @secret.setter
    def secret(self, value: bytes) -> None:
        nonce = secrets.token_bytes(12)
        sealed = _cipher().encrypt(nonce, value, str(self.person_id).encode())
        self.sealed = base64.b64encode(nonce + sealed).decode()


class RecoveryCode(Base):
    """A code that stands in for the app once."""

    __tablename__ = "recovery_code"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigInt, ForeignKey("person.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True, info={"secret": True})
    made_at: Mapped[At]
    used_at: Mapped[At | None]


def _cipher() -> ChaCha20Poly1305:
    return ChaCha20Poly1305(hmac.digest(current_app.config["MASTER_KEY_BYTES"], b"second factor", "sha256"))


def hash_of_code(code: str, person_id: int) -> str:
    """With a key, since fifty random bits could be tried out by whoever has a copy of the database alone."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.digest(key, f"recovery\0{person_id}\0{code}".encode(), "sha256").hex()
