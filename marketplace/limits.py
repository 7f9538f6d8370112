"""How often something may be tried: counted in the database for all processes together, over windows that slide."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, ip_address, ip_network

from flask import current_app, g, request
from sqlalchemy import Index, String, delete, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from marketplace import clock
from marketplace.db import At, Base, Id, db, is_sqlite, record_apart
from marketplace.errors import TooManyTries
from marketplace.jobs import periodic

KEPT = timedelta(days=1)


class LimitedTry(Base):
    """One try that counts; `key` is a keyed hash of what was tried and by whom, so that no address stands here."""

    __tablename__ = "limited_try"
    __table_args__ = (Index("ix_limited_try_key_at", "key", "at"),)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[At]


@dataclass(frozen=True)
class Limit:
    """At most so many tries in any stretch of time of this length."""

    most: int
    within: timedelta


def _in(most: int, **length: int) -> Limit:
    return Limit(most, timedelta(**length))


# The numbers of the Python Package Index, which has lived with them for years; no window is longer than KEPT.
LIMITS: dict[str, tuple[Limit, ...]] = {
    "sign_in.address": (_in(10, minutes=5),),
    "sign_in.caller": (_in(10, minutes=5),),
    "sign_in.everybody": (_in(1000, minutes=5),),
    # a question to a passkey is answered once
    "passkey.challenge": (_in(1, hours=1),),
    "second_factor": (_in(5, minutes=5), _in(20, hours=1), _in(50, days=1)),
    "sign_up.caller": (_in(20, hours=1),),
    "sign_up.address": (_in(3, hours=6),),
    "confirm.caller": (_in(20, hours=1),),
    "confirm.address": (_in(3, hours=6),),
    "invite.sender": (_in(50, days=1),),
    "invite.address": (_in(5, days=1),),
    "follow.caller": (_in(20, hours=1),),
    "follow.address": (_in(5, days=1),),
    "phone.person": (_in(5, days=1),),
    "phone.number": (_in(3, hours=6),),
    "broadcast.sender": (_in(20, days=1),),
    "report.caller": (_in(10, hours=1),),
    "reset.caller": (_in(20, hours=1),),
    "reset.address": (_in(5, days=1),),
}


def spend(tries: Mapping[str, str], *, for_good: bool = False) -> None:
    """Count one try of each kind of LIMITS by the one named; raises TooManyTries, and counts none, if one is too many.

    `for_good`: give_back() leaves it counted. For routes, before the request wrote anything: what it read is read anew.
    """
    db.session.rollback()
    keys = sorted((_key(name, who), name) for name, who in tries.items())
    with record_apart() as session:
        for key, _name in keys:
            _stand_in_line(session, key)
        at = clock.now()
        counted = [LimitedTry(key=key, at=at) for key, _name in keys]
        session.add_all(counted)
        session.flush()
        waits = [_wait(session, key, limit, at=at) for key, name in keys for limit in LIMITS[name]]
        if any(waits):
            raise TooManyTries(max(waits))
        if not for_good:
            g.counted_tries = [*g.get("counted_tries", ()), *(each.id for each in counted)]


def give_back() -> None:
    """The tries of this request were right ones: they do not count."""
    if counted := g.pop("counted_tries", None):
        db.session.execute(delete(LimitedTry).where(LimitedTry.id.in_(counted)))


def caller() -> str:
    """Where the request comes from: an IPv4 address, or the /64 network that one connection has of IPv6."""
    address = ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104 - a name for callers without an address
    return str(address if isinstance(address, IPv4Address) else ip_network((address, 64), strict=False))


def _stand_in_line(session: Session, key: str) -> None:
    """Nobody else counts under this key meanwhile; on SQLite there is only one writer anyway."""
    if not is_sqlite():
        number = int.from_bytes(bytes.fromhex(key)[:8], signed=True)
        session.execute(text("select pg_advisory_xact_lock(:number)"), {"number": number})


def _wait(session: Session, key: str, limit: Limit, *, at: datetime) -> timedelta:
    """How long until there is room for the try just counted; nothing if there is."""
    newest = select(LimitedTry.at).where(LimitedTry.key == key, LimitedTry.at > at - limit.within)
    over = session.scalar(newest.order_by(LimitedTry.at.desc(), LimitedTry.id.desc()).offset(limit.most).limit(1))
    return over + limit.within - at if over else timedelta()


def _key(name: str, who: str) -> str:
    return hmac.digest(current_app.config["SECRET_KEY"].encode(), f"{name}\0{who}".encode(), "sha256").hex()


@periodic("limits", timedelta(hours=1))
def forget_old_tries() -> None:
    """Tries older than the longest window count for nothing."""
    db.session.execute(delete(LimitedTry).where(LimitedTry.at < clock.now() - KEPT))
