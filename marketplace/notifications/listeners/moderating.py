"""Letters about public texts that the operator hid or showed again."""

from marketplace.accounts.moderating.events import ObjectionRefused, TextHidden, TextRestored
from marketplace.accounts.moderating.queries import about
from marketplace.events import Event, listens_to
from marketplace.notifications.services import PRIVATE, write_letter


@listens_to(TextHidden, TextRestored, ObjectionRefused)
def tell_authors(event: Event) -> None:
    """To whoever wrote it; who that is stays unknown to operators where authors are unnamed."""
    text = event.subject
    found = about(text)
    for person in found.authors if found else ():
        sealed = PRIVATE if found and found.authors_are_secret else None
        what = type(event).__name__
        write_letter("text_moderated", to=person, text=text, found=found, what=what, sealed_until=sealed)
