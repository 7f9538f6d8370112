"""Everything that changes a challenge; never commits, never reads the request."""

from datetime import datetime
from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.events import (
    ChallengeCancelled,
    ChallengeDrafted,
    ChallengeEdited,
    ChallengePublished,
    ChallengeReturned,
    ChallengeSubmitted,
)
from marketplace.challenges.gate import gaps
from marketplace.challenges.models import Challenge, Criterion
from marketplace.challenges.policy import (
    can_cancel_challenge,
    can_draft_challenge,
    can_edit_challenge,
    can_publish_challenge,
    can_return_challenge,
    can_submit_challenge,
)
from marketplace.challenges.queries import challenge_by_slug
from marketplace.challenges.stages import Stage
from marketplace.db import db, hold
from marketplace.errors import NotReady, WrongStage
from marketplace.events import announce
from marketplace.organisations.models import Organisation
from marketplace.text import fold, random_reference, slugify

_RESERVED = frozenset({"new", "en", "mine", "import", "review"})
_SEARCHED = ("title", "summary", "description", "theme", "users", "partners")


def draft_challenge(agency: Organisation, *, actor: Person, title_vi: str, **text: Any) -> Challenge:
    """Begin a problem statement. Raises Refused unless the actor writes for this state body."""
    require(can_draft_challenge, actor, agency)
    challenge = Challenge(agency=agency, author=actor, title_vi=title_vi, created_at=clock.now(), **text)
    challenge.slug = free_slug(title_vi)
    challenge.folded_text = folded_text(challenge)
    db.session.add(challenge)
    db.session.flush()
    announce(ChallengeDrafted(actor=actor, subject=challenge))
    return challenge


def edit_challenge(challenge: Challenge, *, actor: Person, **fields: Any) -> None:
    """Change a draft. Raises Refused for outsiders, WrongStage once it is in review."""
    require(can_edit_challenge, actor, challenge)
    _must_be_draft(challenge)
    for name, value in fields.items():
        setattr(challenge, name, value)
    challenge.folded_text = folded_text(challenge)
    announce(ChallengeEdited(actor=actor, subject=challenge))


def set_criteria(challenge: Challenge, *, actor: Person, criteria: list[dict[str, Any]]) -> None:
    """Replace the rubric of a draft; `criteria` are the columns of each line, in order."""
    require(can_edit_challenge, actor, challenge)
    _must_be_draft(challenge)
    challenge.criteria.clear()
    db.session.flush()
    challenge.criteria.extend(Criterion(position=position, **line) for position, line in enumerate(criteria, start=1))
    db.session.flush()
    announce(ChallengeEdited(actor=actor, subject=challenge, facts={"criteria": len(criteria)}))


def submit_challenge(challenge: Challenge, *, actor: Person) -> None:
    """Ask the operator to publish. Raises NotReady naming what the quality gate still misses."""
    require(can_submit_challenge, actor, challenge)
    challenge.move("submit")
    missing = gaps(challenge, clock.database_now())
    if missing:
        raise NotReady(missing)
    challenge.returned_because = None
    announce(ChallengeSubmitted(actor=actor, subject=challenge))


def return_challenge(challenge: Challenge, *, actor: Person, reasons: str) -> None:
    """Send it back to its authors with reasons."""
    require(can_return_challenge, actor, challenge)
    challenge.move("return")
    challenge.returned_because = reasons
    announce(ChallengeReturned(actor=actor, subject=challenge, facts={"reasons": reasons}))


def publish_challenge(challenge: Challenge, *, actor: Person) -> None:
    """Show the challenge to everyone; solutions are taken between opens_at and closes_at.

    Raises Refused unless an operator who did not write it, WrongStage unless it is in review, NotReady if the
    timetable has meanwhile run out.
    """
    require(can_publish_challenge, actor, challenge)
    challenge.move("publish")
    missing = gaps(challenge, clock.database_now())
    if missing:
        raise NotReady(missing)
    challenge.published_at = clock.now()
    announce(ChallengePublished(actor=actor, subject=challenge))


def cancel_challenge(challenge: Challenge, *, actor: Person, reasons: str) -> None:
    """Say publicly that it will not be carried out."""
    require(can_cancel_challenge, actor, challenge)
    challenge.move("cancel")
    announce(ChallengeCancelled(actor=actor, subject=challenge, facts={"reasons": reasons}))


def free_slug(title: str) -> str:
    """A slug no challenge has: the title's, with a random tail where it is taken or reserved."""
    slug = slugify(title) or "bai-toan"
    if slug in _RESERVED or challenge_by_slug(slug):
        slug = f"{slug[:80]}-{random_reference('x', 5)[2:].lower()}"
    return slug


def folded_text(challenge: Challenge) -> str:
    """What the list searches: every public text in both languages, folded."""
    texts = [getattr(challenge, f"{name}_{language}") for name in _SEARCHED for language in ("vi", "en")]
    texts += [text for line in (challenge.capabilities or []) for text in line.values()]
    return fold(" ".join(text for text in texts if text))


def must_be_open(challenge: Challenge, at: datetime) -> None:
    """Raise WrongStage unless solutions are taken at this moment of the database's clock."""
    if not challenge.is_open(at):
        raise WrongStage("the challenge takes no solutions now")


def _must_be_draft(challenge: Challenge) -> None:
    hold(challenge)
    if challenge.stage != Stage.DRAFT:
        raise WrongStage("only a draft can be edited")
