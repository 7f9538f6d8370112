"""Comments on the sections of a draft: talk among those who write it, never part of what is sent."""

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db
from marketplace.errors import NotFound
from marketplace.events import announce
from marketplace.solutions.completeness import progress
from marketplace.solutions.events import CommentResolved, CommentWritten
from marketplace.solutions.models import Comment, Solution
from marketplace.solutions.policy import can_comment_on_solution, can_resolve_comment
from marketplace.solutions.services.drafting import sealed
from marketplace.solutions.services.locking import hold_solution, must_be_editable


def write_comment(
    solution: Solution, *, actor: Person, section: str, body: str, answers: Comment | None = None
) -> Comment:
    """Comment on a section, or answer a comment; an answer opens a settled one again.

    Raises Refused, WrongStage once the draft cannot be changed, NotFound for a section that the form does not have.
    """
    require(can_comment_on_solution, actor, solution)
    must_be_editable(solution, hold_solution(solution))
    if section not in progress(solution):
        raise NotFound(section)
    first = _first_of(answers)
    comment = Comment(
        solution=solution,
        section=first.section if first else section,
        answers_id=first.id if first else None,
        author=actor,
        body=body,
        written_at=clock.now(),
    )
    db.session.add(comment)
    if first is not None:
        first.resolved_at = first.resolved_by = None
    db.session.flush()
    announce(CommentWritten(actor=actor, subject=comment, facts={"section": comment.section} | sealed(solution)))
    return comment


def _first_of(comment: Comment | None) -> Comment | None:
    """Threads have one level: whoever answers an answer answers its beginning."""
    if comment is None or comment.answers_id is None:
        return comment
    return db.session.get(Comment, comment.answers_id)


def resolve_comment(comment: Comment, *, actor: Person, is_resolved: bool) -> None:
    """Settle a thread, or open it again. Raises Refused, WrongStage once the draft cannot be changed."""
    require(can_resolve_comment, actor, comment)
    must_be_editable(comment.solution, hold_solution(comment.solution))
    comment.resolved_at = clock.now() if is_resolved else None
    comment.resolved_by = actor if is_resolved else None
    facts = {"section": comment.section, "resolved": is_resolved}
    announce(CommentResolved(actor=actor, subject=comment, facts=facts | sealed(comment.solution)))
