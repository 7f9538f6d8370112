"""Forms pressed by several fingers at one moment: whoever comes second is answered in words.

DEEP=1 (`make test-deep`) presses every form there is; without it one of four.
"""

import os
from collections import Counter
from threading import Barrier, Thread

import pytest

from tests.trust.crowd import Answer
from tests.trust.dealing import dealt, share
from tests.trust.forms import Form

FINGERS = 3
# On SQLite writers stand in one queue from their first statement, so nothing can meet.
pytestmark = pytest.mark.skipif(not os.environ.get("TEST_DATABASE_URL"), reason="only on PostgreSQL: SQLite queues")


def pressed_at_once(town, form: Form) -> list[Answer]:
    """What each of them gets for the same form, filled in as far as it is empty."""
    fields, files = form.completed()
    barrier, answers = Barrier(FINGERS), []

    def press() -> None:
        with town.app.app_context():
            barrier.wait()
            answers.append(town.crowd.post(form.role, form.action, fields, files=files))

    threads = [Thread(target=press) for _ in range(FINGERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_no_form_pressed_by_several_at_once_makes_the_site_fail(town):
    failed, statuses = [], Counter()
    for form in dealt(town.forms, 4):
        answers = pressed_at_once(town, form)
        town.before.go_back()
        statuses.update(answer.status for answer in answers)
        failed += [str(answer) for answer in answers if answer.status >= 500]

    assert failed == []
    assert statuses[303] > 30 / share(4)
