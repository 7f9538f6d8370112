"""Deeds on appeals: raise one in time, answer it with reasons that everybody reads."""

from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.errors import Conflict, NotReady, WrongStage
from marketplace.events import announce
from marketplace.judging.appealing.events import AppealDecided, AppealRaised, ResultsWithdrawn
from marketplace.judging.appealing.models import Appeal
from marketplace.judging.appealing.policy import can_answer_appeals, can_appeal
from marketplace.judging.appealing.queries import ANSWERED, appeals_until
from marketplace.judging.appealing.stages import Verdict
from marketplace.judging.models import Decision
from marketplace.judging.queries.panels import panel_of
from marketplace.judging.queries.rules import rules_of
from marketplace.judging.rules import content_of
from marketplace.solutions.models import Solution


def raise_appeal(solution: Solution, decision: Decision, *, actor: Person, rule: str, statement: str) -> Appeal:
    """Say which rule was not followed, and how.

    Raises WrongStage outside the time that the rules give, by the database's clock; NotReady for a rule there is not;
    Conflict where the entrant named this rule already.
    """
    require(can_appeal, actor, solution)
    hold(decision.challenge, shared=True)
    hold(decision)
    rules, at = rules_of(decision.challenge), clock.database_now()
    until = appeals_until(decision, rules)
    if until is None or at >= until or decision.returned_at is not None or solution.stage not in ANSWERED:
        raise WrongStage("the time for appeals is over or has not begun")
    if rule not in content_of(rules):
        raise NotReady(["rule"])
    same = (Appeal.decision_id == decision.id, Appeal.solution_id == solution.id, Appeal.rule == rule)
    if db.session.scalar(select(Appeal.id).where(*same)) is not None:
        raise Conflict("the entrant named this rule already")
    appeal = Appeal(decision=decision, solution=solution, rule=rule, statement=statement, raised_by=actor, raised_at=at)
    db.session.add(appeal)
    db.session.flush()
    announce(AppealRaised(actor=actor, subject=appeal, facts={"rule": rule, "solution": solution.reference}))
    return appeal


def decide_appeal(appeal: Appeal, *, actor: Person, verdict: Verdict, because: str) -> None:
    """Answer an appeal; the reasons are public, who appealed is not.

    Verdict.REOPENED takes the results back to the panel. Raises Refused for whoever judged, drafted or published,
    WrongStage once it is answered, or where the results went back already or winners are being verified.
    """
    decision = appeal.decision
    require(can_answer_appeals, actor, decision, panel_of(decision.challenge))
    hold(decision.challenge)
    hold(decision)
    hold(appeal)
    if appeal.verdict is not None:
        raise WrongStage("the appeal was answered")
    appeal.verdict, appeal.because = verdict, because
    appeal.decided_by, appeal.decided_at = actor, clock.now()
    announce(AppealDecided(actor=actor, subject=appeal, facts={"verdict": verdict.value}))
    if verdict == Verdict.REOPENED:
        _withdraw_results(decision, actor=actor, because=because)


def _withdraw_results(decision: Decision, *, actor: Person, because: str) -> None:
    """The panel decides again: nothing of the results stays public, and entries wait as they did before."""
    challenge = decision.challenge
    if panel_of(challenge) is None or not decision.results:
        raise WrongStage("no panel judged, so none can decide again")
    challenge.move("reopen_results")
    decision.returned_by, decision.returned_at, decision.returned_because = actor, clock.now(), because
    challenge.results_at = None
    for result in decision.results:
        result.solution.move("reopen")
    announce(ResultsWithdrawn(actor=actor, subject=challenge, facts={"decision": decision.reference}))
