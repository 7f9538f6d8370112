"""Contracts of the last years between organisations of a judge and those behind an entry."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import or_, select

from marketplace.challenges.models import Challenge, Cohost
from marketplace.db import db
from marketplace.judging.models import Decision
from marketplace.judging.queries.bodies import Bodies
from marketplace.matching.introductions.queries import contracts_since
from marketplace.organisations.models import Organisation, TrackRecord
from marketplace.organisations.stages import Audience
from marketplace.solutions.models import Solution
from marketplace.solutions.queries.consortium import organisations_behind
from marketplace.solutions.stages import Stage


@dataclass
class Contracts:
    """By solution id whom a contract ties to it, and whom only the entrant's own word would."""

    known: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    claimed: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))


def contracts_with(
    people: Bodies, solutions: Sequence[Solution], behind: Mapping[int, Collection[int]], *, since: datetime
) -> Contracts:
    """Contracts signed since then; `behind` names the organisations behind each solution.

    What both sides or the judge's own side say, and the prizes that the judge's organisation gave, is known; what the
    entrant's side alone reports is claimed: nobody chooses their judges by what they write of themselves.
    """
    bodies = people.since(since)
    entrants = set().union(*(behind[solution.id] for solution in solutions))
    known, claimed = _pairs(set(bodies), entrants, since=since)
    found = Contracts()
    for solution in solutions:
        for told, pairs in ((found.known, known), (found.claimed, claimed)):
            parties = {own for own, other in pairs if other in behind[solution.id]}
            told[solution.id] = set().union(*(bodies[own] for own in parties))
    return found


Pairs = set[tuple[int, int]]


def _pairs(own: set[int], entrants: set[int], *, since: datetime) -> tuple[Pairs, Pairs]:
    """Pairs of a judge's organisation and an entrant, known and claimed; an organisation has none with itself."""
    if not own:
        return set(), set()
    known: Pairs = _awards(own, entrants, since=since) | _lines(own, entrants, since=since)
    claimed: Pairs = set()
    for one, other, reporter, confirmed in contracts_since(since, between=(own, entrants)):
        for pair in ((one, other), (other, one)):
            if pair[0] in own and pair[1] in entrants:
                (known if confirmed or reporter == pair[0] else claimed).add(pair)
    return {pair for pair in known if pair[0] != pair[1]}, claimed - known


def _awards(own: set[int], entrants: set[int], *, since: datetime) -> Pairs:
    """Whom challenges of these agencies, as owner or co-host, gave a prize by a published decision."""
    rows = db.session.execute(
        select(Solution, Challenge.agency_id, Cohost.organisation_id)
        .join(Solution.challenge)
        .join(Decision, Decision.challenge_id == Challenge.id)
        .join(Cohost, (Cohost.challenge_id == Challenge.id) & Cohost.accepted_at.is_not(None), isouter=True)
        .where(Solution.stage == Stage.AWARDED, Decision.published_at > since, Decision.returned_at.is_(None))
        .where(or_(Challenge.agency_id.in_(own), Cohost.organisation_id.in_(own)))
        .order_by(Solution.id)
    ).all()
    winners = organisations_behind(list({solution for solution, *_ in rows})) if rows else {}
    given = {(host, winner) for solution, *hosts in rows for host in hosts for winner in winners[solution.id]}
    return {(host, winner) for host, winner in given if host in own and winner in entrants}


def _lines(own: set[int], entrants: set[int], *, since: datetime) -> Pairs:
    """What the public track records of the judges' organisations say, where they name a partner as it is called here.

    A line of the entrant, and a name that is only alike, the secretary is asked about (queries/objections.py).
    """
    rows = db.session.execute(
        select(TrackRecord.organisation_id, TrackRecord.partner_vi, TrackRecord.partner_en).where(
            TrackRecord.organisation_id.in_(own),
            TrackRecord.year >= since.year,
            TrackRecord.audience == Audience.PUBLIC,
        )
    )
    named: dict[str, set[int]] = defaultdict(set)
    for organisation_id, *partners in rows:
        for name in {part.strip() for text in partners if text for part in (text, *text.split(";"))}:
            named[name].add(organisation_id)
    if not named:
        return set()
    called = db.session.execute(
        select(Organisation.id, Organisation.name_vi, Organisation.name_en)
        .where(Organisation.id.in_(entrants), or_(Organisation.name_vi.in_(named), Organisation.name_en.in_(named)))
    )  # fmt: skip
    return {(host, entrant) for entrant, *names in called for name in names for host in named.get(name or "", ())}
