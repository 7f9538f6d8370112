"""What the showcase does when results are published: search shows who won, with what; writes rows only."""

from collections.abc import Iterator

from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.moderating.events import TextHidden, TextRestored
from marketplace.accounts.moderating.queries import PublicText, public_texts
from marketplace.challenges.events import ResultsPublished
from marketplace.db import db
from marketplace.events import listens_to
from marketplace.judging.appealing.events import ResultsWithdrawn
from marketplace.judging.models import Decision, Result
from marketplace.search import services as search
from marketplace.search.services import Thing
from marketplace.showcase.queries import decision_on, published
from marketplace.solutions.models import Solution
from marketplace.solutions.queries.consortium import people_of


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


@public_texts("result")
def winner(reference: str) -> PublicText | None:
    """What is said of the winning entry with this reference; its people may object."""
    result = _result(reference)
    if result is None:
        return None
    said = (result.entry.public_content.get("summary"), result.citation_vi, result.citation_en)
    return PublicText(
        title=result.entry.title_vi or result.entry.title_en or reference,
        words="\n\n".join(text for text in said if text),
        address=f"/results/{result.decision.challenge.slug}",
        authors=people_of(result.solution),
    )


@listens_to(TextHidden, TextRestored)
def hide_or_show_winner(event: TextHidden | TextRestored) -> None:
    """Of one that the operator hid everybody reads who won which award, and nothing else."""
    text = event.subject
    result = _result(text.object_reference) if text.kind == "result" else None
    if result is not None:
        result.hidden_at = clock.now() if isinstance(event, TextHidden) else None
        db.session.flush()
        search.put(_thing(result.decision))


def _result(reference: str) -> Result | None:
    """The published award of the entry with this reference."""
    shown = published().with_only_columns(Decision.id).order_by(None)
    found = select(Result).join(Result.solution).where(Result.awarded, Result.decision_id.in_(shown))
    return db.session.scalar(found.where(Solution.reference == reference))


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
    if result.hidden_at is not None:
        return [getattr(result, f"award_{language}"), getattr(organisation, f"name_{language}")]
    things = ((result, "award"), (result.entry, "title"), (organisation, "name"), (result, "citation"))
    return [getattr(thing, f"{name}_{language}", None) for thing, name in things]
