"""Giving an organisation's word of confidentiality."""

from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.events import announce
from marketplace.organisations.confidentiality.events import ConfidentialityUndertaken
from marketplace.organisations.confidentiality.models import Undertaking
from marketplace.organisations.confidentiality.policy import can_undertake
from marketplace.organisations.confidentiality.queries import undertaking_of
from marketplace.organisations.confidentiality.texts import CURRENT, hash_of
from marketplace.organisations.models import Organisation


def undertake(
    organisation: Organisation, about: str, *, actor: Person, language: str, facts: dict[str, Any] | None = None
) -> Undertaking:
    """Give the organisation's word about the thing with this reference, to the current text as read in `language`.

    A second time gives the first line back. `facts` go to the journal, such as until when it is sealed. Raises Refused.
    """
    require(can_undertake, actor, organisation)
    hold(organisation)
    known = undertaking_of(organisation, about)
    if known is not None and known.text_version == CURRENT:
        return known
    given = Undertaking(
        organisation=organisation,
        about=about,
        person=actor,
        text_version=CURRENT,
        text_hash=hash_of(CURRENT),
        language=language,
        given_at=clock.now(),
    )
    db.session.add(given)
    db.session.flush()
    announce(ConfidentialityUndertaken(actor=actor, subject=given, facts=facts or {}))
    return given
