"""Questions about letters."""

from sqlalchemy import Select, select

from marketplace.db import db
from marketplace.notifications.models import Letter


def letters() -> Select[Letter]:
    """All letters, newest first; for operators."""
    return select(Letter).order_by(Letter.id.desc())


def letter_by_reference(reference: str) -> Letter | None:
    return db.session.scalar(select(Letter).where(Letter.reference == reference))
