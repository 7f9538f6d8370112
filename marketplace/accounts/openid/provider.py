"""The way to the identity provider and what it says on the way back (OpenID Connect Core 1.0, code flow with PKCE)."""

from dataclasses import dataclass
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from flask import current_app
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from marketplace import clock
from marketplace.db import token
from marketplace.pages import absolute
from marketplace.text import clean_line

TIMEOUT_SECONDS = 5
# Clocks of two machines may differ by so much.
LEEWAY_SECONDS = 60
# Signatures of the provider alone: none that a shared secret or nobody could have made.
_SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
_WRONG = (JoseError, AuthlibBaseError, requests.RequestException, KeyError, TypeError, ValueError)


class ProviderFailed(Exception):
    """The provider did not answer, or said what cannot be believed."""


@dataclass(frozen=True)
class Shown:
    """What the provider says of somebody; `assurance` is its word for how sure it is (acr)."""

    issuer: str
    subject: str
    email: str
    email_is_verified: bool
    full_name: str
    assurance: str | None


def is_used() -> bool:
    """Whether the settings name a provider."""
    return bool(current_app.config["OIDC_ISSUER"])


def label() -> str:
    """The provider's name on buttons."""
    return str(current_app.config["OIDC_LABEL"])


def way_there(*, anew: bool = False) -> tuple[str, dict[str, str]]:
    """Where to go, and the secrets that the way back must fit; `anew`: whoever is signed in there does so again.

    Raises ProviderFailed.
    """
    more = {"prompt": "login"} if anew else {}
    asked = {"state": token(), "nonce": token(), "verifier": token()}
    try:
        address, _state = _client().create_authorization_url(
            _metadata()["authorization_endpoint"],
            state=asked["state"],
            nonce=asked["nonce"],
            code_verifier=asked["verifier"],
            **more,
        )
    except _WRONG as fault:
        raise ProviderFailed(str(fault)) from fault
    return address, asked


def who_came_back(code: str, *, nonce: str, verifier: str) -> Shown:
    """Whom the provider's signed answer names; raises ProviderFailed. For routes, while no transaction is open."""
    try:
        metadata = _metadata()
        answered = _client().fetch_token(metadata["token_endpoint"], code=code, code_verifier=verifier)
        claims = _checked(answered, _keys(metadata), nonce)
    except _WRONG as fault:
        raise ProviderFailed(str(fault)) from fault
    return Shown(
        issuer=claims["iss"],
        subject=str(claims["sub"])[:255],
        email=str(claims.get("email") or "").strip().lower()[:255],
        email_is_verified=claims.get("email_verified") is True,
        full_name=clean_line(str(claims.get("name") or ""))[:200],
        assurance=str(claims["acr"])[:200] if claims.get("acr") else None,
    )


def is_two_steps(assurance: str | None) -> bool:
    """Whether the settings take this assurance for password and second step together."""
    strong = [name.strip() for name in current_app.config["OIDC_TWO_STEPS"].split(",") if name.strip()]
    return assurance in strong


def _checked(answered: dict[str, Any], keys: KeySet, nonce: str) -> CodeIDToken:
    """The claims of the signed answer, if they are for us, for this question, and fresh."""
    signed = jwt.decode(answered["id_token"], keys, algorithms=_SIGNATURES)
    wanted = {
        "iss": {"essential": True, "value": current_app.config["OIDC_ISSUER"]},
        "aud": {"essential": True, "value": current_app.config["OIDC_CLIENT_ID"]},
    }
    about = {
        "nonce": nonce,
        "client_id": current_app.config["OIDC_CLIENT_ID"],
        "access_token": answered.get("access_token"),
    }
    claims = CodeIDToken(signed.claims, signed.header, wanted, about)
    claims.validate(now=int(clock.now().timestamp()), leeway=LEEWAY_SECONDS)
    return claims


def _client() -> OAuth2Session:
    return OAuth2Session(
        current_app.config["OIDC_CLIENT_ID"],
        current_app.config["OIDC_CLIENT_SECRET"] or None,
        token_endpoint_auth_method="client_secret_basic" if current_app.config["OIDC_CLIENT_SECRET"] else "none",
        scope="openid email profile",
        redirect_uri=absolute("openid.back", "vi"),
        code_challenge_method="S256",
        default_timeout=TIMEOUT_SECONDS,
    )


def _metadata() -> dict[str, Any]:
    """What the provider says of itself; asked once by each process."""
    issuer = current_app.config["OIDC_ISSUER"]
    known: dict[str, Any] = current_app.extensions.setdefault("openid_metadata", {})
    if issuer not in known:
        found = _fetched(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if found["issuer"] != issuer:
            raise ValueError("the provider calls itself otherwise")
        known[issuer] = found
    return dict(known[issuer])


def _keys(metadata: dict[str, Any]) -> KeySet:
    """Fetched at each sign-in, so that a key which the provider withdrew is worth nothing at once."""
    return KeySet.import_key_set(_fetched(metadata["jwks_uri"]))


def _fetched(address: str) -> Any:
    answer = requests.get(address, timeout=TIMEOUT_SECONDS, allow_redirects=False)
    answer.raise_for_status()
    return answer.json()
