"""What the showcase does when results are published: search shows who won, with what; writes rows only."""

from collections.abc import Iterator

from marketplace.challenges.events import ResultsPublished
from marketplace.db import db
from marketplace.events import listens_to
from marketplace.judging.appealing.events import ResultsWithdrawn
from marketplace.judging.models import Decision, Result
from marketplace.search import services as search
from marketplace.search.services import Thing
from marketplace.showcase.queries import decision_on, published


@listens_to(ResultsPublished)
def show_in_search(event: ResultsPublished) -> None:
    """From now on everybody finds the winners."""
    db.session.flush()
    decision = decision_on(event.subject, None)
    if decision is not None:
        search.put(_thing(decision))


@listens_to(ResultsWithdrawn)
def hide_from_search(event: ResultsWithdrawn) -> None:
    """Nobody finds winners that are none any more."""
    search.drop("result", event.subject.slug)


@search.source("result")
def published_results() -> Iterator[Thing]:
    """Every published decision."""
    for decision in db.session.scalars(published()):
        yield _thing(decision)


def _thing(decision: Decision) -> Thing:
    challenge = decision.challenge
    return Thing(
        kind="result",
        slug=challenge.slug,
        title_vi=challenge.title_vi,
        title_en=challenge.title_en,
        text_vi=_said(decision, "vi"),
        text_en=_said(decision, "en"),
        field=challenge.field.value,
        house=challenge.agency.helix.value,
    )


def _said(decision: Decision, language: str) -> str:
    lines = [text for result in decision.winners for text in _words_of(result, language)]
    return "\n\n".join(text for text in [*lines, getattr(decision, f"reasons_{language}")] if text)


def _words_of(result: Result, language: str) -> list[str | None]:
    organisation = result.solution.organisation
    things = ((result, "award"), (result.entry, "title"), (organisation, "name"), (result, "citation"))
    return [getattr(thing, f"{name}_{language}", None) for thing, name in things]
