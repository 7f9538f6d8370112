"""What stands in place of a page whose text the operator took from sight."""

from flask.typing import ResponseReturnValue

from marketplace.accounts.moderating.policy import can_moderate, can_object
from marketplace.accounts.moderating.queries import is_hidden, public_text, reported
from marketplace.pages import me, page


def hidden_page(kind: str, reference: str, *, title: str) -> ResponseReturnValue | None:
    """The page that says so, to everybody but authors and operators; None where the text is seen."""
    if not is_hidden(kind, reference) or can_moderate(me()):
        return None
    if can_object(me(), {each.id for each in public_text(kind, reference).authors}):
        return None
    return page("moderating/hidden.html", title=title, text=reported(kind, reference))
