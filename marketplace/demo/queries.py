"""The people one may enter as."""

from collections.abc import Sequence

from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.db import db


def personas() -> Sequence[Person]:
    """Every demo person, in the order in which they were made."""
    return db.session.scalars(select(Person).where(Person.is_demo).order_by(Person.id)).all()
