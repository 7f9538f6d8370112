"""What stands in place of a page whose text the operator took from sight."""

from flask.typing import ResponseReturnValue

from marketplace.accounts.models import Person
from marketplace.accounts.moderating.policy import can_moderate, can_object
from marketplace.accounts.moderating.queries import hidden, is_hidden, public_text, reported
from marketplace.db import db
from marketplace.pages import me, page


def unseen_by(person: Person | None, kind: str) -> set[str]:
    """References of the texts of this kind that are hidden from this reader: operators and authors see theirs."""
    if can_moderate(person):
        return set()
    found = db.session.scalars(hidden(kind)).all()
    return {each for each in found if not can_object(person, {one.id for one in public_text(kind, each).authors})}


def hidden_page(kind: str, reference: str, *, title: str) -> ResponseReturnValue | None:
    """The page that says so, to everybody but authors and operators; None where the text is seen."""
    if not is_hidden(kind, reference) or can_moderate(me()):
        return None
    if can_object(me(), {each.id for each in public_text(kind, reference).authors}):
        return None
    text = reported(kind, reference)
    return page("moderating/hidden.html", title=title, hidden_at=text.decided_at if text else None)
