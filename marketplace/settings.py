"""Every setting: one line, one reader, one comment. docs/settings.md is written from this file."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from marketplace.hosts import LOOPBACK


class WrongSetting(ValueError):
    """A setting has a value with which the site must not start."""


def _setting(default: Any, comment: str) -> Any:
    return field(default=default, metadata={"comment": comment})


@dataclass(frozen=True)
class Settings:
    """The values in force, read once at start from environment variables of the same names in capitals."""

    site_name: str = _setting("Ba Nhà", "name of the site in headings and letters")
    base_url: str = _setting(
        "http://127.0.0.1:8000",
        "the one address under which people reach the site; on a loopback HOST made of HOST and PORT unless set",
    )
    instance: str = _setting("instance", "folder of the SQLite file, the uploads and the secret key")
    database_url: str = _setting("", "SQLAlchemy address; empty means SQLite in the instance folder")
    secret_key: str = _setting("", "signs sessions; empty means a random one kept in the instance folder")
    signing_key: str = _setting(
        "",
        "Ed25519 seed (32 bytes in hex) that signs receipts and the log; empty means one kept in the instance folder",
    )
    master_key: str = _setting(
        "", "wraps the keys of encrypted files (32 bytes in hex); empty means one kept in the instance folder"
    )
    scanner: str = _setting("", "ClamAV's clamd as host:port or as the path of its socket; empty means no malware scan")
    demo: bool = _setting(False, "demo mode: personas to enter as; only on a loopback address")
    host: str = _setting("127.0.0.1", "address to listen on")
    port: int = _setting(8000, "port to listen on")
    threads: int = _setting(8, "threads of the web process")
    trusted_proxies: int = _setting(0, "number of proxies in front whose X-Forwarded headers are believed")
    smtp_host: str = _setting("", "mail server; empty means letters stay readable at /outbox")
    smtp_port: int = _setting(25, "port of the mail server")
    smtp_user: str = _setting("", "user at the mail server; empty means none")
    smtp_password: str = _setting("", "password at the mail server")
    smtp_starttls: bool = _setting(True, "encrypt the connection to the mail server")
    letters_from: str = _setting("Ba Nhà <khong-tra-loi@localhost>", "sender of letters")
    help_phone: str = _setting("1900 0000", "telephone shown on every page")
    help_email: str = _setting("tro-giup@localhost", "help address shown on every page")
    upload_limit_mb: int = _setting(25, "largest file of an entry, in MB")
    files_per_solution: int = _setting(20, "most attachments of one entry")
    upload_quota_mb: int = _setting(
        5000, "most that the drafts of one organisation hold together, and that is kept of one person, in MB"
    )
    amendment_days: int = _setting(5, "days that an amendment of substance leaves at least before closing")
    outage_grace_hours: int = _setting(2, "hours after recovery in which a deadline still counts as hit by an outage")
    outage_hours: int = _setting(6, "hours after recovery at which a deadline hit by an outage closes")
    invitation_days: int = _setting(2, "days an invitation stays valid")
    session_hours: int = _setting(12, "hours after which everybody signs in again")
    idle_minutes: int = _setting(
        30, "minutes without a request after which those who must have a second step sign in again; 0: never"
    )
    second_factor_for: str = _setting(
        "operator,agency,judge", "who must sign in with a second step: any of operator, agency, judge; empty: nobody"
    )
    oidc_issuer: str = _setting("", "OpenID Connect issuer that signs people in, such as a city's; empty means none")
    oidc_client_id: str = _setting("", "this site's name at the issuer")
    oidc_client_secret: str = _setting("", "this site's secret at the issuer; empty means PKCE alone")
    oidc_label: str = _setting("OpenID", "name of the issuer on buttons")
    oidc_two_steps: str = _setting("", "assurance levels (acr) of the issuer that count as two steps, with commas")
    search_engine: str = _setting("", "empty: the database's own full text search; whoosh: a folder in pure Python")
    suggestions_limit: int = _setting(10, "organisations suggested for a challenge")

    @property
    def folder(self) -> Path:
        return Path(self.instance).resolve()

    @property
    def database_address(self) -> str:
        return self.database_url or f"sqlite:///{self.folder / 'marketplace.sqlite3'}"

    @property
    def on_loopback(self) -> bool:
        return self.host in LOOPBACK

    def kept_secret_key(self) -> str:
        """The key of sessions: as set, else made once and kept in the instance folder."""
        return self.secret_key or self._kept("secret_key", secrets.token_urlsafe(48))

    def kept_signing_key(self) -> bytes:
        """The 32 bytes that sign receipts and checkpoints, kept likewise; raises WrongSetting if set otherwise."""
        return _key_bytes("SIGNING_KEY", self.signing_key or self._kept("signing_key", secrets.token_hex(32)))

    def kept_master_key(self) -> bytes:
        """The 32 bytes that wrap the keys of files, kept likewise; raises WrongSetting if set to anything else."""
        return _key_bytes("MASTER_KEY", self.master_key or self._kept("master_key", secrets.token_hex(32)))

    def _kept(self, name: str, fresh: str) -> str:
        """What the file of this name in the instance folder holds; made at first, readable by its owner only."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError), open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as sink:
            sink.write(fresh)
        return path.read_text()


def _key_bytes(name: str, text: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise WrongSetting(f"{name} must be 64 hexadecimal digits")
    return key


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The settings in `environ`; raises WrongSetting where a value cannot be used."""
    values: dict[str, Any] = {}
    for known in fields(Settings):
        raw = environ.get(known.name.upper())
        if raw is not None:
            values[known.name] = _convert(known.name, known.type, raw)
    settings = _with_address(Settings(**values), is_given="base_url" in values)
    if settings.demo and not settings.on_loopback:
        raise WrongSetting("DEMO=1 lets anybody enter as anybody: it only starts on a loopback HOST")
    return settings


def _with_address(settings: Settings, *, is_given: bool) -> Settings:
    """The settings with the address at which the site is served, if none was given."""
    if is_given:
        return settings
    if not settings.on_loopback:
        raise WrongSetting("HOST lets others reach the site: set BASE_URL to the address that they use")
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return replace(settings, base_url=f"http://{host}:{settings.port}")


def _convert(name: str, kind: object, raw: str) -> object:
    try:
        if kind in (bool, "bool"):
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}[
                raw.lower()
            ]
        return int(raw) if kind in (int, "int") else raw
    except (KeyError, ValueError):
        raise WrongSetting(f"{name.upper()}={raw!r} is not a value this setting can have") from None
