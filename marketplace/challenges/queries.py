"""Questions about challenges; every read starts from visible_to."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Executable, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import joinedload

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge, Cohost, Guest
from marketplace.challenges.stages import HIDDEN, WITH_RESULTS, Field, Stage
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.organisations.queries import acting_for, organisations_of
from marketplace.organisations.stages import Role
from marketplace.search.queries import slugs_with_all

PHASES = ("open", "forecast", "closed", "judging", "results", "history")


def visible_to(person: Person | None) -> Select[Challenge]:
    """Public challenges; one's own agencies', and to which one is invited or judges; for operators all but drafts.

    Of nobody (None) those of which everybody may know.
    """
    found = select(Challenge)
    if person is None:
        return found.where(Challenge.is_listed)
    if person.is_auditor:
        return found
    own = acting_for(person)
    hosted = select(Cohost.challenge_id).where(Cohost.organisation_id.in_(own))
    seen: list[ColumnElement[bool]] = [
        and_(Challenge.is_listed),
        Challenge.agency_id.in_(own),
        Challenge.id.in_(hosted),
        and_(
            Challenge.stage.not_in(HIDDEN), or_(_inviting(person), *(Challenge.id.in_(door(person)) for door in _doors))
        ),
    ]
    if person.is_operator:
        seen.append(Challenge.stage != Stage.DRAFT)
    return found.where(or_(*seen))


_doors: list[Callable[[Person], Select[int]]] = []


def lets_in(door: Callable[[Person], Select[int]]) -> Callable[[Person], Select[int]]:
    """Register a query for ids of challenges that somebody sees by a part of theirs in a higher package: judges."""
    if door not in _doors:
        _doors.append(door)
    return door


def _inviting(person: Person) -> ColumnElement[bool]:
    own = acting_for(person)
    mine = or_(Guest.organisation_id.in_(own), Guest.email == person.email.casefold())
    return and_(Challenge.invited_only, Challenge.id.in_(select(Guest.challenge_id).where(mine)))


def inviting(person: Person, *, at: datetime) -> Sequence[Challenge]:
    """Challenges to which a person or their organisations are invited, that take solutions now or later."""
    return db.session.scalars(
        select(Challenge)
        .where(_inviting(person), Challenge.stage == Stage.PUBLISHED, Challenge.closes_at > at)
        .options(joinedload(Challenge.agency))
        .order_by(Challenge.closes_at, Challenge.id)
    ).all()


def get_guest(challenge: Challenge, reference: str) -> Guest:
    """Somebody invited to this challenge; raises NotFound."""
    found = next((each for each in challenge.guests if each.reference == reference), None)
    if found is None:
        raise NotFound(reference)
    return found


def get_challenge(slug: str, person: Person | None) -> Challenge:
    """The challenge at this address; raises NotFound if it does not exist for this person.

    Nearly always it is one of those of which everybody may know, and then nothing is asked about the person.
    """
    found = db.session.scalar(_known_at_address(), {"slug": slug})
    if found is None and person is not None:
        found = db.session.scalar(_at_address(visible_to(person)), {"slug": slug})
    if found is None:
        raise NotFound(slug)
    return found


@cache
def _known_at_address() -> Select[Challenge]:
    return _at_address(visible_to(None))


def _at_address(seen: Select[Challenge]) -> Select[Challenge]:
    return seen.where(Challenge.slug == bindparam("slug")).options(joinedload(Challenge.agency))


def hidden_challenge(slug: str, person: Person | None) -> Challenge:
    """The public challenge at this address that the operator hid from this person; raises NotFound."""
    hidden = Challenge.hidden_at.is_not(None) & Challenge.stage.not_in(HIDDEN) & Challenge.invited_only.is_(False)
    seen = visible_to(person).with_only_columns(Challenge.id)
    found = db.session.scalar(select(Challenge).where(Challenge.slug == slug, hidden, Challenge.id.not_in(seen)))
    if found is None:
        raise NotFound(slug)
    return found


def public_list(
    *, at: datetime, words: str = "", phase: str | None = None, field: Field | None = None, **tags: str
) -> Select[Challenge]:
    """Public challenges that hold all the words (diacritics or not), open ones first, the next to close on top.

    `tags` are list_batch and list_group of the city's list; empty ones ask for nothing.
    """
    found = visible_to(None).options(joinedload(Challenge.agency))
    if words.strip():
        found = found.where(Challenge.slug.in_(slugs_with_all(words, kind="challenge")))
    if field is not None:
        found = found.where(Challenge.field == field)
    for name, value in tags.items():
        found = found.where(getattr(Challenge, name) == value) if value else found
    if phase in PHASES:
        found = found.where(_in_phase(phase, at))
    is_open = _in_phase("open", at)
    return found.order_by(
        is_open.desc(),
        _in_phase("forecast", at).desc(),
        case((is_open, Challenge.closes_at)),
        Challenge.closes_at.desc(),
        Challenge.id,
    )


def tags_listed(name: str) -> Sequence[str]:
    """The values of list_batch or list_group that public challenges have, in order."""
    column = getattr(Challenge, name)
    return db.session.scalars(
        select(column).where(Challenge.is_listed, column.is_not(None)).distinct().order_by(column)
    ).all()


def _in_phase(phase: str, at: datetime | BindParameter[Any]) -> ColumnElement[bool]:
    published = Challenge.stage == Stage.PUBLISHED
    match phase:
        case "open":
            return and_(published, Challenge.opens_at <= at, Challenge.closes_at > at)
        case "forecast":
            return and_(published, Challenge.opens_at > at)
        case "closed":
            return and_(published, Challenge.closes_at <= at)
        case "judging":
            return Challenge.stage.in_([Stage.SCREENING, Stage.JUDGING, Stage.DELIBERATION, Stage.DECIDED])
        case "results":
            return Challenge.stage.in_(WITH_RESULTS)
        case _:
            return Challenge.stage.in_([Stage.HISTORY, Stage.CANCELLED, Stage.NOT_AWARDED, Stage.REVOKED])


def phase_counts(at: datetime) -> dict[str, int]:
    """How many public challenges are in each phase now, in one query."""
    return dict(db.session.execute(_phases_counted(), {"at": at}).one()._mapping)


@cache
def _phases_counted() -> Executable:
    """Made once: to write it takes longer than to answer it."""
    at = bindparam("at", type_=Challenge.opens_at.type)
    columns = [func.count().filter(_in_phase(phase, at)).label(phase) for phase in PHASES]
    return select(*columns).select_from(Challenge).where(Challenge.is_listed)


def closing_soon(at: datetime, limit: int = 6) -> Sequence[Challenge]:
    """Open challenges, the next to close first."""
    return db.session.scalars(
        visible_to(None)
        .where(_in_phase("open", at))
        .options(joinedload(Challenge.agency))
        .order_by(Challenge.closes_at, Challenge.id)
        .limit(limit)
    ).all()


def in_review() -> Sequence[Challenge]:
    """What waits for the operator, the longest waiting first."""
    return db.session.scalars(
        select(Challenge)
        .where(Challenge.stage == Stage.IN_REVIEW)
        .options(joinedload(Challenge.agency))
        .order_by(Challenge.id)
    ).all()


def _hosted_by(organisation_ids: Sequence[int]) -> Select[int]:
    return select(Cohost.challenge_id).where(
        Cohost.organisation_id.in_(organisation_ids), Cohost.accepted_at.is_not(None)
    )


def of_agencies(agency_ids: Sequence[int]) -> Sequence[Challenge]:
    """All challenges of these agencies in whatever stage, newest first."""
    if not agency_ids:
        return []
    return db.session.scalars(
        select(Challenge)
        .where(or_(Challenge.agency_id.in_(agency_ids), Challenge.id.in_(_hosted_by(agency_ids))))
        .options(joinedload(Challenge.agency))
        .order_by(Challenge.id.desc())
    ).all()


def invited_to_host(person: Person) -> Sequence[Cohost]:
    """What a person's organisations were asked to host and have not answered."""
    own = [each.id for each in organisations_of(person, Role.MANAGER)]
    if not own:
        return []
    return db.session.scalars(
        select(Cohost)
        .where(Cohost.organisation_id.in_(own), Cohost.accepted_at.is_(None))
        .options(joinedload(Cohost.challenge).joinedload(Challenge.agency), joinedload(Cohost.organisation))
        .order_by(Cohost.id)
    ).all()


def get_cohost(challenge: Challenge, reference: str) -> Cohost:
    """Somebody asked to host this challenge; raises NotFound."""
    found = next((each for each in challenge.cohosts if each.reference == reference), None)
    if found is None:
        raise NotFound(reference)
    return found


def challenge_by_slug(slug: str) -> Challenge | None:
    return db.session.scalar(select(Challenge).where(Challenge.slug == slug))


def challenge_by_source(url: str) -> Challenge | None:
    return db.session.scalar(select(Challenge).where(Challenge.source_url == url))
