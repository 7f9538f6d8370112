"""The second envelope: answers that stay sealed beyond closing, opened once for all entries."""

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.entry_form.events import EnvelopeOpened
from marketplace.challenges.entry_form.models import EnvelopeOpening
from marketplace.challenges.entry_form.policy import ENVELOPE_OPENS, can_open_envelope
from marketplace.challenges.entry_form.queries import envelope_of
from marketplace.challenges.models import Challenge
from marketplace.db import db, hold
from marketplace.errors import WrongStage
from marketplace.events import announce


def open_envelope(challenge: Challenge, *, actor: Person) -> EnvelopeOpening:
    """Let agency and judges read the answers that were sealed; a second time answers the first opening.

    Raises Refused unless a manager of the agency, WrongStage while scores do not stand yet.
    """
    require(can_open_envelope, actor, challenge)
    hold(challenge)
    if challenge.stage not in ENVELOPE_OPENS:
        raise WrongStage("the second envelope is opened when scoring is over")
    known = envelope_of(challenge)
    if known is not None:
        return known
    opening = EnvelopeOpening(challenge=challenge, opened_by=actor, opened_at=clock.now())
    db.session.add(opening)
    db.session.flush()
    announce(EnvelopeOpened(actor=actor, subject=challenge))
    return opening
