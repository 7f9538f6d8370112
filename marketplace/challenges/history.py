"""Listings from elsewhere become history: added, changed where the source changed, else left alone. Never commits."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import or_, select

from marketplace import clock
from marketplace.challenges.events import ChallengeImported
from marketplace.challenges.importing import Listing, RefusedRow, read_listing
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import challenge_by_source
from marketplace.challenges.services import folded_text, free_slug
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


def import_listings(lines: Iterable[bytes]) -> list[RowReport]:
    """Import every row of a file of JSON lines; empty lines are passed over, a second row for an address is refused."""
    reports: list[RowReport] = []
    rows: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not (content := line.removeprefix(_MARK).strip()):
            continue
        try:
            listing = read_listing(content)
            if listing.url in rows:
                raise RefusedRow(f"row {rows[listing.url]} has the same url")
            rows[listing.url] = number
            reports.append(RowReport(number, import_listing(listing)))
        except RefusedRow as refusal:
            reports.append(RowReport(number, Outcome.REFUSED, str(refusal)))
    return reports


def import_listing(listing: Listing) -> Outcome:
    """Keep one listing as an ended challenge, known by its address.

    The source tells days without a time, so it opens at 00:00 and closes at 23:59 UTC of those days.
    """
    challenge = challenge_by_source(listing.url)
    if challenge is not None and challenge.source_hash == listing.fingerprint:
        return Outcome.UNCHANGED
    outcome = Outcome.ADDED if challenge is None else Outcome.UPDATED
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
    challenge.agency = _agency(listing.agency)
    challenge.original_language = "en"
    challenge.title_en = listing.title
    challenge.summary_en = listing.summary or None
    challenge.description_en = listing.description or None
    challenge.judging_en = listing.judging or None
    challenge.prize_amount = listing.prize_amount
    challenge.prize_currency = listing.prize_currency or "USD"
    challenge.opens_at = _moment(listing.opens_on, _OPENS)
    challenge.closes_at = _moment(listing.closes_on, _CLOSES)
    challenge.source_hash = listing.fingerprint
    challenge.folded_text = folded_text(challenge)


def _agency(name: str) -> Organisation:
    """The state body of exactly this name, else a new foreign one for which nobody speaks yet.

    Only state bodies are looked at: a company that registered itself as "NASA" gets no history.
    """
    known = db.session.scalar(
        select(Organisation)
        .where(or_(Organisation.name_en == name, Organisation.name_vi == name), Organisation.helix == Helix.STATE)
        .order_by(Organisation.id)
        .limit(1)
    )
    return known or add_organisation(Kind.FOREIGN, helix=Helix.STATE, name_en=name, source="flask challenges import")


def _moment(day: date | None, at: time) -> datetime | None:
    return datetime.combine(day, at, tzinfo=UTC) if day else None
