"""Whether an agency kept its promise to decide by a day. Pure: what people said, and what the calendar says."""

import enum
from collections.abc import Sequence
from datetime import date

from marketplace.challenges.models import PledgeReport
from marketplace.challenges.stages import PledgeOutcome


class PledgeState(enum.StrEnum):
    """LATE: the day is over and nothing was said. KEPT_LATE: decided, after the day."""

    PROMISED = "promised"
    KEPT = "kept"
    LATE = "late"
    KEPT_LATE = "kept_late"
    DROPPED = "dropped"


def pledge_state(decision_on: date, reports: Sequence[PledgeReport], today: date) -> PledgeState:
    """Where the promise for `decision_on` stands on a day of Hanoi; the last of the reports holds."""
    if not reports:
        return PledgeState.PROMISED if today <= decision_on else PledgeState.LATE
    last = reports[-1]
    if last.outcome == PledgeOutcome.DROPPED or last.decided_on is None:
        return PledgeState.DROPPED
    return PledgeState.KEPT if last.decided_on <= decision_on else PledgeState.KEPT_LATE
