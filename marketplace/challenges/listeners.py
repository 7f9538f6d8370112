"""What challenges do when something happened to one of them: search shows it as it is now; writes rows only."""

from collections.abc import Iterator
from typing import Any

from marketplace.accounts.models import Person
from marketplace.accounts.seeing.queries import opens
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import visible_to
from marketplace.challenges.translating import LISTS, PAIRS
from marketplace.db import db
from marketplace.events import Event, listens_to
from marketplace.search import services as search
from marketplace.search.services import Thing

_TEXTS = ("theme", *(name for name in PAIRS if name != "title"), "judging")


@opens("challenges.show")
def operator_sees_it_too(operator: Person, arguments: dict[str, Any]) -> bool:
    """Looking as somebody else opens no draft: only challenges that the operator sees as well."""
    found = visible_to(operator).where(Challenge.slug == arguments["slug"]).with_only_columns(Challenge.id)
    return db.session.scalar(found) is not None


@listens_to(Event)
def show_in_search(event: Event) -> None:
    """Whatever happened to a challenge, search holds what everybody may see of it, or nothing."""
    if isinstance(event.subject, Challenge):
        index_challenge(event.subject)


def index_challenge(challenge: Challenge) -> None:
    """Let everybody find a public challenge, and nobody another."""
    if challenge.is_listed:
        search.put(_thing(challenge))
    else:
        search.drop("challenge", challenge.slug)


@search.source("challenge")
def public_challenges() -> Iterator[Thing]:
    """Every challenge that everybody may see."""
    for challenge in db.session.scalars(visible_to(None).order_by(Challenge.id)):
        yield _thing(challenge)


def _thing(challenge: Challenge) -> Thing:
    agency = challenge.agency
    return Thing(
        kind="challenge",
        slug=challenge.slug,
        title_vi=challenge.title_vi,
        title_en=challenge.title_en,
        text_vi=_said(challenge, "vi"),
        text_en=_said(challenge, "en"),
        tags=tuple(
            text
            for text in (
                *(challenge.reference, challenge.list_batch, challenge.list_group),
                *(agency.name_vi, agency.name_en, *_capabilities(challenge)),
            )
            if text
        ),
        field=challenge.field.value,
        house=agency.helix.value,
        closes_at=challenge.closes_at,
    )


def _said(challenge: Challenge, language: str) -> str:
    texts = [getattr(challenge, f"{name}_{language}") for name in _TEXTS]
    lines = (line for name in LISTS if name != "capabilities" for line in getattr(challenge, name) or [])
    texts += [line.get(language) for line in lines]
    return "\n\n".join(text for text in texts if text)


def _capabilities(challenge: Challenge) -> list[str]:
    return [text for line in challenge.capabilities or [] for text in line.values() if text]
