"""Who entered another challenge together with an entrant: a tie that nobody needs to declare."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import HIDDEN
from marketplace.challenges.stages import Stage as ChallengeStage
from marketplace.db import db
from marketplace.judging.queries.bodies import Bodies
from marketplace.solutions.models import Author, Coeditor, Partner, Solution
from marketplace.solutions.queries.consortium import organisations_behind, writers_of
from marketplace.solutions.stages import RECEIVED

# Entries begun within this time tie those behind them to each other.
LATELY = timedelta(days=3 * 365)
# Of a challenge that may still take entries nobody must learn who answers it.
_SEALED = HIDDEN | {ChallengeStage.PUBLISHED}


def entered_together(
    people: Bodies, solutions: Sequence[Solution], behind: Mapping[int, Collection[int]]
) -> dict[int, set[int]]:
    """By solution id the ids of the people who, or whose organisations, entered another challenge with its entrants.

    `behind` names the organisations behind each solution. Only received entries of challenges that are closed tell.
    """
    bodies = people.now
    elsewhere = _entries_of(bodies, besides={solution.challenge_id for solution in solutions})
    behind_those, writers = organisations_behind(elsewhere), writers_of(elsewhere)
    found: dict[int, set[int]] = {solution.id: set() for solution in solutions}
    for entry in elsewhere:
        written = {entry.author_id, *writers[entry.id]}
        judges = {person for person, own in bodies.items() if person in written or own & behind_those[entry.id]}
        for solution in solutions:
            if behind_those[entry.id] & set(behind[solution.id]) or solution.author_id in written:
                found[solution.id] |= judges
    return found


def _entries_of(bodies: Mapping[int, set[int]], *, besides: Collection[int]) -> Sequence[Solution]:
    """What these people, or organisations they belong to now, entered elsewhere and lately."""
    organisations = set().union(*bodies.values())
    joined = select(Partner.solution_id).where(
        Partner.organisation_id.in_(organisations), Partner.accepted_at.is_not(None), Partner.ended_at.is_(None)
    )
    invited = select(Coeditor.solution_id).where(Coeditor.person_id.in_(bodies), Coeditor.accepted_at.is_not(None))
    addresses = select(Person.email).where(Person.id.in_(bodies))
    named = select(Author.solution_id).where(Author.email.in_(addresses), Author.objected_at.is_(None))
    own = or_(
        Solution.organisation_id.in_(organisations),
        Solution.author_id.in_(bodies),
        *(Solution.id.in_(each) for each in (joined, invited, named)),
    )
    return db.session.scalars(
        select(Solution)
        .join(Solution.challenge)
        .where(own, Solution.stage.in_(RECEIVED), Solution.created_at > clock.now() - LATELY)
        .where(Solution.challenge_id.not_in(besides), Challenge.stage.not_in(_SEALED))
        .options(selectinload(Solution.versions))
        .order_by(Solution.id)
    ).all()
