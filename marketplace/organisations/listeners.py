"""What organisations do when something happened to one of them: search shows its profile as it is now."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.accounts.moderating.events import TextHidden, TextRestored
from marketplace.accounts.moderating.queries import PublicText, hidden, is_hidden, public_texts
from marketplace.accounts.second_factor.queries import group
from marketplace.db import db
from marketplace.events import Event, listens_to
from marketplace.organisations import reminding as _jobs  # noqa: F401 - jobs register themselves when imported
from marketplace.organisations.models import Organisation, TrackRecord
from marketplace.organisations.naming import thing_of
from marketplace.organisations.queries import people_with_role, speaks_for, visible_to
from marketplace.organisations.stages import STATE_KINDS, Audience, Role
from marketplace.search import services as search
from marketplace.search.services import Thing


@listens_to(Event)
def show_in_search(event: Event) -> None:
    """Whatever happened to an organisation, search holds its public profile; of one merged away nothing."""
    if isinstance(event.subject, Organisation):
        _show_in_search(event.subject)


@listens_to(TextHidden, TextRestored)
def show_again_or_not(event: TextHidden | TextRestored) -> None:
    """A profile that the operator hid is found by nobody, a line that they hid not in its profile."""
    text = event.subject
    if text.kind == "organisation":
        found = select(Organisation).where(Organisation.reference == text.object_reference)
        _show_in_search(db.session.scalars(found).one())
    elif text.kind == "track_record" and (line := _line(text.object_reference)) is not None:
        line.hidden_at = clock.now() if isinstance(event, TextHidden) else None
        db.session.flush()
        _show_in_search(line.organisation)


def _show_in_search(organisation: Organisation) -> None:
    if organisation.is_listed and not is_hidden("organisation", organisation.reference):
        search.put(thing_of(organisation))
    else:
        search.drop("organisation", organisation.slug)


@public_texts("organisation")
def profile(reference: str) -> PublicText | None:
    """What an organisation says of itself; its managers may object."""
    found = visible_to(None).where(Organisation.reference == reference)
    organisation = db.session.scalar(found)
    if organisation is None:
        return None
    capabilities = [said["vi"] or said["en"] for said in organisation.capabilities or []]
    said = (organisation.summary_vi, organisation.summary_en, "; ".join(capabilities))
    return PublicText(
        title=str(organisation),
        words="\n\n".join(text for text in said if text),
        address=f"/organisations/{organisation.slug}",
        authors=people_with_role(organisation, Role.MANAGER),
    )


@public_texts("track_record")
def line_of_track_record(reference: str) -> PublicText | None:
    """What an organisation says that it did; its managers may object."""
    line = _line(reference)
    if line is None or line.audience != Audience.PUBLIC or not line.organisation.is_listed:
        return None
    said = (line.title_vi, line.title_en, line.description_vi, line.description_en, line.partner_vi, line.partner_en)
    return PublicText(
        title=f"{line.title_vi or line.title_en} ({line.organisation})",
        words="\n\n".join(text for text in (*said, line.source) if text),
        address=f"/organisations/{line.organisation.slug}",
        authors=people_with_role(line.organisation, Role.MANAGER),
    )


def _line(reference: str) -> TrackRecord | None:
    return db.session.scalar(select(TrackRecord).where(TrackRecord.reference == reference))


@group("agency")
def speaks_for_agency(person: Person) -> ColumnElement[bool]:
    """Whether somebody may write or publish for a state body."""
    return speaks_for(person).where(Organisation.kind.in_(STATE_KINDS)).exists()


@search.source("organisation")
def public_organisations() -> Iterator[Thing]:
    """Every public profile."""
    read = (selectinload(Organisation.lines), joinedload(Organisation.place))
    seen = visible_to(None).where(Organisation.reference.not_in(hidden("organisation")))
    for organisation in db.session.scalars(seen.options(*read).order_by(Organisation.id)):
        yield thing_of(organisation)
