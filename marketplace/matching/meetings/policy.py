"""Who may do what with a meeting: pure questions."""

from marketplace.accounts.models import Person
from marketplace.matching.introductions.models import Introduction
from marketplace.matching.introductions.policy import side_of
from marketplace.matching.meetings.models import Meeting


def can_propose_meeting(actor: Person | None, introduction: Introduction) -> bool:
    """Members of either side."""
    return side_of(actor, introduction) is not None


def can_change_meeting(actor: Person | None, meeting: Meeting) -> bool:
    """Members of either side: other times, calling it off, saying whether it was held."""
    return side_of(actor, meeting.introduction) is not None


def can_choose_time(actor: Person | None, meeting: Meeting) -> bool:
    """Members of the side that did not propose the times."""
    side = side_of(actor, meeting.introduction)
    return side is not None and side.id != meeting.proposer_id
