"""Deeds on the rules: write them, amend them once they are public, lock them when judging opens."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.models import Challenge
from marketplace.challenges.policy import can_edit_challenge
from marketplace.challenges.stages import Stage
from marketplace.db import db, hold
from marketplace.errors import NotReady, WrongStage
from marketplace.events import announce
from marketplace.judging.events import RulesAmended, RulesLocked, RulesWritten
from marketplace.judging.models import JudgingRules, RulesAmendment
from marketplace.judging.policy import can_amend_rules
from marketplace.judging.queries.rules import has_final_sheets, rules_of
from marketplace.judging.rules import DEFAULTS, Content, changed, content_of, problems, said
from marketplace.judging.stages import Comments, DropOut
from marketplace.solutions.snapshot import content_hash

AMENDABLE = frozenset({Stage.PUBLISHED, Stage.SCREENING, Stage.JUDGING})
_WORDS = {"dropout": DropOut, "comments": Comments}


def settle_rules(challenge: Challenge) -> JudgingRules:
    """The row of the rules, made from the defaults where nobody wrote any."""
    rules = db.session.scalar(select(JudgingRules).where(JudgingRules.challenge_id == challenge.id))
    if rules is None:
        rules = JudgingRules(challenge=challenge)
        db.session.add(rules)
        db.session.flush()
    return rules


def write_rules(challenge: Challenge, *, actor: Person, content: Content) -> None:
    """Write the rules of a draft. Raises WrongStage once it is in review, NotReady with Problems."""
    require(can_edit_challenge, actor, challenge)
    hold(challenge)
    if challenge.stage != Stage.DRAFT:
        raise WrongStage("rules of a public challenge are amended")
    rules = settle_rules(challenge)
    _set(rules, content)
    announce(RulesWritten(actor=actor, subject=rules))


def copy_rules(challenge: Challenge, source: Challenge) -> None:
    """Give a new draft the rules of another challenge."""
    _set(settle_rules(challenge), content_of(rules_of(source)))


def amend_rules(challenge: Challenge, *, actor: Person, content: Content, reasons: str) -> None:
    """Change rules after closing: what they said before, what after, and why is public too.

    Raises WrongStage while solutions are taken (an amendment of the challenge changes them then) and once a score sheet
    is final, NotReady with Problems.
    """
    require(can_amend_rules, actor, challenge)
    hold(challenge)
    if not may_amend_rules(challenge, clock.database_now()):
        raise WrongStage("no rules are changed while solutions are taken, nor once somebody has scored by them")
    replace_rules(challenge, actor=actor, content=content, reasons=reasons)


def may_amend_rules(challenge: Challenge, at: datetime) -> bool:
    """Whether rules are changed here at this moment: entrants answer no more, and nobody has scored by them."""
    is_over = challenge.stage != Stage.PUBLISHED or challenge.is_closed(at)
    return challenge.stage in AMENDABLE and is_over and not has_final_sheets(challenge)


def replace_rules(challenge: Challenge, *, actor: Person, content: Content, reasons: str) -> None:
    """Put other rules in the place of public ones of a held challenge; called by deeds that asked who may.

    Raises NotReady with Problems.
    """
    rules = settle_rules(challenge)
    before = content_of(rules)
    _set(rules, content)
    after = content_of(rules)
    if not changed(before, after):
        return
    rules.amendments.append(
        RulesAmendment(before=before, after=after, reasons=reasons, amended_by=actor, amended_at=clock.now())
    )
    if rules.rules_locked:
        rules.fingerprint = content_hash(after)
    facts = {"changed": changed(before, after), "reasons": reasons, "fingerprint": content_hash(after)}
    announce(RulesAmended(actor=actor, subject=rules, facts=facts))


def lock_rules(challenge: Challenge, *, actor: Person) -> None:
    """Judging opens: write the fingerprint of the rules into the journal; every later change is an amendment."""
    rules = settle_rules(challenge)
    rules.locked_at, rules.fingerprint = clock.now(), content_hash(content_of(rules))
    announce(RulesLocked(actor=actor, subject=rules, facts={"fingerprint": rules.fingerprint}))


def _set(rules: JudgingRules, content: Content) -> None:
    if found := problems(content):
        raise NotReady(found)
    for name in DEFAULTS:
        value: Any = said(content, name)
        setattr(rules, name, _WORDS[name](value) if name in _WORDS else value)
    rules.saved_at = clock.now()
    db.session.flush()
