"""Writing a problem statement: begun, changed, its rubric."""

from typing import Any

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.events import ChallengeDrafted, ChallengeEdited
from marketplace.challenges.models import Challenge, Criterion
from marketplace.challenges.policy import can_draft_challenge, can_edit_challenge
from marketplace.challenges.services.naming import folded_text, free_slug
from marketplace.challenges.stages import Stage
from marketplace.db import db, hold
from marketplace.errors import WrongStage
from marketplace.events import announce
from marketplace.organisations.models import Organisation


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
    must_be_draft(challenge)
    for name, value in fields.items():
        setattr(challenge, name, value)
    challenge.folded_text = folded_text(challenge)
    announce(ChallengeEdited(actor=actor, subject=challenge))


def set_criteria(challenge: Challenge, *, actor: Person, criteria: list[dict[str, Any]]) -> None:
    """Replace the rubric of a draft; `criteria` are the columns of each line, in order."""
    require(can_edit_challenge, actor, challenge)
    must_be_draft(challenge)
    challenge.criteria.clear()
    db.session.flush()
    challenge.criteria.extend(Criterion(position=position, **line) for position, line in enumerate(criteria, start=1))
    db.session.flush()
    announce(ChallengeEdited(actor=actor, subject=challenge, facts={"criteria": len(criteria)}))


def must_be_draft(challenge: Challenge) -> None:
    """Hold the challenge's row; raise WrongStage unless it is a draft."""
    hold(challenge)
    if challenge.stage != Stage.DRAFT:
        raise WrongStage("only a draft can be edited")
