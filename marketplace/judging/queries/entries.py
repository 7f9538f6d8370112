"""Which entries a panel judges, and how nearly they touch a person."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.asked import asked_once
from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.judging.interests import PUBLIC_DOMAINS, Ties, domain_of, tie_of
from marketplace.judging.models import Entry, JudgingRules
from marketplace.judging.queries.bodies import Bodies
from marketplace.judging.queries.coentries import entered_together
from marketplace.judging.queries.contracts import contracts_with
from marketplace.judging.queries.supervision import Supervision
from marketplace.judging.stages import Basis
from marketplace.organisations.experts.queries import affiliated_people
from marketplace.organisations.models import Membership, Organisation
from marketplace.solutions.models import Solution
from marketplace.solutions.queries.consortium import employers_behind, organisations_behind, writers_of
from marketplace.solutions.stages import RECEIVED, Stage

# whoever left an organisation within this time still counts as one of its people
FORMER_MEMBER = timedelta(days=730)
JUDGED = frozenset({Stage.ADMITTED, Stage.AWARDED, Stage.NOT_SELECTED})


@asked_once
def entries_of(challenge: Challenge) -> list[Entry]:
    """The eligible solutions of a challenge with what was received last, in the order in which they were begun."""
    found = db.session.scalars(
        select(Solution)
        .where(Solution.challenge_id == challenge.id, Solution.stage.in_(JUDGED))
        .options(
            selectinload(Solution.versions),
            joinedload(Solution.organisation).selectinload(Organisation.memberships),
            joinedload(Solution.envelope),
        )
        .order_by(Solution.id)
    )
    return [Entry(solution, solution.last_version) for solution in found if solution.last_version is not None]


def unscreened_count(challenge: Challenge) -> int:
    """How many received solutions nobody has found eligible or not."""
    return _count(challenge, [Stage.SUBMITTED])


def received_count(challenge: Challenge) -> int:
    """How many solutions were received and not withdrawn."""
    return _count(challenge, list(RECEIVED))


def eligible_count(challenge: Challenge, *, but: Select[int] | None = None) -> int:
    """How many solutions were judged, or will be; without those that `but` selects by id."""
    return _count(challenge, list(JUDGED), but)


def _count(challenge: Challenge, stages: Sequence[Stage], but: Select[int] | None = None) -> int:
    found = select(func.count()).where(Solution.challenge_id == challenge.id, Solution.stage.in_(stages))
    return db.session.scalar(found.where(Solution.id.not_in(but)) if but is not None else found) or 0


def ties_of(people: Iterable[Person], solutions: Sequence[Solution]) -> dict[tuple[int, int], Basis]:
    """The conflicts of interest that can be seen without asking, by (person id, solution id).

    Found anew for each deed and page, so that somebody who joins an entrant today is shut out today.
    """
    return _found_ties(tuple(people), tuple(solutions))


@asked_once
def _found_ties(people: tuple[Person, ...], solutions: tuple[Solution, ...]) -> dict[tuple[int, int], Basis]:
    if not people or not solutions:
        return {}
    bodies = Bodies(people)
    near, found = _Near(people, bodies.tax_codes), {}
    for solution, ties in _ties_by_entry(people, bodies, solutions):
        for person in near(ties):
            basis = tie_of(person.id, person.email, ties, bodies.tax_codes[person.id])
            if basis is not None:
                found[person.id, solution.id] = basis
    return found


def _ties_by_entry(
    people: Sequence[Person], bodies: Bodies, solutions: Sequence[Solution]
) -> Iterator[tuple[Solution, Ties]]:
    """Everybody around each entry who matters to these people."""
    behind, invited = organisations_behind(solutions), writers_of(solutions)
    employers = employers_behind(solutions, invited)
    members, former = _people_of(set().union(*behind.values(), *employers.values()))
    partners = entered_together(bodies, solutions, behind)
    contractors, supervision = _by_rule(people, bodies, solutions, behind)
    for solution in solutions:
        beside = frozenset(person for each in employers[solution.id] for person in members[each])
        senders = {version.submitted_by_id for version in solution.versions}
        authors = frozenset({solution.author_id, *senders, *invited[solution.id]})
        belong = beside.union(*((*members[each], *former[each]) for each in behind[solution.id]))
        supervisors = supervision[solution.challenge_id]
        yield (
            solution,
            Ties(
                authors=authors,
                members=belong,
                addresses=frozenset(address for each in behind[solution.id] for address in members[each].values()),
                tax_code=solution.organisation.tax_code,
                partners=frozenset(partners[solution.id]),
                contractors=frozenset(contractors.get(solution.id, ())),
                supervision=frozenset(supervisors(solution, authors | belong) if supervisors else ()),
            ),
        )


def _by_rule(
    people: Sequence[Person], bodies: Bodies, solutions: Sequence[Solution], behind: Mapping[int, Collection[int]]
) -> tuple[dict[int, set[int]], dict[int, Supervision | None]]:
    """Whom contracts tie, by solution id; and who asks about supervision, by challenge id: both as far back as the
    rules of each challenge say."""
    contractors: dict[int, set[int]] = {}
    supervision: dict[int, Supervision | None] = {solution.challenge_id: None for solution in solutions}
    for since, own in by_time(solutions):
        contractors |= contracts_with(bodies, own, behind, since=since).known
        asked = Supervision(people, own, since=since)
        supervision |= {solution.challenge_id: asked for solution in own}
    return contractors, supervision


def by_time(solutions: Sequence[Solution]) -> Iterator[tuple[datetime, list[Solution]]]:
    """Those whose rules look back, together with since when; challenges with the same rule come together."""
    rows = db.session.execute(
        select(JudgingRules.challenge_id, JudgingRules.tie_months).where(
            JudgingRules.challenge_id.in_({solution.challenge_id for solution in solutions}),
            JudgingRules.tie_months > 0,
        )
    )
    groups: dict[int, list[Solution]] = defaultdict(list)
    months = dict(rows.all())
    for solution in solutions:
        if solution.challenge_id in months:
            groups[months[solution.challenge_id]].append(solution)
    for count, own in sorted(groups.items()):
        yield months_before(clock.now(), count), own


def months_before(moment: datetime, count: int) -> datetime:
    """The same day that many months earlier, or the last of a shorter month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - count, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


class _Near:
    """Whom of these people anything may tie to an entry: few, where a contest has a thousand entries."""

    def __init__(self, people: Sequence[Person], tax_codes: Mapping[int, Collection[str]]):
        self._by_id = {person.id: person for person in people}
        self._by_domain: dict[str, set[int]] = defaultdict(set)
        for person in people:
            self._by_domain[domain_of(person.email)].add(person.id)
        self._with_code = {person.id for person in people if tax_codes[person.id]}

    def __call__(self, ties: Ties) -> list[Person]:
        named = ties.authors | ties.members | ties.partners | ties.contractors | ties.supervision
        ids = named & self._by_id.keys()
        ids |= self._with_code if ties.tax_code else set()
        for domain in {domain_of(address) for address in ties.addresses} - PUBLIC_DOMAINS:
            ids |= self._by_domain.get(domain, set())
        return [self._by_id[each] for each in sorted(ids)]


def _people_of(organisation_ids: set[int]) -> tuple[dict[int, dict[int, str]], dict[int, dict[int, str]]]:
    """Members now and lately, by organisation: {person id: e-mail address}."""
    rows = db.session.execute(
        select(Membership.organisation_id, Membership.person_id, Membership.ended_at, Person.email)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id.in_(organisation_ids))
        .where(or_(Membership.ended_at.is_(None), Membership.ended_at > clock.now() - FORMER_MEMBER))
    )
    members: dict[int, dict[int, str]] = defaultdict(dict)
    former: dict[int, dict[int, str]] = defaultdict(dict)
    for organisation_id, person_id, ended_at, email in rows:
        (former if ended_at else members)[organisation_id][person_id] = email
    for organisation_id, people in affiliated_people(organisation_ids, since=clock.now() - FORMER_MEMBER).items():
        former[organisation_id] |= people
    return members, former
