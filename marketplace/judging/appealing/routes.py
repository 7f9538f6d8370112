"""Addresses of appeals: the entrant's, and those of whoever answers; what other pages show of them."""

from datetime import datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import get_challenge
from marketplace.challenges.stages import WITH_RESULTS, Stage
from marketplace.db import db
from marketplace.errors import Conflict, NotFound, WrongStage
from marketplace.judging.appealing import queries, services
from marketplace.judging.appealing.forms import AnswerForm, AppealForm
from marketplace.judging.appealing.models import Appeal
from marketplace.judging.appealing.policy import can_appeal
from marketplace.judging.appealing.stages import Verdict
from marketplace.judging.policy import can_read_feedback
from marketplace.judging.queries.results import own_solution
from marketplace.judging.queries.rules import rules_of
from marketplace.judging.rules import content_of
from marketplace.judging.sentences import sentences
from marketplace.pages import fills, flash_done, me, page, see_other, status_of, url
from marketplace.solutions.models import Solution

appealing = Blueprint("appealing", __name__)
_AFTER = WITH_RESULTS | {Stage.NOT_AWARDED}


@appealing.route("/solutions/<reference>/appeal", methods=["GET", "POST"])
@auth_required("session")
def appeal(reference: str) -> ResponseReturnValue:
    solution = own_solution(reference, me())
    decision, form = queries.decision_to_appeal(solution), AppealForm(_sentences(solution.challenge))
    if not form.validate_on_submit():
        return _appeal(solution, form, status=status_of(form))
    answers = {"rule": form.rule.data, "statement": form.statement.data}
    try:
        services.raise_appeal(solution, decision, actor=me(), **answers)
    except (Conflict, WrongStage):
        db.session.rollback()
        solution = own_solution(reference, me())
        return _appeal(solution, form, refused=True, has_errors=True, status=409)
    flash_done(_("The appeal was received. Somebody who did not judge answers it; you will get a letter."))
    return see_other(url("appealing.appeal", reference=reference))


def _sentences(challenge: Challenge) -> dict[str, str]:
    """The rules that there are, as sentences."""
    content = content_of(rules_of(challenge))
    return {name: text for name, text in sentences(content).items() if name in content}


def _appeal(solution: Solution, form: AppealForm, **context) -> ResponseReturnValue:
    decision, rules = queries.decision_to_appeal(solution), rules_of(solution.challenge)
    until = queries.appeals_until(decision, rules)
    open_now = until is not None and clock.database_now() < until
    return page(
        "judging/appealing/appeal.html",
        solution=solution,
        challenge=solution.challenge,
        until=until,
        open_now=open_now,
        may_appeal=can_appeal(me(), solution),
        said=queries.own_appeals(solution),
        sentences=_sentences(solution.challenge),
        form=form,
        **context,
    )


@appealing.get("/challenges/<slug>/appeals")
@auth_required("session")
def index(slug: str) -> ResponseReturnValue:
    challenge = get_challenge(slug, me())
    found = queries.appeals_for(challenge, me())
    told = _sentences(challenge)
    return page("judging/appealing/index.html", appeals=found, challenge=challenge, sentences=told)


@appealing.get("/challenges/<slug>/appeals/<reference>")
@auth_required("session")
def show(slug: str, reference: str) -> ResponseReturnValue:
    found = queries.get_appeal(get_challenge(slug, me()), me(), reference=reference)
    return _show(found, AnswerForm(formdata=None))


def _show(found: Appeal, form: AnswerForm, **context) -> ResponseReturnValue:
    challenge = found.decision.challenge
    told = {"sentences": _sentences(challenge), "status": status_of(form), **context}
    return page("judging/appealing/show.html", appeal=found, challenge=challenge, form=form, **told)


@appealing.post("/challenges/<slug>/appeals/<reference>/answer")
@auth_required("session")
def answer(slug: str, reference: str) -> ResponseReturnValue:
    found, form = queries.get_appeal(get_challenge(slug, me()), me(), reference=reference), AnswerForm()
    if not form.validate():
        return _show(found, form)
    verdict = Verdict(form.verdict.data)
    try:
        services.decide_appeal(found, actor=me(), verdict=verdict, because=form.because.data)
    except WrongStage:
        db.session.rollback()
        found = queries.get_appeal(get_challenge(slug, me()), me(), reference=reference)
        return _show(found, form, refused=True, has_errors=True, status=409)
    flash_done(_("The appeal was answered. The entrant gets a letter, and the answer is public."))
    return see_other(url("appealing.index", slug=slug))


@fills("solution.entrant")
def solution_entrant(solution: Solution) -> str | None:
    """For its own people after publication: until when they may appeal, and what was answered."""
    if solution.stage not in queries.ANSWERED or not can_read_feedback(me(), solution):
        return None
    try:
        decision = queries.decision_to_appeal(solution)
    except NotFound:
        return None
    until = queries.appeals_until(decision, rules_of(solution.challenge))
    said = queries.own_appeals(solution)
    if not said and (until is None or clock.database_now() >= until):
        return None
    return render_template("judging/appealing/_own.html", solution=solution, until=until, said=said)


@fills("work.waiting")
def appeals_waiting(person: Person, _at: datetime) -> str | None:
    """Appeals that this person may answer."""
    found = queries.appeals_waiting_for(person)
    return render_template("judging/appealing/_waiting.html", appeals=found) if found else None


@fills("challenge.aside")
def challenge_aside(challenge: Challenge) -> str | None:
    """The way to the appeals for those who answer them."""
    if me() is None or challenge.stage not in _AFTER:
        return None
    try:
        found = queries.appeals_for(challenge, me())
    except NotFound:
        return None
    return render_template("judging/appealing/_aside.html", challenge=challenge, appeals=found)


@fills("challenge.results")
def challenge_results(challenge: Challenge, *_rest: object) -> str | None:
    """That results were withdrawn after an appeal, for everybody, until there are new ones."""
    if challenge.stage not in {Stage.DELIBERATION, Stage.DECIDED}:
        return None
    found = [each for each in queries.appeals_on(challenge) if each.verdict == Verdict.REOPENED]
    return render_template("judging/appealing/_withdrawn.html", appeal=found[-1]) if found else None


@fills("results.below")
def results_below(challenge: Challenge) -> str | None:
    """On the page of the results: how many appealed, and what was answered, without names."""
    found = queries.appeals_on(challenge)
    context = {"appeals": found, "sentences": _sentences(challenge)}
    return render_template("judging/appealing/_told.html", **context) if found else None
