"""The keys of challenges: made at random, kept wrapped by the site's master key."""

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from marketplace import clock
from marketplace.db import db
from marketplace.files.models import FileKey
from marketplace.files.sealing import Damaged

_NONCE = 12


@dataclass(frozen=True)
class SecretKey:
    """A key in the open, for as long as it is used: its row and its 32 bytes."""

    id: int
    secret: bytes


def key_for(scope: str) -> SecretKey:
    """The key of this challenge's files, made if there is none. Two at once: the row is unique, the first counts."""
    found = _find(scope)
    if found is None:
        try:
            with db.session.begin_nested():
                db.session.add(FileKey(scope=scope, wrapped=_wrap(os.urandom(32), scope), made_at=clock.now()))
        except IntegrityError:
            pass
        found = _find(scope)
    if found is None:
        raise LookupError(scope)
    return SecretKey(found.id, unwrapped(found))


def _find(scope: str) -> FileKey | None:
    return db.session.scalar(select(FileKey).where(FileKey.scope == scope))


def unwrapped(key: FileKey) -> bytes:
    """The key's 32 bytes. Raises Damaged where the master key is another one than that which wrapped it."""
    try:
        return AESGCM(_master()).decrypt(key.wrapped[:_NONCE], key.wrapped[_NONCE:], key.scope.encode())
    except InvalidTag as error:
        raise Damaged(f"the key of {key.scope} was wrapped by another master key") from error


def _wrap(secret: bytes, scope: str) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_master()).encrypt(nonce, secret, scope.encode())


def _master() -> bytes:
    return current_app.config["MASTER_KEY_BYTES"]
