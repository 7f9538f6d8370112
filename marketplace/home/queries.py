"""What the landing page counts, and what waits for a person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.accounts.models import Person
from marketplace.challenges import queries as challenges
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


def waiting_for(person: Person) -> Waiting:
    """What waits for this person now."""
    agencies = organisations.agencies_of(person)
    return Waiting(
        agencies=agencies,
        own_challenges=challenges.of_agencies([agency.id for agency in agencies]),
        in_review=challenges.in_review() if person.is_operator else [],
        entrants=organisations.entrants_of(person),
    )
