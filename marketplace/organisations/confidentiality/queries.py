"""Questions about undertakings."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.db import db
from marketplace.organisations.confidentiality.models import Undertaking
from marketplace.organisations.models import Organisation


def undertaking_of(organisation: Organisation, about: str) -> Undertaking | None:
    """The word that an organisation gave about the thing with this reference: the newest, whatever its version."""
    return db.session.scalar(
        select(Undertaking)
        .where(Undertaking.organisation_id == organisation.id, Undertaking.about == about)
        .order_by(Undertaking.id.desc())
        .limit(1)
    )


def undertakings_about(about: str) -> Sequence[Undertaking]:
    """The whole log of a thing, the oldest first."""
    return db.session.scalars(
        select(Undertaking)
        .where(Undertaking.about == about)
        .options(joinedload(Undertaking.organisation), joinedload(Undertaking.person))
        .order_by(Undertaking.id)
    ).all()
