"""Questions about solutions; every read starts from visible_to, the seal."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.asked import asked_once
from marketplace.audit.models import Checkpoint
from marketplace.challenges.entry_form.models import FormQuestion
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import HIDDEN, WITH_RESULTS
from marketplace.challenges.stages import Stage as ChallengeStage
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.files import StoredFile
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import acting_for, agencies_of
from marketplace.organisations.stages import PERSONAL_KINDS, Kind, Role
from marketplace.solutions.models import Attachment, Coeditor, PaperEntry, Partner, Solution, SolutionVersion
from marketplace.solutions.stages import RECEIVED, Stage

# Before it runs, a challenge is hidden; a cancelled one is never opened.
_NEVER_OPENED = HIDDEN | {ChallengeStage.CANCELLED}


def visible_to(person: Person | None, *, at: datetime) -> Select[Solution]:
    """Those that one may write or read as an entrant; after closing also those received by one's own agencies.

    This is the seal: nobody else, operator and auditor included, reads a solution, counts it or opens a file of it.
    Judges reach what they are assigned through judging.
    """
    if person is None:
        return select(Solution).where(false())
    opened = and_(
        Challenge.sealed_until <= at,
        Challenge.stage.not_in(_NEVER_OPENED),
        Challenge.agency_id.in_(acting_for(person, Role.MEMBER)),
        Solution.stage.in_(RECEIVED),
    )
    return _with_challenge().where(or_(is_own(person), opened))


def own_to(person: Person) -> Select[Solution]:
    """Of those only what one may write or read as an entrant: there no clock is asked."""
    return _with_challenge().where(is_own(person))


def _with_challenge() -> Select[Solution]:
    shown = (contains_eager(Solution.challenge), joinedload(Solution.organisation))
    return select(Solution).join(Solution.challenge).options(*shown)


def is_own(person: Person) -> ColumnElement[bool]:
    """policy.is_of_entrant in SQL: of an organisation that answers, alone or as a partner, or invited to it.

    What a clerk still types in from paper is nobody's but the clerk's.
    """
    organisations = acting_for(person, Role.VIEWER)
    invited = select(Coeditor.solution_id).where(Coeditor.person_id == person.id, Coeditor.ended_at.is_(None))
    joined = joined_ids().where(Partner.organisation_id.in_(organisations))
    own = or_(Solution.organisation_id.in_(organisations), Solution.id.in_(invited), Solution.id.in_(joined))
    typed = at_the_counter().where(PaperEntry.clerk_id == person.id)
    return or_(own & Solution.id.not_in(at_the_counter()), Solution.id.in_(typed))


def joined_ids() -> Select[int]:
    """Ids of solutions by their partners."""
    return select(Partner.solution_id).where(Partner.accepted_at.is_not(None), Partner.ended_at.is_(None))


def get_solution(reference: str, person: Person | None, *, at: datetime) -> Solution:
    """The solution with this reference; raises NotFound if it does not exist for this person at this moment."""
    found = db.session.scalar(visible_to(person, at=at).where(Solution.reference == reference))
    if found is None:
        raise NotFound(reference)
    return found


def get_own_solution(reference: str, person: Person) -> Solution:
    """The solution of an entrant of whom this person is; raises NotFound for everybody else, also when it is open."""
    found = db.session.scalar(own_to(person).where(Solution.reference == reference))
    if found is None:
        raise NotFound(reference)
    return found


@asked_once
def solutions_of(person: Person, *, at: datetime) -> Sequence[Solution]:
    """Those of a person as an entrant with all that their list shows, the next to close first."""
    return db.session.scalars(
        own_to(person)
        .options(*_whole(), contains_eager(Solution.challenge).selectinload(Challenge.amendments))
        .order_by(Challenge.closes_at <= at, Challenge.closes_at, Solution.id)
    ).all()


def answers_to(challenge: Challenge, person: Person | None) -> Sequence[Solution]:
    """What a person, as an entrant, answers to this challenge."""
    if person is None:
        return []
    return db.session.scalars(
        select(Solution)
        .where(Solution.challenge_id == challenge.id)
        .where(is_own(person))
        .options(joinedload(Solution.organisation))
        .order_by(Solution.id)
    ).all()


def answers_of(organisation: Organisation, challenge: Challenge) -> Sequence[Solution]:
    """The solutions to this challenge that the organisation leads or joined, without those still at the counter."""
    joined = joined_ids().where(Partner.organisation_id == organisation.id)
    return db.session.scalars(
        select(Solution)
        .where(Solution.challenge_id == challenge.id, Solution.id.not_in(at_the_counter()))
        .where(or_(Solution.organisation_id == organisation.id, Solution.id.in_(joined)))
        .order_by(Solution.id)
    ).all()


def personal_answers(person: Person, challenge: Challenge, *kinds: Kind) -> Sequence[Solution]:
    """The solutions to this challenge that somebody began in their own name or for groups."""
    return db.session.scalars(
        select(Solution)
        .join(Solution.organisation)
        .where(Solution.challenge_id == challenge.id, Organisation.kind.in_(kinds or PERSONAL_KINDS))
        .where(Organisation.id.in_(acting_for(person, Role.OWNER)))
        .order_by(Solution.id)
    ).all()


def next_ordinal(organisation: Organisation, challenge: Challenge) -> int:
    """Which of the organisation's entries to this challenge the next one is, from 1."""
    highest = select(func.max(Solution.ordinal)).where(
        Solution.challenge_id == challenge.id, Solution.organisation_id == organisation.id
    )
    return (db.session.scalar(highest) or 0) + 1


def at_the_counter() -> Select[int]:
    """Ids of solutions that a clerk still types in from paper."""
    return select(PaperEntry.solution_id).where(PaperEntry.sealed_at.is_(None))


def received_of(challenge: Challenge) -> Sequence[Solution]:
    """What was received for a challenge, first received first; empty until it has closed by the database's clock.

    Draft columns are not what was received: read solution_version(solution).content.
    """
    if not challenge.is_closed(clock.database_now()) or challenge.stage in _NEVER_OPENED:
        return []
    found = db.session.scalars(
        select(Solution)
        .where(Solution.challenge_id == challenge.id, Solution.stage.in_(RECEIVED))
        .options(
            joinedload(Solution.organisation),
            joinedload(Solution.challenge).selectinload(Challenge.amendments),
            selectinload(Solution.versions),
            selectinload(Solution.acknowledgements),
        )
    )
    return sorted(found, key=lambda solution: (solution_version(solution).received_at, solution.id))


def solution_version(solution: Solution) -> SolutionVersion:
    """The last version received: what is checked, judged and published. Raises NotFound if there is none."""
    if solution.last_version is None:
        raise NotFound(solution.reference)
    return solution.last_version


def version_with_key(solution: Solution, idempotency_key: str) -> SolutionVersion | None:
    """What this very press of the button already sent."""
    return db.session.scalar(
        select(SolutionVersion).where(
            SolutionVersion.solution_id == solution.id, SolutionVersion.idempotency_key == idempotency_key
        )
    )


def version_by_reference(reference: str) -> SolutionVersion | None:
    """The version with this receipt; whoever knows the reference may learn that and when it was received."""
    return db.session.scalar(
        select(SolutionVersion)
        .where(SolutionVersion.reference == reference)
        .options(joinedload(SolutionVersion.solution).joinedload(Solution.challenge))
    )


def draft_file(solution: Solution, reference: str) -> StoredFile | None:
    """A file attached to the draft now, or listed in any version of it; for the entrant's own people."""
    attached = db.session.scalar(
        select(StoredFile)
        .join(Attachment, Attachment.file_id == StoredFile.id)
        .where(Attachment.solution_id == solution.id, StoredFile.reference == reference)
    )
    if attached is not None:
        return attached
    return next((file for version in solution.versions if (file := version_file(version, reference))), None)


def version_file(version: SolutionVersion, reference: str) -> StoredFile | None:
    """A file that was received with this version, by the file's reference."""
    listed = next((line for line in version.files if line.get("reference") == reference), None)
    return db.session.get(StoredFile, listed["file_id"]) if listed else None


def due_closings(at: datetime) -> Sequence[Challenge]:
    """Challenges whose time for solutions ended without a closing checkpoint since, the first to close first."""
    sealed = select(Checkpoint.id).where(
        Checkpoint.closing_of == Challenge.reference, Checkpoint.made_at >= Challenge.sealed_until
    )
    return db.session.scalars(
        select(Challenge)
        .where(Challenge.stage.not_in(_NEVER_OPENED | {ChallengeStage.HISTORY}), Challenge.sealed_until <= at)
        .where(~sealed.exists())
        .order_by(Challenge.closes_at, Challenge.id)
    ).all()


def to_screen(person: Person, *, at: datetime) -> list[tuple[Challenge, int]]:
    """Closed challenges of a person's agencies in which received solutions wait to be checked, and how many."""
    agencies = [agency.id for agency in agencies_of(person)]
    if not agencies:
        return []
    rows = db.session.execute(
        select(Challenge, func.count())
        .join(Solution, Solution.challenge_id == Challenge.id)
        .where(Challenge.stage.in_([ChallengeStage.PUBLISHED, ChallengeStage.SCREENING]), Challenge.sealed_until <= at)
        .where(Challenge.agency_id.in_(agencies), Solution.stage == Stage.SUBMITTED)
        .group_by(Challenge.id)
        .order_by(Challenge.closes_at, Challenge.id)
    )
    return [(challenge, count) for challenge, count in rows]


def _whole() -> list[ExecutableOption]:
    return [
        selectinload(Solution.versions),
        selectinload(Solution.authors),
        selectinload(Solution.partners).options(joinedload(Partner.organisation), selectinload(Partner.confirmations)),
        selectinload(Solution.acknowledgements),
        selectinload(Solution.attachments).joinedload(Attachment.file),
        selectinload(Solution.answers),
        selectinload(Solution.asked).joinedload(FormQuestion.section),
        joinedload(Solution.terms_accepted_by),
    ]


def last_prize_at(organisation: Organisation) -> datetime | None:
    """When a prize of this organisation was last made public here; None if it never won."""
    return db.session.scalar(
        select(func.max(Challenge.results_at))
        .join(Solution, Solution.challenge_id == Challenge.id)
        .where(
            Solution.organisation_id == organisation.id,
            Solution.stage == Stage.AWARDED,
            Challenge.stage.in_(WITH_RESULTS),
        )
    )
