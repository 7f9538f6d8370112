"""Who supervised, or was supervised by, somebody of an entry in the last years: by addresses, never by names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select

from marketplace.accounts.models import Person
from marketplace.db import db
from marketplace.organisations.experts.queries import supervisions_with
from marketplace.solutions.models import Author, Solution


class Supervision:
    """Whom of these people supervision ties to entries; asked for one entry at a time with the people of it."""

    def __init__(self, people: Iterable[Person], solutions: Sequence[Solution], *, since: datetime):
        addresses = {person.id: person.email.lower() for person in people}
        self._by_author = _named_by_entrants(addresses, solutions, since=since)
        self._by_person: dict[int, set[int]] = defaultdict(set)
        said = supervisions_with(addresses, since=since)
        others = {address for _judge, address in said}
        ids = _ids_of(others) if others else {}
        wrote = _authors_with(others, solutions) if others else {}
        for judge, address in said:
            if address in ids:
                self._by_person[ids[address]].add(judge)
            for solution_id in wrote.get(address, ()):
                self._by_author[solution_id].add(judge)

    def __call__(self, solution: Solution, people: Iterable[int]) -> set[int]:
        """Ids of the judges tied to this entry, whose people these are."""
        found = set(self._by_author.get(solution.id, ()))
        return found.union(*(self._by_person[each] for each in self._by_person.keys() & set(people)))


def _named_by_entrants(
    addresses: Mapping[int, str], solutions: Sequence[Solution], *, since: datetime
) -> dict[int, set[int]]:
    """Judges whom an entry itself names as supervisors of its authors, by solution id: said under seal."""
    judges = {address: person_id for person_id, address in addresses.items()}
    rows = db.session.execute(
        select(Author.solution_id, Author.supervisor_email)
        .where(Author.supervisor_email.in_(judges), Author.ended_at.is_(None))
        .where(or_(Author.supervised_until.is_(None), Author.supervised_until >= since.year))
    )
    ids, found = {solution.id for solution in solutions}, defaultdict[int, set[int]](set)
    for solution_id, address in rows:
        if solution_id in ids:
            found[solution_id].add(judges[address or ""])
    return found


def _ids_of(addresses: set[str]) -> dict[str, int]:
    rows = db.session.execute(select(Person.email, Person.id).where(Person.email.in_(addresses)))
    return dict(rows.all())


def _authors_with(addresses: set[str], solutions: Sequence[Solution]) -> dict[str, set[int]]:
    """Of which of these solutions they are authors, whether or not they have an account."""
    rows = db.session.execute(
        select(Author.email, Author.solution_id).where(Author.email.in_(addresses), Author.objected_at.is_(None))
    )
    ids, found = {solution.id for solution in solutions}, defaultdict[str, set[int]](set)
    for address, solution_id in rows:
        if solution_id in ids:
            found[address].add(solution_id)
    return found
