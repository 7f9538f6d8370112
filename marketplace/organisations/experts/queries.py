"""Questions about experts: who reads which, who knows a field, who works or worked where."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select, String, cast, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from marketplace.accounts.models import Person
from marketplace.accounts.moderating.queries import hidden
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.organisations.experts.models import Affiliation, Expert, ExpertEvidence, Supervision
from marketplace.organisations.experts.stages import Readers
from marketplace.organisations.queries import agencies_of
from marketplace.relevance.concepts import topic_label
from marketplace.text import fold

L = TypeVar("L", ExpertEvidence, Affiliation, Supervision)
MOST_OFFERED = 8


def reader_of(person: Person | None, expert: Expert | None = None) -> Readers:
    """As whom a person reads pages of experts: their own, as somebody who invites judges, or as anybody."""
    if person is None:
        return Readers.PUBLIC
    if expert is not None and expert.person_id == person.id:
        return Readers.OWN
    return Readers.ORGANISERS if person.is_operator or agencies_of(person) else Readers.PUBLIC


def visible_to(person: Person | None) -> Select[Expert]:
    """Pages of this reader: those for everyone, for agencies those meant for them too, and one's own."""
    found = select(Expert)
    if person is None:
        return found.where(Expert.readers == Readers.PUBLIC)
    open_to = [Readers.PUBLIC] + ([Readers.ORGANISERS] if reader_of(person) == Readers.ORGANISERS else [])
    return found.where(or_(Expert.readers.in_(open_to), Expert.person_id == person.id))


def experts_like(person: Person | None, *, words: str, field: str) -> Select[Expert]:
    """Those of them whose names hold all words, of one field if asked, in dictionary order."""
    found = visible_to(person).where(Expert.reference.not_in(hidden("expert")))
    for word in fold(words).split()[:8]:
        found = found.where(Expert.folded_name.contains(word, autoescape=True))
    if field:
        found = found.where(Expert.id.in_(_with_field(field)))
    return found.order_by(Expert.sort_name, Expert.id)


def get_expert(reference: str, person: Person | None) -> Expert:
    """The page with this reference; raises NotFound for whoever may not read it."""
    found = db.session.scalar(visible_to(person).where(Expert.reference == reference).options(*_whole()))
    if found is None:
        raise NotFound(reference)
    return found


def expert_of(person: Person) -> Expert | None:
    """Somebody's own page."""
    return db.session.scalar(select(Expert).where(Expert.person_id == person.id).options(*_whole()))


def experts_for(person: Person, *, fields: Iterable[str], besides: Iterable[int]) -> Sequence[Expert]:
    """Experts with accounts whom `person` may read, who know one of the fields; without these people."""
    asked = set(fields)
    found = db.session.scalars(
        visible_to(person)
        .where(Expert.person_id.is_not(None), Expert.person_id.not_in([*besides, person.id]))
        .where(or_(*(Expert.id.in_(_with_field(field)) for field in sorted(asked))) if asked else Expert.id.is_(None))
        .options(joinedload(Expert.person), selectinload(Expert.evidence))
        .order_by(Expert.sort_name, Expert.id)
    ).all()
    return sorted(found, key=lambda each: -len(each.evidence))[:MOST_OFFERED]


def expertise_of(person_ids: Sequence[int]) -> dict[int, str]:
    """What people's pages say that they know, one thing a line, by person id: topics and evidence."""
    rows = db.session.scalars(
        select(Expert).where(Expert.person_id.in_(person_ids)).options(selectinload(Expert.evidence))
    )
    found = {}
    for expert in rows:
        topics = [topic_label(code, key) for code in expert.concepts or [] for key in ("vi", "en")]
        found[expert.person_id or 0] = "\n".join([*topics, *(line.title for line in expert.evidence)])
    return found


def affiliated_people(organisation_ids: Iterable[int], *, since: datetime) -> dict[int, dict[int, str]]:
    """Who says that they work there or did since that moment, by organisation: {person id: e-mail address}.

    What somebody took off their page since then counts too: a tie does not end by being hidden.
    """
    rows = db.session.execute(
        select(Affiliation.organisation_id, Person.id, Person.email)
        .join(Expert, Expert.id == Affiliation.expert_id)
        .join(Person, Person.id == Expert.person_id)
        .where(Affiliation.organisation_id.in_(list(organisation_ids)))
        .where(or_(Affiliation.to_year.is_(None), Affiliation.to_year >= since.year))
        .where(or_(Affiliation.withdrawn_at.is_(None), Affiliation.withdrawn_at > since))
    )
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for organisation_id, person_id, email in rows:
        found[organisation_id or 0][person_id] = email
    return found


def affiliations_of(person_ids: Iterable[int], *, since: datetime) -> dict[int, set[int]]:
    """The organisations here for which these people say that they work or did since that moment, by person id."""
    rows = db.session.execute(
        select(Expert.person_id, Affiliation.organisation_id)
        .join(Expert, Expert.id == Affiliation.expert_id)
        .where(Expert.person_id.in_(list(person_ids)), Affiliation.organisation_id.is_not(None))
        .where(or_(Affiliation.to_year.is_(None), Affiliation.to_year >= since.year))
        .where(or_(Affiliation.withdrawn_at.is_(None), Affiliation.withdrawn_at > since))
    )
    found: dict[int, set[int]] = defaultdict(set)
    for person_id, organisation_id in rows:
        found[person_id or 0].add(organisation_id or 0)
    return found


def supervisions_with(people: Mapping[int, str], *, since: datetime) -> set[tuple[int, str]]:
    """Who of these people (address by id) and which addresses supervised one another since then, whichever says so.

    An expert on a list without an account is known by the address that the list gives.
    """
    rows = db.session.execute(
        select(Expert.person_id, func.coalesce(Person.email, Expert.email), Supervision.email)
        .select_from(Supervision)
        .join(Expert, Expert.id == Supervision.expert_id)
        .join(Person, Person.id == Expert.person_id, isouter=True)
        .where(or_(Expert.person_id.in_(list(people)), Supervision.email.in_(list(people.values()))))
        .where(or_(Supervision.to_year.is_(None), Supervision.to_year >= since.year))
        .where(or_(Supervision.withdrawn_at.is_(None), Supervision.withdrawn_at > since))
    ).all()
    by_address = {address: person_id for person_id, address in people.items()}
    said = {(person_id, other) for person_id, _own, other in rows if person_id is not None and person_id in people}
    return said | {(by_address[other], own) for _person, own, other in rows if other in by_address and own}


def _whole() -> tuple[ExecutableOption, ...]:
    """What a page shows is read with it."""
    lines = selectinload(Expert.evidence), selectinload(Expert.supervisions)
    return *lines, selectinload(Expert.affiliations).joinedload(Affiliation.organisation)


def get_evidence(expert: Expert, reference: str) -> ExpertEvidence:
    """A line of this expert's evidence; raises NotFound."""
    return _own(select(ExpertEvidence).where(ExpertEvidence.expert_id == expert.id), ExpertEvidence, reference)


def get_affiliation(expert: Expert, reference: str) -> Affiliation:
    """A standing affiliation of this expert; raises NotFound."""
    standing = select(Affiliation).where(Affiliation.expert_id == expert.id, Affiliation.withdrawn_at.is_(None))
    return _own(standing, Affiliation, reference)


def get_supervision(expert: Expert, reference: str) -> Supervision:
    """A standing line of this expert about supervision; raises NotFound."""
    standing = select(Supervision).where(Supervision.expert_id == expert.id, Supervision.withdrawn_at.is_(None))
    return _own(standing, Supervision, reference)


def _own(found: Select[L], kind: type[L], reference: str) -> L:
    line = db.session.scalar(found.where(kind.reference == reference))
    if line is None:
        raise NotFound(reference)
    return line


def _with_field(field: str) -> Select[int]:
    """Ids of experts that know this field; a JSON list is looked through as text on both databases."""
    return select(Expert.id).where(cast(Expert.fields, String).contains(f'"{field}"', autoescape=True))
