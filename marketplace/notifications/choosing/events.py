"""What happens to somebody's choice of letters; the subject is the person."""

from marketplace.events import Event


class LettersChosen(Event):
    """Somebody chose how letters reach them; facts["changed"] says what."""
