"""Who fills a data room, who enters it, who reads its ledger: pure questions."""

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.challenges.policy import can_edit_challenge
from marketplace.challenges.stages import Stage
from marketplace.organisations.policy import has_role
from marketplace.organisations.stages import Role

# While it is answered and judged; with the results the room closes for everybody but its agency.
_ENTERED = frozenset({Stage.PUBLISHED, Stage.SCREENING, Stage.JUDGING, Stage.DELIBERATION, Stage.DECIDED})
_FILLED = frozenset({Stage.DRAFT, Stage.IN_REVIEW, Stage.PUBLISHED})


def can_fill_room(actor: Person | None, challenge: Challenge) -> bool:
    """Whoever writes the challenge."""
    return can_edit_challenge(actor, challenge)


def may_be_filled(challenge: Challenge) -> bool:
    """Whether files and undertaking may still change: as long as it may be answered."""
    return challenge.stage in _FILLED


def can_enter_room(actor: Person | None, challenge: Challenge) -> bool:
    """Anybody signed in who sees the challenge, but its own people: they need no undertaking."""
    return actor is not None and challenge.stage in _ENTERED and not can_fill_room(actor, challenge)


def can_read_room_ledger(actor: Person | None, challenge: Challenge) -> bool:
    """The people of its hosts, and auditors."""
    if actor is None:
        return False
    return actor.is_auditor or any(has_role(actor, organisation, Role.VIEWER) for organisation in challenge.hosts)
