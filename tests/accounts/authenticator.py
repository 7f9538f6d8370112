"""A device with a passkey, in software: what a phone would answer, and what a forger would."""

import hashlib
import json
import secrets
import struct

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIED, HOLDS_KEY = 0x01, 0x04, 0x40


class Authenticator:
    """One P-256 passkey; counts up at each use."""

    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = bytes_to_base64url(secrets.token_bytes(32))
        self.owner, self.count = b"", 0

    def make(self, question, **wrong):
        """The answer to a question that asks for a passkey."""
        asked = json.loads(question)
        self.owner = base64url_to_bytes(asked["user"]["id"])
        credential = base64url_to_bytes(self.name)
        held = bytes(16) + struct.pack(">H", len(credential)) + credential + self._public_key()
        data = self._data(asked["rp"]["id"], HOLDS_KEY, **wrong) + held
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        told = _told("webauthn.create", asked, **wrong)
        return self._answer(clientDataJSON=told, attestationObject=attested)

    def open(self, question, *, owner=None, **wrong):
        """The answer to a question that asks who is there."""
        asked = json.loads(question)
        self.count += 1
        data, told = self._data(asked["rpId"], 0, **wrong), _told("webauthn.get", asked, **wrong)
        signed = self.key.sign(data + hashlib.sha256(told).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            clientDataJSON=told, authenticatorData=data, signature=signed, userHandle=owner or self.owner
        )

    def _data(self, rp_id, more, *, verified=True, rp=None, count=None, **_):
        flags = PRESENT | more | (VERIFIED if verified else 0)
        counted = self.count if count is None else count
        return hashlib.sha256((rp or rp_id).encode()).digest() + struct.pack(">BI", flags, counted)

    def _public_key(self):
        point = self.key.public_key().public_numbers()
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)})

    def _answer(self, **response):
        response = {name: bytes_to_base64url(value) for name, value in response.items()}
        whole = {"id": self.name, "rawId": self.name, "type": "public-key", "response": response}
        return json.dumps({**whole, "clientExtensionResults": {}})


def _told(kind, asked, *, origin="http://localhost", challenge=None, **_):
    told = {"type": kind, "challenge": challenge or asked["challenge"], "origin": origin, "crossOrigin": False}
    return json.dumps(told).encode()
