"""Naming authors, asking each to certify, and their answers."""

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.accounts.queries import hashed
from marketplace.authority import require
from marketplace.db import db, hold, token
from marketplace.errors import Conflict, WrongStage
from marketplace.events import announce
from marketplace.solutions.authorship import named
from marketplace.solutions.events import AuthorAnswered, AuthorNamed, AuthorRemoved, SupervisorNamed
from marketplace.solutions.models import Author, Solution
from marketplace.solutions.policy import can_edit_solution
from marketplace.solutions.services.drafting import sealed
from marketplace.solutions.services.locking import hold_solution, must_be_editable
from marketplace.text import clean_line


def name_author(solution: Solution, *, actor: Person, full_name: str, email: str, share_bp: int) -> Author:
    """Name somebody as an author and ask them by letter to certify it.

    Raises Refused, WrongStage unless the draft may still be changed, Conflict for an address that is named already.
    """
    require(can_edit_solution, actor, solution)
    must_be_editable(solution, hold_solution(solution))
    address = clean_line(email).lower()
    if any(author.email == address for author in named(solution)):
        raise Conflict("this address is named already")
    author = Author(solution=solution, email=address)
    db.session.add(author)
    _ask(author, actor, full_name, share_bp)
    return author


def change_author(author: Author, *, actor: Person, full_name: str, share_bp: int) -> None:
    """Correct name or share; whoever certified the old ones is asked again. Raises Refused, WrongStage."""
    require(can_edit_solution, actor, author.solution)
    _hold_named(author)
    if (author.full_name, author.share_bp) != (full_name, share_bp):
        _ask(author, actor, full_name, share_bp)


def _ask(author: Author, actor: Person, full_name: str, share_bp: int) -> None:
    key = token()
    author.full_name, author.share_bp = full_name, share_bp
    author.key_hash, author.asked_at = hashed(key), clock.now()
    author.certified_at = author.objected_at = None
    author.solution.saved_at = clock.now()
    db.session.flush()
    announce(AuthorNamed(actor=actor, subject=author, facts=sealed(author.solution), unsaid={"key": key}))


def name_supervisor(author: Author, *, actor: Person, email: str | None, until: int | None) -> None:
    """Say who supervised the author's thesis or research until that year, None: until today; no address: nobody.

    It keeps the supervisor from judging the entry; the author is not asked again. Raises Refused, WrongStage.
    """
    require(can_edit_solution, actor, author.solution)
    _hold_named(author)
    author.supervisor_email = clean_line(email).lower() if email else None
    author.supervised_until = until if email else None
    author.solution.saved_at = clock.now()
    announce(SupervisorNamed(actor=actor, subject=author, facts=sealed(author.solution)))


def remove_author(author: Author, *, actor: Person) -> None:
    """Name somebody no longer. Raises Refused, WrongStage."""
    require(can_edit_solution, actor, author.solution)
    _hold_named(author)
    author.ended_at = author.solution.saved_at = clock.now()
    announce(AuthorRemoved(actor=actor, subject=author, facts=sealed(author.solution)))


def answer_authorship(author: Author, *, actor: Person | None, certifies: bool) -> None:
    """The author's own word: yes with this share, or "I am no author". Whoever calls this knows the key or is them.

    The same word a second time changes nothing. Raises WrongStage once the solution cannot be changed, or where they
    are named no longer.
    """
    _hold_named(author)
    if author.state == ("certified" if certifies else "objected"):
        return
    author.certified_at = clock.now() if certifies else None
    author.objected_at = None if certifies else clock.now()
    facts = {"certifies": certifies} | sealed(author.solution)
    announce(AuthorAnswered(actor=actor, subject=author, facts=facts))


def _hold_named(author: Author) -> None:
    must_be_editable(author.solution, hold_solution(author.solution))
    hold(author)
    if author.ended_at is not None:
        raise WrongStage("named no longer")
