"""An identity provider on this machine: it signs what it is told to say, with a real key, to whoever has the code."""

import base64
import hashlib
import time
from contextlib import contextmanager
from functools import cache
from secrets import token_urlsafe
from urllib.parse import parse_qs, urlsplit

from flask import Flask, request
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.browsing import served

CLIENT, SECRET = "ba-nha", "bi-mat-cua-ba-nha"


@cache
def key():
    return RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"})


class Provider:
    """Codes that wait to be exchanged, each with the question it answers and the claims it stands for."""

    def __init__(self):
        self.app, self.waiting, self.issuer = Flask("provider"), {}, ""
        self.signing, self.changed = key(), {}
        self.app.add_url_rule("/.well-known/openid-configuration", "discovery", self._discovery)
        self.app.add_url_rule("/keys", "keys", lambda: {"keys": [key().as_dict(private=False)]})
        self.app.add_url_rule("/token", "token", self._token, methods=["POST"])

    def agrees(self, address, **claims):
        """Somebody signed in at the page `address`: where the provider sends them."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["code_challenge_method"] == "S256"
        code = token_urlsafe(16)
        self.waiting[code] = (asked, claims)
        return f"{urlsplit(asked['redirect_uri']).path}?code={code}&state={asked['state']}"

    def _discovery(self):
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return {"issuer": self.issuer, **{name: f"{self.issuer}/{path}" for name, path in places.items()}}

    def _token(self):
        asked, claims = self.waiting.pop(request.form["code"])
        digest = hashlib.sha256(request.form["code_verifier"].encode()).digest()
        fits = base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]
        known = request.authorization and (request.authorization.username, request.authorization.password)
        if not fits or known != (CLIENT, SECRET) or request.form["redirect_uri"] != asked["redirect_uri"]:
            return {"error": "invalid_grant"}, 400
        now = int(time.time())
        told = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "nguoi-1",
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
        }
        signed = jwt.encode({"alg": "RS256", "kid": "1"}, told | claims, self.signing)
        return {"access_token": "x", "token_type": "Bearer", "id_token": signed}


@contextmanager
def provided(app):
    """The site with a provider in its settings."""
    provider = Provider()
    with served(provider.app) as provider.issuer:
        ours = {"OIDC_ISSUER": provider.issuer, "OIDC_CLIENT_ID": CLIENT, "OIDC_CLIENT_SECRET": SECRET}
        before = {name: app.config[name] for name in (*ours, "OIDC_LABEL", "OIDC_TWO_STEPS")}
        app.config.update(ours, OIDC_LABEL="HanoiID", OIDC_TWO_STEPS="loa3")
        try:
            yield provider
        finally:
            app.config.update(before)
