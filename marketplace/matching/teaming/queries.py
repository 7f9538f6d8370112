"""Teams as pages show them. Everything is worked out from public profiles while somebody reads; nothing is kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.matching.keeping import pool_now
from marketplace.matching.pool import Pool
from marketplace.matching.profiles import Need
from marketplace.matching.teaming.sounding import candidates
from marketplace.matching.teaming.teams import Candidate, Rules, Team, best_team, fillers, told
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import visible_to
from marketplace.solutions import consortium
from marketplace.solutions.models import Solution

# A need of which the team shows less than this is open: others are named who would fill it.
OPEN = 0.6
_FILLERS = 3


@dataclass(frozen=True)
class Carried:
    """A need, the member that carries it (or None), how much of it that one shows, 0 to 1, and who would do better."""

    need: Need
    carrier: Organisation | None
    share: float
    fillers: Sequence[tuple[Organisation, float]]


@dataclass(frozen=True)
class Board:
    """A team and what it covers; `without` by member; `candidates` counts those who were looked at."""

    members: Sequence[Organisation]
    needs: Sequence[Carried]
    coverage: float
    without: Mapping[int, float]
    is_best: bool
    candidates: int


def needs_of(challenge: Challenge) -> list[Need]:
    """The capabilities that it asks for; where it names none its outcomes, else its title."""
    lines = challenge.capabilities or challenge.outcomes or []
    named = [Need(line.get("vi") or "", line.get("en") or "") for line in lines]
    return [need for need in named if need.vi or need.en] or [Need(challenge.title_vi or "", challenge.title_en or "")]


def best_board(challenge: Challenge, rules: Rules, *, left_out: Collection[str]) -> Board | None:
    """The best team for a challenge; None where no team keeps the rules."""
    pool, needs = pool_now(), needs_of(challenge)
    found = candidates(pool, needs, kept=(), left_out={*left_out, *(host.slug for host in challenge.hosts)})
    team = best_team(found, rules)
    return _board(pool, needs, found=found, team=team) if team else None


def board_of(solution: Solution, *, more: int = 0) -> Board | None:
    """The team of an entry as it stands, or the best with `more` members; None where its own break a rule.

    For the entrant's eyes only.
    """
    challenge = solution.challenge
    slugs = {solution.organisation.slug, *(line.organisation.slug for line in consortium.standing(solution))}
    pool, needs = pool_now(), needs_of(challenge)
    found = candidates(pool, needs, kept=slugs, left_out={host.slug for host in challenge.hosts} - slugs)
    own = [each for each in found if pool.profiles[each.owner].slug in slugs]
    rules = Rules(len(own) + more, kept=frozenset(each.owner for each in own))
    team = best_team(found, rules) if more else told(own)
    return _board(pool, needs, found=found, team=team) if team else None


def _board(pool: Pool, needs: Sequence[Need], *, found: Sequence[Candidate], team: Team) -> Board:
    by_owner = {each.owner: each for each in found}
    members = [by_owner[owner] for owner in team.members]
    shares = [max((each.fits[at] for each in members), default=0.0) for at in range(len(needs))]
    better = [
        fillers(found, members, need=at, most=_FILLERS) if share < OPEN else [] for at, share in enumerate(shares)
    ]
    shown = _shown(pool, {*team.members, *(each.owner for line in better for each, _ in line)})
    carriers = [None if owner is None else shown[owner] for owner in team.carriers] or [None] * len(needs)
    others = [[(shown[each.owner], covered) for each, covered in line] for line in better]
    return Board(
        members=[shown[owner] for owner in team.members],
        needs=[Carried(*line) for line in zip(needs, carriers, shares, others, strict=True)],
        coverage=team.coverage,
        without={shown[owner].id: left for owner, left in team.without.items()},
        is_best=team.is_best,
        candidates=len(found),
    )


def _shown(pool: Pool, owners: Collection[int]) -> dict[int, Organisation]:
    """The organisations of owners in the pool."""
    slugs = [pool.profiles[owner].slug for owner in sorted(owners)]
    found = db.session.scalars(visible_to(None).where(Organisation.slug.in_(slugs)))
    return {pool.places[each.slug]: each for each in found}
