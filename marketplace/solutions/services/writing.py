"""Who wrote last in a section, from which open page; and how often the journal hears of it."""

from dataclasses import dataclass
from datetime import timedelta

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.db import db
from marketplace.solutions.models import Solution, Writing
from marketplace.solutions.queries.writers import writings_in

# saving by itself fills no journal: one line for each person, section and hour
TOLD_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class Pen:
    """What saves: the section, the key of the open page, the how-manieth time; `by_itself` where nobody pressed."""

    section: str
    form_key: str
    turn: int
    by_itself: bool = False


class Desk:
    """A section while its solution's row is held: who wrote there, read once. Without a pen nothing is remembered."""

    def __init__(self, solution: Solution, pen: Pen | None):
        self.solution, self.pen = solution, pen
        self.writings = writings_in(solution, pen.section) if pen is not None else []

    @property
    def is_same_page(self) -> bool:
        """Whether what stands in the section was saved from this very page."""
        return self.pen is not None and bool(self.writings) and self.writings[0].form_key == self.pen.form_key

    @property
    def is_late(self) -> bool:
        """Whether the same open page saved something newer before this request arrived."""
        return self.pen is not None and self.is_same_page and self.pen.turn < self.writings[0].turn

    def colleague_of(self, actor: Person) -> Writing | None:
        """What somebody else than the actor saved here last."""
        return next((each for each in self.writings if each.person_id != actor.id), None)

    def note_writing(self, actor: Person) -> bool:
        """Remember who wrote; answers whether the journal should hear of it."""
        pen, now = self.pen, clock.now()
        if pen is None:
            return True
        known = next((each for each in self.writings if each.person_id == actor.id), None)
        is_told = known is None or not pen.by_itself or known.told_at <= now - TOLD_EVERY
        if known is None:
            known = Writing(solution_id=self.solution.id, section=pen.section, person=actor)
            db.session.add(known)
        known.form_key, known.turn, known.saved_at = pen.form_key, pen.turn, now
        known.told_at = now if is_told else known.told_at
        return is_told
