"""Time-based one-time passwords (RFC 6238): SHA-1, 30 seconds, six digits, as every app knows them. Pure."""

import base64
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
# A code is good for one step before and after its own, for clocks that differ and people who type slowly.
DRIFT = 1


def new_secret() -> bytes:
    """160 random bits, as RFC 4226 advises."""
    return secrets.token_bytes(20)


def code_of(secret: bytes, step: int) -> str:
    """The six digits of one step (RFC 4226, 5.3)."""
    digest = hmac.digest(secret, step.to_bytes(8), "sha1")
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF) % 1_000_000:06}"


def step_at(moment: datetime) -> int:
    """The number of the step that holds this moment."""
    return int(moment.timestamp()) // STEP_SECONDS


def step_of(code: str, secret: bytes, *, at: datetime, after: int) -> int | None:
    """The step whose code this is; None if it is none near `at`, or none after the last one used."""
    now = step_at(at)
    for step in range(max(now - DRIFT, after + 1), now + DRIFT + 1):
        if hmac.compare_digest(code_of(secret, step).encode(), code.encode()):
            return step
    return None


def shown(secret: bytes) -> str:
    """The secret as people type it into an app."""
    return base64.b32encode(secret).decode().rstrip("=")


def address_for_app(secret: bytes, *, site: str, account: str) -> str:
    """What the picture says that an app reads."""
    asked = urlencode({"secret": shown(secret), "issuer": site}, quote_via=quote)
    return f"otpauth://totp/{quote(site)}:{quote(account)}?{asked}"
