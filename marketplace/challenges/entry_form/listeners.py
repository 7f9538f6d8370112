"""What entry forms do when something happened to a challenge; writes rows only."""

from marketplace.challenges.entry_form import translating as _texts  # noqa: F401 - it registers itself when imported
from marketplace.challenges.entry_form.services.borrowing import copy_rows
from marketplace.challenges.events import ChallengeCopied
from marketplace.challenges.services import note_translations
from marketplace.challenges.translating import translations_of
from marketplace.events import listens_to


@listens_to(ChallengeCopied)
def copy_form(event: ChallengeCopied) -> None:
    """A copied challenge asks what the other one asks; whoever copies stands by the translations, as of its texts."""
    before = translations_of(event.subject)
    copy_rows(event.subject, event.unsaid["source"])
    if event.actor is not None:
        note_translations(event.subject, before, actor=event.actor)
