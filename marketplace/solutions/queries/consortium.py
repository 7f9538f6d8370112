"""Questions about consortia: what an organisation was asked, and everybody behind a solution."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select, union_all
from sqlalchemy.orm import aliased, contains_eager, joinedload

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import lets_in
from marketplace.challenges.stages import Stage as ChallengeStage
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.organisations.audiences import opens, partner_ids
from marketplace.organisations.models import Membership, Organisation
from marketplace.organisations.queries import acting_for, organisations_of
from marketplace.organisations.stages import PERSONAL_KINDS, Audience, Role
from marketplace.solutions import consortium
from marketplace.solutions.models import Author, Coeditor, Partner, Solution


@lets_in
def answered_by(person: Person) -> Select[int]:
    """Ids of challenges that a person helps to answer: whoever was brought along sees them too."""
    partners = select(Partner.solution_id).where(
        Partner.organisation_id.in_(acting_for(person, Role.VIEWER)), Partner.ended_at.is_(None)
    )
    invited = select(Coeditor.solution_id).where(Coeditor.person_id == person.id, Coeditor.ended_at.is_(None))
    return select(Solution.challenge_id).where(or_(Solution.id.in_(partners), Solution.id.in_(invited)))


def get_partner(reference: str, person: Person | None) -> Partner:
    """A standing line of a consortium, for members of that organisation; raises NotFound for everybody else."""
    if person is None:
        raise NotFound(reference)
    mine = acting_for(person, Role.MEMBER)
    found = db.session.scalar(
        select(Partner)
        .where(Partner.reference == reference, Partner.ended_at.is_(None), Partner.organisation_id.in_(mine))
        .options(joinedload(Partner.organisation))
    )
    if found is None or found.is_lead:
        raise NotFound(reference)
    return found


def partner_of(solution: Solution, reference: str) -> Partner:
    """A standing line of this solution's consortium, the lead's included; raises NotFound."""
    found = next((each for each in solution.partners if each.reference == reference and each.ended_at is None), None)
    if found is None:
        raise NotFound(reference)
    return found


def partnerships_offered(person: Person, *, at: datetime) -> Sequence[Partner]:
    """Invitations to consortia that a person's organisations have not answered, while they may."""
    own = [each.id for each in organisations_of(person, Role.MEMBER)]
    if not own:
        return []
    return db.session.scalars(
        select(Partner)
        .join(Partner.solution)
        .join(Solution.challenge)
        .where(Partner.accepted_at.is_(None), Partner.ended_at.is_(None))
        .where(Challenge.closes_at > at, Challenge.stage == ChallengeStage.PUBLISHED)
        .where(Partner.organisation_id.in_(own))
        .options(
            contains_eager(Partner.solution).options(
                contains_eager(Solution.challenge), joinedload(Solution.organisation)
            ),
            joinedload(Partner.organisation),
        )
        .order_by(Challenge.closes_at, Partner.id)
    ).all()


def organisations_behind(solutions: Sequence[Solution]) -> dict[int, set[int]]:
    """Ids of all organisations behind each solution, by its id: lead, partners now, partners of the last version."""
    found = {solution.id: {solution.organisation_id} for solution in solutions}
    if not found:
        return {}
    rows = db.session.execute(
        select(Partner.solution_id, Partner.organisation_id).where(
            Partner.solution_id.in_(found), Partner.accepted_at.is_not(None), Partner.ended_at.is_(None)
        )
    )
    for solution_id, organisation_id in rows:
        found[solution_id].add(organisation_id)
    for solution in solutions:
        if solution.last_version is not None:
            found[solution.id] |= {*consortium.organisations_of(solution.last_version)}
    return found


def employers_behind(solutions: Sequence[Solution], written: Mapping[int, set[int]]) -> dict[int, set[int]]:
    """Ids of the listed organisations to which the people behind a person's or a group's entry belong, by its id.

    `written` names who wrote each of the entries.
    """
    people = {each.id: set[int]() for each in solutions}
    personal = [each for each in solutions if each.organisation.kind in PERSONAL_KINDS]
    if not personal:
        return people
    for solution in personal:
        members = {each.person_id for each in solution.organisation.memberships if each.ended_at is None}
        people[solution.id] = members | written[solution.id]
    rows = db.session.execute(
        select(Membership.person_id, Membership.organisation_id)
        .join(Membership.organisation)
        .where(Membership.person_id.in_(set().union(*people.values())), Membership.ended_at.is_(None))
        .where(Organisation.is_listed)
    ).all()
    return {key: {body for person, body in rows if person in mine} for key, mine in people.items()}


def writers_of(solutions: Sequence[Solution]) -> dict[int, set[int]]:
    """Ids of the people who ever wrote a solution by invitation or were named as its authors, by its id."""
    found: dict[int, set[int]] = {solution.id: set() for solution in solutions}
    if not found:
        return found
    invited = select(Coeditor.solution_id, Coeditor.person_id).where(
        Coeditor.solution_id.in_(found), Coeditor.accepted_at.is_not(None), Coeditor.person_id.is_not(None)
    )
    authors = (
        select(Author.solution_id, Person.id)
        .join(Person, Person.email == Author.email)
        .where(Author.solution_id.in_(found), Author.objected_at.is_(None))
    )
    rows: Iterable[Any] = db.session.execute(union_all(invited, authors))
    for solution_id, person_id in rows:
        found[solution_id].add(person_id)
    return found


def people_of(solution: Solution) -> Sequence[Person]:
    """Everybody for whom the solution is theirs: people of all its organisations, and those invited to it."""
    organisations = organisations_behind([solution])[solution.id]
    members = select(Membership.person_id).where(
        Membership.organisation_id.in_(organisations), Membership.ended_at.is_(None)
    )
    invited = select(Coeditor.person_id).where(Coeditor.solution_id == solution.id, Coeditor.ended_at.is_(None))
    return db.session.scalars(
        select(Person).where(or_(Person.id.in_(members), Person.id.in_(invited))).order_by(Person.id)
    ).all()


@opens(Audience.PARTNER)
def answers_with(person: Person, organisation: Organisation) -> bool:
    """Whether an organisation for which the person deals with others answers a challenge together with this one."""
    theirs, ours = aliased(Partner), aliased(Partner)
    together = (
        select(ours.id)
        .join(theirs, theirs.solution_id == ours.solution_id)
        .where(theirs.organisation_id == organisation.id, ours.organisation_id.in_(partner_ids(person)))
        .where(*(line.accepted_at.is_not(None) for line in (ours, theirs)))
        .where(*(line.ended_at.is_(None) for line in (ours, theirs)))
    )
    return db.session.scalar(together.limit(1)) is not None
