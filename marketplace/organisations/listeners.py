"""What organisations do when something happened to one of them: search shows its profile as it is now."""

from collections.abc import Iterator

from sqlalchemy.orm import joinedload, selectinload

from marketplace.accounts.models import Person
from marketplace.accounts.second_factor.queries import group
from marketplace.db import db
from marketplace.events import Event, listens_to
from marketplace.organisations import reminding as _jobs  # noqa: F401 - jobs register themselves when imported
from marketplace.organisations.models import Organisation
from marketplace.organisations.naming import thing_of
from marketplace.organisations.queries import agencies_of, visible_to
from marketplace.search import services as search
from marketplace.search.services import Thing


@listens_to(Event)
def show_in_search(event: Event) -> None:
    """Whatever happened to an organisation, search holds its public profile; of one merged away nothing."""
    if isinstance(event.subject, Organisation):
        if event.subject.is_listed:
            search.put(thing_of(event.subject))
        else:
            search.drop("organisation", event.subject.slug)


@group("agency")
def speaks_for_agency(person: Person) -> bool:
    """Whether somebody may write or publish for a state body."""
    return bool(agencies_of(person))


@search.source("organisation")
def public_organisations() -> Iterator[Thing]:
    """Every public profile."""
    read = (selectinload(Organisation.lines), joinedload(Organisation.place))
    for organisation in db.session.scalars(visible_to(None).options(*read).order_by(Organisation.id)):
        yield thing_of(organisation)
