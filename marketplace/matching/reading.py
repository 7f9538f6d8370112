"""Public profiles as the database has them: what every organisation shows to everyone.

Nothing of drafts, entries, members or messages. Columns are read, not things with a life: a city has many.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace import clock
from marketplace.accounts.moderating.queries import hidden
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import visible_to as challenges_visible_to
from marketplace.challenges.stages import WITH_RESULTS
from marketplace.db import db
from marketplace.matching.profiles import Piece, Profile, joined
from marketplace.organisations.freshness import is_stale
from marketplace.organisations.models import Organisation, Place, TrackRecord
from marketplace.organisations.queries import visible_to
from marketplace.organisations.stages import Audience
from marketplace.relevance.concepts import topic_label
from marketplace.solutions.models import Solution
from marketplace.solutions.stages import Stage as SolutionStage
from marketplace.text import fold, format_day

# So many organisations are read at once.
CHUNK = 2_000
# A tax code has ten digits; those of branches follow after a hyphen.
_HEAD_DIGITS = 10


def read_profiles(ids: Collection[int] | None = None) -> Iterator[list[Profile]]:
    """The profiles of all organisations, or of those with these ids as far as they are public, some at a time."""
    awards, last = _awards(), 0
    while True:
        chosen = _organisations().where(Organisation.id > last).limit(CHUNK)
        if ids is not None:
            chosen = chosen.where(Organisation.id.in_(ids))
        found = db.session.execute(chosen).all()
        if found:
            last = found[-1].id
            records = _records([row.id for row in found])
            yield [_profile(row, records.get(row.id, []), awards.get(row.id, 0)) for row in found]
        if len(found) < CHUNK:
            return


def suggestible() -> Select[Organisation]:
    """Organisations that may be suggested: listed, not suspended, their profile not taken from sight."""
    seen = visible_to(None).where(Organisation.reference.not_in(hidden("organisation")))
    return seen.where(Organisation.suspended_at.is_(None))


def _organisations() -> Select[Any]:
    named = (Organisation.id, Organisation.slug, Organisation.helix, Organisation.tax_code, Organisation.owner_group)
    told = (Organisation.summary_vi, Organisation.summary_en, Organisation.capabilities, Organisation.concepts)
    facts = (Organisation.trl_from, Organisation.trl_to, Organisation.created_at, Organisation.confirmed_at)
    places = (Place.name_vi.label("place_vi"), Place.name_en.label("place_en"))
    columns: tuple[Any, ...] = (*named, *told, *facts, *places)
    return (
        suggestible()
        .with_only_columns(*columns)
        .outerjoin(Place, Place.code == Organisation.place_code)
        .order_by(Organisation.id)
    )


def _records(ids: Sequence[int]) -> dict[int, list[Piece]]:
    lines = select(
        TrackRecord.organisation_id,
        TrackRecord.title_vi,
        TrackRecord.title_en,
        TrackRecord.description_vi,
        TrackRecord.description_en,
        TrackRecord.partner_vi,
        TrackRecord.partner_en,
        TrackRecord.year,
    ).where(
        TrackRecord.organisation_id.in_(ids), TrackRecord.audience == Audience.PUBLIC, TrackRecord.hidden_at.is_(None)
    )
    found: dict[int, list[Piece]] = {}
    for line in db.session.execute(lines.order_by(TrackRecord.id)):
        found.setdefault(line.organisation_id, []).append(_record(line))
    return found


def wins_of(organisation: Organisation) -> Sequence[Solution]:
    """Its entries that won, where everyone sees the results, the newest first."""
    own = _won().where(Solution.organisation_id == organisation.id).options(joinedload(Solution.challenge))
    return db.session.scalars(own.order_by(Challenge.results_at.desc(), Solution.id.desc())).all()


def won_entries() -> Sequence[Solution]:
    """All entries that won, where everyone sees the results, with what was handed in."""
    told = (joinedload(Solution.challenge), selectinload(Solution.versions))
    return db.session.scalars(_won().options(*told).order_by(Solution.id)).all()


def _won() -> Select[Solution]:
    everyones = challenges_visible_to(None).where(Challenge.stage.in_(WITH_RESULTS)).with_only_columns(Challenge.id)
    entries = select(Solution).join(Challenge, Solution.challenge_id == Challenge.id)
    return entries.where(Solution.stage == SolutionStage.AWARDED, Challenge.id.in_(everyones.order_by(None)))


def _awards() -> dict[int, int]:
    """By organisation how many of its entries won, where everyone sees the results."""
    counted = _won().with_only_columns(Solution.organisation_id, func.count())
    return dict(db.session.execute(counted.group_by(Solution.organisation_id)).all())


def _profile(row: Any, records: Sequence[Piece], award_count: int) -> Profile:
    confirmed_at = row.confirmed_at or row.created_at
    return Profile(
        slug=row.slug,
        helix=row.helix,
        # Lines in an order of their own, so that it does not matter which was written first.
        pieces=(*_own_words(row), *sorted(records, key=repr)),
        trl=(row.trl_from, row.trl_to) if row.trl_from and row.trl_to else None,
        place=(row.place_vi, row.place_en) if row.place_vi else None,
        award_count=award_count,
        stale_since=format_day(confirmed_at) if is_stale(confirmed_at, clock.now()) else None,
        group=group_of(row),
    )


def group_of(row: Any) -> str:
    """The owner of an organisation as its owner_group and tax_code tell: one text for all it owns, "" where unknown."""
    return fold(row.owner_group or "") or (row.tax_code or "")[:_HEAD_DIGITS]


def _own_words(row: Any) -> list[Piece]:
    summary_vi, summary_en = row.summary_vi or "", row.summary_en or ""
    topics = [{key: topic_label(code, key) for key in ("vi", "en")} for code in row.concepts or []]
    capabilities = [*(row.capabilities or []), *topics]
    tags_vi, tags_en = (tuple(line[key] for line in capabilities if line.get(key)) for key in ("vi", "en"))
    about = [Piece("summary", text_vi=summary_vi, text_en=summary_en)] if summary_vi or summary_en else []
    able = [Piece("capabilities", tags_vi=tags_vi, tags_en=tags_en)] if tags_vi or tags_en else []
    return [*about, *able]


def _record(line: Any) -> Piece:
    return Piece(
        "record",
        title_vi=line.title_vi or "",
        title_en=line.title_en or "",
        text_vi=joined(line.description_vi, line.partner_vi),
        text_en=joined(line.description_en, line.partner_en),
        year=line.year,
    )
