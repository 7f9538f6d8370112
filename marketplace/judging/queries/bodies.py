"""To which organisations judges belong or belonged: asked once for all the rules that look at it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.db import db
from marketplace.organisations.experts.queries import affiliations_of
from marketplace.organisations.models import Membership, Organisation


class Bodies:
    """Where each of these people belongs; `now` and `tax_codes` are sets by person id, also empty ones."""

    def __init__(self, people: Iterable[Person]):
        self.now: dict[int, set[int]] = {person.id: set() for person in people}
        self.tax_codes: dict[int, set[str]] = {person_id: set() for person_id in self.now}
        self._left: list[tuple[int, int, datetime]] = []
        rows = db.session.execute(
            select(Membership.person_id, Membership.organisation_id, Membership.ended_at, Organisation.tax_code)
            .join(Organisation, Organisation.id == Membership.organisation_id)
            .where(Membership.person_id.in_(self.now))
        )
        for person_id, organisation_id, ended_at, tax_code in rows:
            if ended_at is not None:
                self._left.append((person_id, organisation_id, ended_at))
                continue
            self.now[person_id].add(organisation_id)
            if tax_code is not None:
                self.tax_codes[person_id].add(tax_code)

    def since(self, moment: datetime) -> dict[int, set[int]]:
        """Who belongs, or did since then, to which organisation: people by its id. What their pages say counts too."""
        found: dict[int, set[int]] = defaultdict(set)
        left = [(person_id, body) for person_id, body, ended_at in self._left if ended_at > moment]
        for person_id, organisation_id in left:
            found[organisation_id].add(person_id)
        for known in (self.now, affiliations_of(self.now, since=moment)):
            for person_id, organisation_ids in known.items():
                for organisation_id in organisation_ids:
                    found[organisation_id].add(person_id)
        return found
