"""Questions about second factors, and the groups of people who must have one."""

from collections.abc import Callable

from flask import current_app
from sqlalchemy import ColumnElement, exists, func, or_, select

from marketplace.accounts.models import Grant, Person
from marketplace.accounts.second_factor.models import RecoveryCode, SecondFactor
from marketplace.db import db

# In SQL, because it is asked with every request: one statement for all groups.
Belongs = Callable[[Person], ColumnElement[bool]]
# Higher packages say who is in a group; the setting SECOND_FACTOR_FOR names groups.
_groups: dict[str, Belongs] = {
    "operator": lambda person: exists().where(Grant.person_id == person.id, Grant.ended_at.is_(None))
}


def group(name: str) -> Callable[[Belongs], Belongs]:
    """Register the function that says, in SQL, whether somebody is in this group."""

    def register(belongs: Belongs) -> Belongs:
        _groups[name] = belongs
        return belongs

    return register


# Other ways than the app that stand for the second step.
_ways: list[Callable[[Person], bool]] = []


def way(has: Callable[[Person], bool]) -> Callable[[Person], bool]:
    """Register the function that says whether somebody has this way."""
    _ways.append(has)
    return has


def must_have_second_factor(person: Person) -> bool:
    """Whether the settings ask a second step of this person; of demo people, whom anybody enters as, never."""
    asked = [name.strip() for name in current_app.config["SECOND_FACTOR_FOR"].split(",") if name.strip()]
    if person.is_demo or not asked:
        return False
    return bool(db.session.scalar(select(or_(*[_groups[name](person) for name in asked]))))


def factor_of(person: Person) -> SecondFactor | None:
    """The app, set up or being set up."""
    return db.session.scalar(select(SecondFactor).where(SecondFactor.person_id == person.id))


def has_app(person: Person) -> bool:
    """Whether an app is set up whose code may be asked for."""
    factor = factor_of(person)
    return factor is not None and factor.confirmed_at is not None


def has_second_factor(person: Person) -> bool:
    """Whether signing in by password asks for more."""
    return has_app(person) or has_other_way(person)


def has_other_way(person: Person) -> bool:
    """Whether something else than the app stands for the second step."""
    return any(has(person) for has in _ways)


def codes_left(person: Person) -> int:
    """How many recovery codes are not used yet."""
    left = select(func.count()).where(RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(left) or 0
