"""Files encrypted as streams: ChaCha20-Poly1305 in pieces of 64 KiB, a key of its own for every file. Pure.

After the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár (2015): the nonce counts the pieces and marks
the last, so that none can be swapped, dropped or cut off unnoticed. A file is "BNS1", 16 bytes of salt, the pieces.
"""

import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PIECE = 1 << 16
_TAG = 16
_MARK = b"BNS1"
_SALT = 16


class Damaged(ValueError):
    """Bytes were not sealed with this key, or were changed, swapped or cut off since."""


def sealed(chunks: Iterable[bytes], key: bytes) -> Iterator[bytes]:
    """The sealed file for a stream of bytes of any length, under a key of 32 bytes."""
    salt = os.urandom(_SALT)
    yield _MARK + salt
    cipher, number, held = _cipher(key, salt), 0, b""
    for chunk in chunks:
        held += chunk
        while len(held) > PIECE:
            yield cipher.encrypt(_nonce(number), held[:PIECE], None)
            number, held = number + 1, held[PIECE:]
    yield cipher.encrypt(_nonce(number, last=True), held, None)


def unsealed(stream: BinaryIO, key: bytes) -> Iterator[bytes]:
    """The bytes that were sealed, piece by piece. Raises Damaged at the first piece that does not fit."""
    head = stream.read(len(_MARK) + _SALT)
    if head[: len(_MARK)] != _MARK or len(head) != len(_MARK) + _SALT:
        raise Damaged("it does not begin as a sealed file")
    cipher, number = _cipher(key, head[len(_MARK) :]), 0
    piece = stream.read(PIECE + _TAG)
    while True:
        following = stream.read(PIECE + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), piece, None)
        except InvalidTag as error:
            raise Damaged(f"piece {number} is not what was sealed") from error
        if not following:
            return
        number, piece = number + 1, following


def _cipher(key: bytes, salt: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"file").derive(key))


def _nonce(number: int, *, last: bool = False) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
