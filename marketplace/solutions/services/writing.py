"""Who wrote last in a section, from which open page; and how often the journal hears of it."""

from dataclasses import dataclass
from datetime import timedelta

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.db import db
from marketplace.solutions.models import Solution, Writing
from marketplace.solutions.queries.writers import last_writing, writing_of

# saving by itself fills no journal: one line for each person, section and hour
TOLD_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class Pen:
    """What saves: the section, the key of the open page, the how-manieth time; `by_itself` where nobody pressed."""

    section: str
    form_key: str
    turn: int
    by_itself: bool = False


def is_late(solution: Solution, pen: Pen) -> bool:
    """Whether the same open page saved something newer before this request arrived; the solution's row is held."""
    last = last_writing(solution, pen.section)
    return last is not None and last.form_key == pen.form_key and pen.turn < last.turn


def is_same_page(solution: Solution, pen: Pen) -> bool:
    """Whether what stands in the section was saved from this very page."""
    last = last_writing(solution, pen.section)
    return last is not None and last.form_key == pen.form_key


def note_writing(solution: Solution, actor: Person, pen: Pen) -> bool:
    """Remember who wrote; answers whether the journal should hear of it."""
    now, known = clock.now(), writing_of(solution, actor, pen.section)
    is_told = known is None or not pen.by_itself or known.told_at <= now - TOLD_EVERY
    if known is None:
        known = Writing(solution_id=solution.id, section=pen.section, person=actor)
        db.session.add(known)
    known.form_key, known.turn, known.saved_at = pen.form_key, pen.turn, now
    known.told_at = now if is_told else known.told_at
    return is_told
