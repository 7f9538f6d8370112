"""What readers see of a world, and what they see of it after a deed that they must not notice.

A page is made of the rows that it asks for, so after the deed only the pages are opened for which the same statements
with the same values find other rows now; the others ask the same, are told the same, and are the same. Both looks
happen in the same hour to come: what a deed stamps lies before the moment that the statements name.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, event

from marketplace import clock
from marketplace.db import db
from tests.site import Site

Page = tuple[int, str]
# a reader and an address
Place = tuple[str, str]
LATER = timedelta(hours=1)
_READING = re.compile(r"\W*(select|with)\b", re.IGNORECASE)
# They find no rows: the beginning of a transaction, and the time, which PostgreSQL is asked for.
_OF_NO_ROWS = ("BEGIN", "select clock_timestamp()")


class Look:
    """What each reader is answered at each address, without what matches `but`: what differs from time to time."""

    def __init__(self, sites: Mapping[str, Site], paths: Iterable[str], *, but: re.Pattern[str]) -> None:
        self._sites, self._but = sites, but
        self._asked: dict[Place, list[str]] = {}
        # by its text and values together: the statement, and its values
        self._questions: dict[str, tuple[str, Any]] = {}
        self.pages: dict[Place, Page] = {}
        addresses = [*paths]
        with clock.at(clock.now() + LATER):
            for place in [(name, path) for name in sites for path in addresses]:
                with self._asking(place):
                    self.pages[place] = self._opened(place)
        self._answers = self._answers_now()

    def again(self) -> dict[Place, Page]:
        """The pages as they are now."""
        answers = self._answers_now()
        changed = {question for question, rows in answers.items() if rows != self._answers[question]}
        with clock.at(clock.now() + LATER):
            return {
                place: page if changed.isdisjoint(self._asked[place]) else self._opened(place)
                for place, page in self.pages.items()
            }

    def changes(self) -> list[Place]:
        """Where something else stands now."""
        return [place for place, page in self.again().items() if page != self.pages[place]]

    def _opened(self, place: Place) -> Page:
        name, path = place
        site = self._sites[name].open(path)
        return site.status, self._but.sub("", site.html)

    @contextmanager
    def _asking(self, place: Place) -> Iterator[None]:
        """Note what the enclosed request asks the database."""
        asked = self._asked[place] = []

        def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
            if not statement.startswith(_OF_NO_ROWS):
                asked.append(question := f"{statement} {values!r}")
                self._questions[question] = statement, values

        event.listen(Engine, "before_cursor_execute", note)
        try:
            yield
        finally:
            event.remove(Engine, "before_cursor_execute", note)

    def _answers_now(self) -> dict[str, Any]:
        """What the database answers to all that was asked; to what was written, each time something else."""
        db.session.commit()
        connection = db.engine.raw_connection()
        try:
            cursor, answers = connection.cursor(), {}
            for question, (statement, values) in self._questions.items():
                if _READING.match(statement):
                    cursor.execute(statement, values)
                    answers[question] = cursor.fetchall()
                else:
                    answers[question] = object()
            return answers
        finally:
            connection.rollback()
            connection.close()
