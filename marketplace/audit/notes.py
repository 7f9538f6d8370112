"""Signed notes as transparency logs write them (C2SP signed-note and tlog-checkpoint), by Ed25519. Pure."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"
_MARK = "\u2014 "


class BadNote(ValueError):
    """A note is not of this form, or its signature is not by this key."""


@dataclass(frozen=True)
class Signer:
    """A name (no spaces, no plus) and an Ed25519 key, given as its seed of 32 bytes."""

    name: str
    seed: bytes

    @property
    def public(self) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()

    @property
    def verifier_key(self) -> str:
        """What others check with: "name+0123abcd+base64", the form that log tools read."""
        number = _key_number(self.name, self.public).hex()
        return f"{self.name}+{number}+{b64encode(_ED25519 + self.public).decode()}"

    def sign(self, text: str) -> str:
        """The note: `text` (ends with a line end), an empty line, the line of the signature."""
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        stamp = b64encode(_key_number(self.name, self.public) + signature).decode()
        return f"{text}\n{_MARK}{self.name} {stamp}\n"


def signed_text(note: str, verifier_key: str) -> str:
    """The text of a note that this key signed. Raises BadNote."""
    name, _number, key = [*verifier_key.split("+", 2), "", ""][:3]
    text, parting, signatures = note.rpartition("\n\n")
    wanted = f"{_MARK}{name} "
    stamps = [line.removeprefix(wanted) for line in signatures.splitlines() if line.startswith(wanted)]
    if not parting or not stamps:
        raise BadNote("it has no signature of this name")
    text += "\n"
    try:
        public, stamp = b64decode(key, validate=True)[1:], b64decode(stamps[0], validate=True)
        if stamp[:4] != _key_number(name, public):
            raise BadNote("it was signed with another key")
        Ed25519PublicKey.from_public_bytes(public).verify(stamp[4:], text.encode())
    except (InvalidSignature, NotBase64, ValueError) as error:
        raise BadNote("the signature is wrong") from error
    return text


def _key_number(name: str, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def checkpoint_text(origin: str, *, size: int, root: bytes, more: tuple[str, ...] = ()) -> str:
    """The text of a checkpoint: origin, number of leaves, root in base64, then lines of our own."""
    return "\n".join([origin, str(size), b64encode(root).decode(), *more]) + "\n"


def head_of(text: str) -> tuple[int, bytes]:
    """Size and root that a checkpoint's text tells. Raises BadNote."""
    try:
        _origin, size, root = text.split("\n")[:3]
        return int(size), b64decode(root, validate=True)
    except (ValueError, NotBase64) as error:
        raise BadNote("it is no checkpoint") from error
