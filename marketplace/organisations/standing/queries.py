"""Questions about claims, and about bodies that may be the same."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from marketplace.accounts.models import Person
from marketplace.db import count_of, db
from marketplace.errors import NotFound
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import visible_to as listed
from marketplace.organisations.standing.models import SpeakerClaim
from marketplace.organisations.standing.stages import Stage
from marketplace.text import fold


def claims_visible_to(person: Person) -> Select[SpeakerClaim]:
    """Operators see all claims, everybody else their own; the open ones first, then the newest."""
    found = select(SpeakerClaim).options(joinedload(SpeakerClaim.organisation), joinedload(SpeakerClaim.person))
    found = found.order_by(SpeakerClaim.decided_at.is_not(None), SpeakerClaim.id.desc())
    return found if person.is_operator else found.where(SpeakerClaim.person_id == person.id)


def get_claim(reference: str, person: Person) -> SpeakerClaim:
    """The claim with this reference; raises NotFound if it does not exist for this person."""
    found = db.session.scalar(claims_visible_to(person).where(SpeakerClaim.reference == reference))
    if found is None:
        raise NotFound(reference)
    return found


def open_claim_of(person: Person, organisation: Organisation) -> SpeakerClaim | None:
    """What the person claimed and nobody decided yet."""
    mine = select(SpeakerClaim).where(SpeakerClaim.person_id == person.id, SpeakerClaim.stage == Stage.OPEN)
    return db.session.scalar(mine.where(SpeakerClaim.organisation_id == organisation.id))


def open_claim_count() -> int:
    """How many claims wait for the operator."""
    return count_of(select(SpeakerClaim).where(SpeakerClaim.stage == Stage.OPEN))


def bodies(words: str = "", state: str = "") -> Select[Organisation]:
    """Listed bodies for the operator: by words of their names, tax code or reference, and by state."""
    found = select(Organisation).where(Organisation.is_listed)
    for word in fold(words).split()[:8]:
        known = func.lower(func.coalesce(Organisation.tax_code, "") + " " + Organisation.reference)
        found = found.where(
            Organisation.folded_names.contains(word, autoescape=True) | known.contains(word, autoescape=True)
        )
    states = {
        "verified": Organisation.verified_at.is_not(None),
        "suspended": Organisation.suspended_at.is_not(None),
        "unclaimed": Organisation.claim == "unclaimed",
    }
    if state in states:
        found = found.where(states[state])
    return found.order_by(Organisation.sort_name, Organisation.id)


def alike(organisation: Organisation) -> Sequence[Organisation]:
    """Listed bodies with the same names but for marks and case: they may be the same one."""
    same = listed(None).where(Organisation.folded_names == organisation.folded_names)
    return db.session.scalars(same.where(Organisation.id != organisation.id).order_by(Organisation.id).limit(10)).all()


def merged_into(organisation: Organisation) -> Sequence[Organisation]:
    """The duplicates that became one with this body, the last first."""
    gone = select(Organisation).where(Organisation.merged_into_id == organisation.id)
    return db.session.scalars(gone.order_by(Organisation.merged_at.desc(), Organisation.id)).all()
