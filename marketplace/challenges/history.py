"""Listings from elsewhere become history: added, changed where the source changed, else left alone. Never commits."""

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any

from sqlalchemy import or_, select

from marketplace import clock
from marketplace.challenges.events import ChallengeImported
from marketplace.challenges.importing import Listing, RefusedRow, listing_from, read_listing
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import challenge_by_source
from marketplace.challenges.services import free_slug
from marketplace.challenges.tables import TableRow
from marketplace.db import db
from marketplace.events import announce
from marketplace.organisations.models import Organisation
from marketplace.organisations.services import add_organisation
from marketplace.organisations.stages import Helix, Kind

_OPENS, _CLOSES = time(0, 0), time(23, 59)
_MARK = b"\xef\xbb\xbf"  # a byte order mark, with which some programs begin a file


class Outcome(enum.StrEnum):
    """What became of a row."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True)
class RowReport:
    """What became of the row on line `number` of the file, and why where it was refused."""

    number: int
    outcome: Outcome
    reason: str = ""
    title: str = field(default="", compare=False)
    refusal: RefusedRow | None = field(default=None, compare=False)


def import_listings(lines: Iterable[bytes]) -> list[RowReport]:
    """Import every row of a file of JSON lines; empty lines are passed over, a second row for an address is refused."""
    numbered = ((number, line.removeprefix(_MARK).strip()) for number, line in enumerate(lines, start=1))
    return _each((number, partial(read_listing, content)) for number, content in numbered if content)


def import_table(rows: Iterable[TableRow], *, is_trial: bool) -> list[RowReport]:
    """Import every row of a table, or on trial only say what would become of it and write nothing."""
    told = ((number, partial(listing_from, row)) for number, row in rows)
    return _each(told, outcome_of if is_trial else import_listing)


def _each(
    rows: Iterable[tuple[int, Callable[[], Listing]]], deed: Callable[[Listing], Outcome] | None = None
) -> list[RowReport]:
    reports: list[RowReport] = []
    known: dict[str, int] = {}
    for number, read in rows:
        try:
            listing = read()
            if listing.url in known:
                raise RefusedRow("same_address", row=known[listing.url])
            known[listing.url] = number
            outcome = (deed or import_listing)(listing)
            reports.append(RowReport(number, outcome, title=listing.title))
        except RefusedRow as refusal:
            reports.append(RowReport(number, Outcome.REFUSED, str(refusal), refusal=refusal))
    return reports


def outcome_of(listing: Listing) -> Outcome:
    """What importing it would do now."""
    challenge = challenge_by_source(listing.url)
    if challenge is None:
        return Outcome.ADDED
    return Outcome.UNCHANGED if challenge.source_hash == listing.fingerprint else Outcome.UPDATED


def import_listing(listing: Listing) -> Outcome:
    """Keep one listing as an ended challenge, known by its address.

    The source tells days without a time, so it opens at 00:00 and closes at 23:59 UTC of those days.
    """
    challenge, outcome = challenge_by_source(listing.url), outcome_of(listing)
    if outcome == Outcome.UNCHANGED:
        return outcome
    if challenge is None:
        challenge = Challenge(source_url=listing.url, slug=free_slug(listing.title), created_at=clock.now())
    _tell(challenge, listing)
    if outcome == Outcome.ADDED:
        db.session.add(challenge)
        db.session.flush()
        challenge.move("record")
    announce(ChallengeImported(actor=None, subject=challenge, facts={"outcome": outcome, "url": listing.url}))
    return outcome


def _tell(challenge: Challenge, listing: Listing) -> None:
    challenge.agency = _agency(listing.agency, listing.language)
    challenge.original_language = listing.language
    for name in ("title", "summary", "description", "judging"):
        setattr(challenge, f"{name}_{listing.language}", getattr(listing, name) or None)
    challenge.prize_amount = listing.prize_amount
    challenge.prize_currency = listing.prize_currency or "USD"
    challenge.opens_at = _moment(listing.opens_on, _OPENS)
    challenge.closes_at = _moment(listing.closes_on, _CLOSES)
    challenge.source_hash = listing.fingerprint


def _agency(name: str, language: str) -> Organisation:
    """The state body of exactly this name, else a new foreign one for which nobody speaks yet.

    Only state bodies are looked at: a company that registered itself as "NASA" gets no history.
    """
    known = db.session.scalar(
        select(Organisation)
        .where(or_(Organisation.name_en == name, Organisation.name_vi == name), Organisation.helix == Helix.STATE)
        .order_by(Organisation.id)
        .limit(1)
    )
    named: dict[str, Any] = {f"name_{language}": name}
    return known or add_organisation(Kind.FOREIGN, helix=Helix.STATE, source="flask challenges import", **named)


def _moment(day: date | None, at: time) -> datetime | None:
    return datetime.combine(day, at, tzinfo=UTC) if day else None
