"""What a browser is asked about passkeys, and whether its answer is right (W3C Web Authentication, level 2, section 7).

The challenge carries its own proof: it is good for one browser, one purpose, a few minutes, and once.
"""

import hmac
import json
import secrets
import struct
from collections.abc import Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request, session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from marketplace import clock, hosts, limits
from marketplace.accounts.models import Person
from marketplace.accounts.passkeys.models import Passkey
from marketplace.db import token
from marketplace.errors import TooManyTries

GOOD_SECONDS = 10 * 60
_VERIFIED = UserVerificationRequirement.REQUIRED
# What the library raises for bytes that are none of its shapes.
_MALFORMED = (WebAuthnException, KeyError, TypeError, ValueError)
# An answer is a few hundred bytes; attestations of some devices come to a few thousand.
_LONGEST = 20_000


class WrongAnswer(ValueError):
    """What the browser sent is no answer to what it was asked."""


def possible() -> bool:
    """Whether the reader is at a name of this site: browsers bind passkeys to names, never to bare addresses."""
    try:
        ip_address(_site_name())
    except ValueError:
        return True
    return False


def place_with_name() -> str | None:
    """Where this same page is reached by a name, for a reader at the number of a loopback address; else None."""
    origin = hosts.named_origin(current_app.config["BASE_URL"])
    return f"{origin}{request.script_root}{request.full_path.rstrip('?')}" if origin else None


def question_to_add(person: Person, known: Sequence[Passkey]) -> str:
    """What the browser is asked so that it makes a passkey for this person, in JSON."""
    options = generate_registration_options(
        rp_id=_site_name(),
        rp_name=current_app.config["SITE_NAME"],
        user_id=person.reference.encode(),
        user_name=person.email,
        user_display_name=person.full_name,
        challenge=_challenge("add"),
        timeout=1000 * GOOD_SECONDS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_VERIFIED
        ),
        exclude_credentials=_named(known),
    )
    return options_to_json(options)


def question_to_enter(purpose: str, known: Sequence[Passkey] = ()) -> str:
    """What the browser is asked so that it opens a passkey: one of `known`, else any that it has for this site."""
    options = generate_authentication_options(
        rp_id=_site_name(),
        challenge=_challenge(purpose),
        timeout=1000 * GOOD_SECONDS,
        user_verification=_VERIFIED,
        allow_credentials=_named(known),
    )
    return options_to_json(options)


def new_passkey(answer: str) -> VerifiedRegistration:
    """The passkey that was made; raises WrongAnswer. For routes, before the request wrote anything."""
    asked = _spent(answer, "add")
    try:
        return verify_registration_response(
            credential=answer,
            expected_challenge=asked,
            expected_rp_id=_site_name(),
            expected_origin=_origin(),
            require_user_verification=True,
        )
    except _MALFORMED as wrong:
        raise WrongAnswer(str(wrong)) from wrong


def name_in(answer: str) -> tuple[str, str | None]:
    """What the device calls the passkey that answered, and whose it says it is; raises WrongAnswer."""
    told = _read(answer)
    handle = told["response"].get("userHandle")
    try:
        return str(told.get("id")), base64url_to_bytes(handle).decode() if handle else None
    except (AttributeError, TypeError, ValueError) as wrong:
        raise WrongAnswer("user handle") from wrong


def opened(answer: str, passkey: Passkey, purpose: str) -> VerifiedAuthentication:
    """That this passkey gave the answer; raises WrongAnswer. For routes, before the request wrote anything."""
    public_key, sign_count = passkey.public_key, passkey.sign_count
    asked = _spent(answer, purpose)
    try:
        return verify_authentication_response(
            credential=answer,
            expected_challenge=asked,
            expected_rp_id=_site_name(),
            expected_origin=_origin(),
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except _MALFORMED as wrong:
        raise WrongAnswer(str(wrong)) from wrong


def _challenge(purpose: str) -> bytes:
    fresh = struct.pack(">16sQ", secrets.token_bytes(16), int(clock.now().timestamp()))
    return fresh + _proof(fresh, purpose)


def _proof(fresh: bytes, purpose: str) -> bytes:
    """Only this site, for this browser and purpose, could have written it."""
    browser = session.setdefault("asked_here", token())
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.digest(key, b"\0".join((b"passkey", purpose.encode(), browser.encode(), fresh)), "sha256")


def _spent(answer: str, purpose: str) -> bytes:
    """The challenge that was answered; it is worth nothing afterwards, in whichever process it comes again."""
    try:
        asked = base64url_to_bytes(
            json.loads(base64url_to_bytes(_read(answer)["response"]["clientDataJSON"]))["challenge"]
        )
        _noise, at = struct.unpack(">16sQ", asked[:24])
    except (AttributeError, KeyError, TypeError, ValueError, struct.error) as wrong:
        raise WrongAnswer("no challenge") from wrong
    if not hmac.compare_digest(asked[24:], _proof(asked[:24], purpose)):
        raise WrongAnswer("not asked here")
    if not 0 <= clock.now().timestamp() - at <= GOOD_SECONDS:
        raise WrongAnswer("asked too long ago")
    try:
        limits.spend({"passkey.challenge": bytes_to_base64url(asked)}, for_good=True)
    except TooManyTries as again:
        raise WrongAnswer("answered already") from again
    return asked


def _read(answer: str) -> dict[str, Any]:
    try:
        told = json.loads(answer[:_LONGEST])
    except (ValueError, RecursionError) as wrong:
        raise WrongAnswer("no JSON") from wrong
    if not isinstance(told, dict) or not isinstance(told.get("response"), dict):
        raise WrongAnswer("no answer")
    return told


def _named(passkeys: Sequence[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(each.credential)) for each in passkeys]


def _site_name() -> str:
    return urlsplit(_origin()).hostname or ""


def _origin() -> str:
    """From the settings; only on a loopback address does the request say which of its names the browser used."""
    return hosts.origin_at(current_app.config["BASE_URL"], request.host)
