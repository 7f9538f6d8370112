"""What challenges do when something happened to one of them: search shows it as it is now; writes rows only."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.accounts.moderating.events import TextHidden, TextRestored
from marketplace.accounts.moderating.queries import PublicText, public_texts
from marketplace.accounts.seeing.queries import opens
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import visible_to
from marketplace.challenges.translating import LISTS, PAIRS
from marketplace.db import db
from marketplace.events import Event, listens_to
from marketplace.organisations.queries import people_with_role
from marketplace.organisations.stages import Role
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


@public_texts("challenge")
def problem_statement(reference: str) -> PublicText | None:
    """What an agency says of its problem; those who write for it may object."""
    challenge = db.session.scalar(select(Challenge).where(Challenge.reference == reference))
    if challenge is None or not challenge.is_public or challenge.invited_only:
        return None
    said = (challenge.summary_vi, challenge.summary_en, challenge.description_vi, challenge.description_en)
    return PublicText(
        title=challenge.title_vi or challenge.title_en or challenge.reference,
        words="\n\n".join(text for text in said if text),
        address=f"/challenges/{challenge.slug}",
        authors=people_with_role(challenge.agency, Role.MEMBER),
    )


@listens_to(TextHidden, TextRestored)
def hide_or_show_again(event: TextHidden | TextRestored) -> None:
    """One that the operator hid is found by nobody and read only by those who have a part in it."""
    text = event.subject
    if text.kind == "challenge":
        found = db.session.scalars(select(Challenge).where(Challenge.reference == text.object_reference)).one()
        found.hidden_at = clock.now() if isinstance(event, TextHidden) else None
        db.session.flush()
        index_challenge(found)


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
