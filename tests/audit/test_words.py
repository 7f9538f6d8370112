"""Every event has a word."""

from marketplace.audit.words import EVENTS
from marketplace.events import Event


def kinds_of(kind):
    for each in kind.__subclasses__():
        yield each
        yield from kinds_of(each)


def test_every_event_has_a_word_and_every_word_an_event(app):
    names = {kind.__name__ for kind in kinds_of(Event) if kind.__module__.startswith("marketplace.")}

    assert names == set(EVENTS)


def test_no_two_events_have_the_same_word(app):
    with app.test_request_context("/en/"):
        words = [str(word) for word in EVENTS.values()]

    assert len(words) == len(set(words))
