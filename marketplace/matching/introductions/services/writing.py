"""Writing to the other side by relay, in confidence or not, and showing contacts once both sides are ready."""

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.errors import Unhappened, WrongStage
from marketplace.events import announce
from marketplace.matching.introductions.events import ContactOffered, MessageRelayed
from marketplace.matching.introductions.models import Contact, Introduction, Message
from marketplace.matching.introductions.policy import can_see_introduction, side_of
from marketplace.matching.introductions.queries import may_read_confidential
from marketplace.matching.introductions.services.asking import sealed
from marketplace.matching.introductions.stages import STANDING, Stage
from marketplace.organisations.confidentiality.models import Undertaking
from marketplace.organisations.confidentiality.services import undertake
from marketplace.organisations.models import Organisation


class UndertakeFirst(Unhappened):
    """Whoever writes in confidence gives the own word too, so that it holds in both directions."""

    status = 422


def relay_message(introduction: Introduction, *, actor: Person, text: str, in_confidence: bool = False) -> Message:
    """Write to the other side, who get a letter. Raises Refused, WrongStage unless accepted, UndertakeFirst."""
    side = _own_side(introduction, actor)
    hold(introduction)
    if introduction.stage != Stage.ACCEPTED:
        raise WrongStage("the two do not write to each other")
    if in_confidence and not may_read_confidential(introduction, side):
        raise UndertakeFirst(introduction.reference)
    message = Message(
        introduction=introduction,
        organisation=side,
        author=actor,
        text=text,
        is_confidential=in_confidence,
        written_at=clock.now(),
    )
    db.session.add(message)
    db.session.flush()
    facts = sealed(introduction)
    announce(MessageRelayed(actor=actor, subject=introduction, facts=facts, unsaid={"message": message}))
    return message


def undertake_confidentiality(introduction: Introduction, *, actor: Person, language: str) -> Undertaking:
    """Give the own side's word about what the other shows in confidence. Raises Refused, WrongStage once it is over."""
    side = _own_side(introduction, actor)
    hold(introduction)
    if introduction.stage not in STANDING:
        raise WrongStage("there is nothing to read any more")
    return undertake(side, introduction.reference, actor=actor, language=language, facts=sealed(introduction))


def offer_contact(introduction: Introduction, *, actor: Person) -> None:
    """Be the one whom the other side may reach, shown once it names somebody too; a second time changes nothing.

    Raises Refused, WrongStage unless accepted.
    """
    side = _own_side(introduction, actor)
    hold(introduction)
    if introduction.stage != Stage.ACCEPTED:
        raise WrongStage("the other side has not said yes")
    db.session.expire(introduction, ["contacts"])
    if any(contact.organisation_id == side.id for contact in introduction.contacts):
        return
    contact = Contact(introduction=introduction, organisation_id=side.id, person=actor, ready_at=clock.now())
    db.session.add(contact)
    db.session.flush()
    both = len(introduction.contacts) > 1
    facts = {"side": side.reference, "both": both, **sealed(introduction)}
    announce(ContactOffered(actor=actor, subject=introduction, facts=facts))


def _own_side(introduction: Introduction, actor: Person) -> Organisation:
    require(can_see_introduction, actor, introduction)
    side = side_of(actor, introduction)
    assert side is not None  # noqa: S101 - whoever may see it has a side
    return side
