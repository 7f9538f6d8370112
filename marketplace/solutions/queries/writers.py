"""Questions about those who write a solution: who wrote last, who was invited, what they say to each other."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.accounts.models import Person
from marketplace.accounts.queries import hashed
from marketplace.challenges.models import Challenge
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.solutions.models import Coeditor, Comment, Solution, Writing


def writings_in(solution: Solution, section: str) -> Sequence[Writing]:
    """What is remembered of everybody's writing in a section, who wrote last first; one for each person."""
    return db.session.scalars(
        select(Writing)
        .where(Writing.solution_id == solution.id, Writing.section == section)
        .order_by(Writing.saved_at.desc(), Writing.id.desc())
    ).all()


def last_writing(solution: Solution, section: str, *, but: Person) -> Writing | None:
    """Who else than `but` wrote last in this section."""
    return db.session.scalar(
        select(Writing)
        .where(Writing.solution_id == solution.id, Writing.section == section, Writing.person_id != but.id)
        .options(joinedload(Writing.person))
        .order_by(Writing.saved_at.desc(), Writing.id.desc())
        .limit(1)
    )


def open_coeditor_invitation(key: str) -> Coeditor | None:
    """The invitation to a solution with this secret, if nobody accepted or ended it; it may have expired."""
    return db.session.scalar(
        select(Coeditor).where(
            Coeditor.key_hash == hashed(key), Coeditor.accepted_at.is_(None), Coeditor.ended_at.is_(None)
        )
    )


def open_coeditors(solution: Solution) -> Sequence[Coeditor]:
    """Whoever was invited and may still accept, or accepted."""
    return db.session.scalars(
        select(Coeditor)
        .where(Coeditor.solution_id == solution.id, Coeditor.ended_at.is_(None))
        .options(joinedload(Coeditor.person), joinedload(Coeditor.inviter))
        .order_by(Coeditor.id)
    ).all()


def get_coeditor(solution: Solution, reference: str) -> Coeditor:
    """A co-editor of this solution by public reference; raises NotFound."""
    found = db.session.scalar(
        select(Coeditor).where(Coeditor.solution_id == solution.id, Coeditor.reference == reference)
    )
    if found is None:
        raise NotFound(reference)
    return found


def threads_of(solution: Solution, section: str | None = None) -> Sequence[Comment]:
    """Comments that begin a thread, with their answers, the open ones first; of one section if asked."""
    found = select(Comment).where(Comment.solution_id == solution.id, Comment.answers_id.is_(None))
    if section is not None:
        found = found.where(Comment.section == section)
    return db.session.scalars(
        found.options(
            joinedload(Comment.author),
            joinedload(Comment.resolved_by),
            selectinload(Comment.answers).joinedload(Comment.author),
        ).order_by(Comment.resolved_at.is_not(None), Comment.id)
    ).all()


def open_comment_count(solution: Solution) -> int:
    """How many threads nobody settled."""
    threads = select(func.count()).where(
        Comment.solution_id == solution.id, Comment.answers_id.is_(None), Comment.resolved_at.is_(None)
    )
    return db.session.scalar(threads) or 0


def get_comment(solution: Solution, reference: str) -> Comment:
    """A comment on this solution by public reference; raises NotFound."""
    found = db.session.scalar(select(Comment).where(Comment.solution_id == solution.id, Comment.reference == reference))
    if found is None:
        raise NotFound(reference)
    return found


def wished_at_closing(challenge: Challenge) -> Sequence[Solution]:
    """The solutions that their entrants asked to send as they stand at closing."""
    return db.session.scalars(
        select(Solution)
        .where(Solution.challenge_id == challenge.id, Solution.send_at_closing_by_id.is_not(None))
        .order_by(Solution.id)
    ).all()
