"""Which look is going on, and which pages it opens: only those named here; everything else stays closed."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.accounts.seeing.models import Viewing
from marketplace.accounts.seeing.policy import can_see_as
from marketplace.db import db

Shown = Callable[[Person, dict[str, Any]], bool]
# Whatever a package above may add to a page stays away: only these know nothing of entries, drafts and scores.
SLOTS_FROM = ("marketplace.accounts.", "marketplace.organisations.")
_shown: dict[str, Shown] = {}


def opens(*endpoints: str) -> Callable[[Shown], Shown]:
    """Register what says whether these pages, with these arguments, may be looked at by the operator (who is given)."""

    def register(shown: Shown) -> Shown:
        _shown.update(dict.fromkeys(endpoints, shown))
        return shown

    return register


def is_shown(endpoint: str | None, arguments: dict[str, Any], *, operator: Person) -> bool:
    """Whether a look opens this page."""
    shown = _shown.get(endpoint or "")
    return shown is not None and shown(operator, arguments)


@opens(
    "home.index", "home.work", "accounts.show", "organisations.index", "organisations.members", "organisations.glossary"
)
def own_rooms(_operator: Person, _arguments: dict[str, Any]) -> bool:
    """The person's own rooms, without what higher packages put there."""
    return True


@opens("terms.show_terms", "terms.show_privacy", "terms.consents")
def own_consents(_operator: Person, _arguments: dict[str, Any]) -> bool:
    """What the person agreed to."""
    return True


def open_viewing(operator: Person, reference: str) -> Viewing | None:
    """The operator's look with this reference, while it lasts and they may."""
    found = select(Viewing).where(Viewing.reference == reference, Viewing.operator_id == operator.id)
    in_time = found.where(Viewing.ended_at.is_(None), Viewing.ends_at > clock.now())
    viewing = db.session.scalar(in_time.options(joinedload(Viewing.person)))
    return viewing if viewing is not None and can_see_as(operator, viewing.person) else None
