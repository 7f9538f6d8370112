"""What the landing page counts, and what waits for a person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.accounts.models import Person
from marketplace.challenges import queries as challenges
from marketplace.challenges.stages import Stage
from marketplace.organisations import queries as organisations


@dataclass(frozen=True)
class Waiting:
    """Everything a person may go on with, by kind."""

    agencies: Any
    own_challenges: Any
    in_review: Any
    entrants: Any


def figures(at: datetime) -> dict[str, int]:
    """Challenges by phase."""
    return challenges.phase_counts(at)


def waiting_for(person: Person, *, with_drafts: bool) -> Waiting:
    """What waits for this person now; without drafts where an operator looks as them."""
    agencies = organisations.agencies_of(person)
    own = challenges.of_agencies([agency.id for agency in agencies])
    return Waiting(
        agencies=agencies,
        own_challenges=own if with_drafts else [each for each in own if each.stage != Stage.DRAFT],
        in_review=challenges.in_review() if person.is_operator else [],
        entrants=organisations.entrants_of(person),
    )
