"""Questions about introductions. What two organisations write to each other is visible to the two alone."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.matching.introductions.models import Block, Introduction, Message, Report
from marketplace.matching.introductions.rules import REST_AFTER_DECLINE
from marketplace.matching.introductions.stages import STANDING, Milestone, Stage
from marketplace.matching.models import Suggestion
from marketplace.organisations.audiences import opens, partner_ids
from marketplace.organisations.confidentiality.queries import undertaking_of
from marketplace.organisations.models import Membership, Organisation
from marketplace.organisations.queries import organisations_of
from marketplace.organisations.stages import Audience, Role


def visible_to(person: Person | None) -> Select[Introduction]:
    """Those of the organisations for which a person reads and writes."""
    mine = select(Membership.organisation_id).where(
        Membership.person_id == (person.id if person else None),
        Membership.ended_at.is_(None),
        Membership.role != Role.VIEWER,
        Membership.organisation.has(Organisation.suspended_at.is_(None)),
    )
    return select(Introduction).where(or_(Introduction.asker_id.in_(mine), Introduction.asked_id.in_(mine)))


def introductions_of(person: Person) -> Sequence[Introduction]:
    """All of them, those that wait for an answer first, then the newest."""
    return db.session.scalars(
        visible_to(person)
        .options(
            joinedload(Introduction.asker),
            joinedload(Introduction.asked),
            joinedload(Introduction.challenge),
        )
        .order_by(Introduction.stage != Stage.ASKED, Introduction.id.desc())
    ).all()


def get_introduction(reference: str, person: Person | None) -> Introduction:
    """The introduction with this reference; raises NotFound for everybody but the two sides."""
    found = db.session.scalar(
        visible_to(person)
        .where(Introduction.reference == reference)
        .options(
            joinedload(Introduction.asker),
            joinedload(Introduction.asked),
            selectinload(Introduction.messages).options(joinedload(Message.organisation), joinedload(Message.author)),
        )
    )
    if found is None:
        raise NotFound(reference)
    return found


def waiting_for(person: Person) -> Sequence[Introduction]:
    """Those that a person's organisations were asked for and have not answered, the most urgent first."""
    mine = [organisation.id for organisation in organisations_of(person, Role.MEMBER)]
    if not mine:
        return []
    return db.session.scalars(
        select(Introduction)
        .where(Introduction.stage == Stage.ASKED, Introduction.asked_id.in_(mine))
        .options(joinedload(Introduction.asker))
        .order_by(Introduction.due_at, Introduction.id)
    ).all()


def standing_between(one: Organisation, other: Organisation) -> Introduction | None:
    """The introduction that keeps the two busy with each other now, whoever asked."""
    return db.session.scalar(
        select(Introduction).where(Introduction.pair == pair_of(one, other), Introduction.stage.in_(STANDING))
    )


def pair_of(one: Organisation, other: Organisation) -> str:
    """One name for the two, whoever asks."""
    return ":".join(str(number) for number in sorted((one.id, other.id)))


def asked_since(asker: Organisation, moment: datetime) -> int:
    """How many others the organisation asked after a moment."""
    found = select(func.count()).where(Introduction.asker_id == asker.id, Introduction.asked_at > moment)
    return db.session.scalar(found) or 0


def waiting_count(asker: Organisation) -> int:
    """How many of its requests wait for an answer."""
    found = select(func.count()).where(Introduction.asker_id == asker.id, Introduction.stage == Stage.ASKED)
    return db.session.scalar(found) or 0


def rests_until(asker: Organisation, asked: Organisation) -> datetime | None:
    """Until when the organisation does not ask the other again, because it declined; None where it never did."""
    declined = db.session.scalar(
        select(func.max(Introduction.answered_at)).where(
            Introduction.asker_id == asker.id,
            Introduction.asked_id == asked.id,
            Introduction.stage == Stage.DECLINED,
        )
    )
    return declined + REST_AFTER_DECLINE if declined else None


def block_between(organisation: Organisation, blocked: Organisation) -> Block | None:
    """The organisation's word that it takes no requests from the other one."""
    return db.session.scalar(
        select(Block).where(Block.organisation_id == organisation.id, Block.blocked_id == blocked.id)
    )


def blocks_of(organisations: Sequence[Organisation]) -> Sequence[Block]:
    """Whom these organisations have blocked."""
    return db.session.scalars(
        select(Block)
        .where(Block.organisation_id.in_([each.id for each in organisations]))
        .options(joinedload(Block.blocked))
        .order_by(Block.id)
    ).all()


def was_suggested(challenge: Challenge | None, organisation: Organisation) -> bool:
    """Whether the system suggests the organisation for the challenge now."""
    if challenge is None:
        return False
    found = select(Suggestion.id).where(
        Suggestion.challenge_id == challenge.id, Suggestion.organisation_id == organisation.id
    )
    return db.session.scalar(found) is not None


def may_read_confidential(introduction: Introduction, side: Organisation) -> bool:
    """Whether a side gave its word, so that what the other one writes in confidence is shown to it."""
    return undertaking_of(side, introduction.reference) is not None


def day_before(moment: datetime) -> datetime:
    """Since when requests count for the limit of a day."""
    return moment - timedelta(days=1)


@opens(Audience.PARTNER)
def is_in_touch(person: Person, organisation: Organisation) -> bool:
    """Whether an organisation for which the person deals with others is in touch with this one now."""
    mine, other = partner_ids(person), organisation.id
    pair = or_(
        and_(Introduction.asker_id == other, Introduction.asked_id.in_(mine)),
        and_(Introduction.asked_id == other, Introduction.asker_id.in_(mine)),
    )
    found = select(Introduction.id).where(Introduction.stage == Stage.ACCEPTED, pair)
    return db.session.scalar(found.limit(1)) is not None


def contracts_since(
    moment: datetime, *, between: tuple[Collection[int], Collection[int]]
) -> Sequence[tuple[int, int, int, bool]]:
    """Contracts signed since then by an organisation of either side: the two, who reported it, whether both did."""
    one, other = between
    pair = or_(
        and_(Introduction.asker_id.in_(one), Introduction.asked_id.in_(other)),
        and_(Introduction.asker_id.in_(other), Introduction.asked_id.in_(one)),
    )
    rows = db.session.execute(
        select(Introduction.asker_id, Introduction.asked_id, Report.organisation_id, Report.confirmed_at)
        .join(Report, Report.introduction_id == Introduction.id)
        .where(Report.milestone == Milestone.CONTRACT, Report.happened_on >= moment.date(), pair)
        .order_by(Report.id)
    )
    return [(asker, asked, reporter, confirmed is not None) for asker, asked, reporter, confirmed in rows]
