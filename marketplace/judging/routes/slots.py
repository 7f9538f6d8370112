"""What judging shows on the pages of lower packages."""

from datetime import datetime

from flask import render_template

from marketplace.accounts.models import Person
from marketplace.challenges.models import Challenge
from marketplace.challenges.policy import can_run_challenge
from marketplace.challenges.stages import Stage
from marketplace.judging.committee.policy import can_attend
from marketplace.judging.committee.queries import MEETS
from marketplace.judging.policy import can_read_feedback, is_chair
from marketplace.judging.queries.entries import JUDGED
from marketplace.judging.queries.objections import shown_seats
from marketplace.judging.queries.panels import panel_of
from marketplace.judging.queries.results import result_of
from marketplace.judging.queries.rules import rules_of
from marketplace.judging.queries.waiting import chaired_by, judge_work, to_publish
from marketplace.judging.rules import content_of
from marketplace.judging.sentences import sentences
from marketplace.pages import fills, me
from marketplace.solutions.models import Solution

_STEPS = frozenset({Stage.SCREENING, Stage.JUDGING, Stage.DELIBERATION, Stage.DECIDED, Stage.RESULTS_PUBLISHED})
_RUN = frozenset({Stage.PUBLISHED, Stage.SCREENING, Stage.JUDGING, Stage.DELIBERATION, Stage.DECIDED})


@fills("work.waiting")
def work_waiting(person: Person, at: datetime) -> str | None:
    """Invitations, declarations and sheets; panels one chairs; results that wait for one's name."""
    work, chaired, decisions = judge_work(person), chaired_by(person), to_publish(person)
    if not (work.waits or chaired or decisions):
        return None
    return render_template("judging/_waiting.html", work=work, chaired=chaired, decisions=decisions, at=at)


@fills("challenge.next")
def challenge_next(challenge: Challenge, _at: datetime) -> str | None:
    """For the agency's own list: the step of judging that the challenge is at. Asks the database nothing."""
    if challenge.stage not in _STEPS:
        return None
    return render_template("judging/_step.html", challenge=challenge)


@fills("challenge.aside")
def challenge_aside(challenge: Challenge) -> str | None:
    """The way to the panel for the agency's people and the chair, and to the committee for its members."""
    person = me()
    if person is None or challenge.stage not in _RUN:
        return None
    panel = panel_of(challenge)
    runs = can_run_challenge(person, challenge)
    leads = runs or (panel is not None and is_chair(person, panel))
    meets = panel is not None and challenge.stage in MEETS and can_attend(person, panel)
    if not leads and not meets:
        return None
    return render_template("judging/_aside.html", challenge=challenge, panel=panel, runs=runs, leads=leads, meets=meets)


@fills("challenge.below")
def challenge_below(challenge: Challenge, _at: datetime) -> str | None:
    """The rules in short, for everybody; nothing where a listing came from elsewhere."""
    return None if challenge.stage == Stage.HISTORY else challenge_preview(challenge)


@fills("challenge.preview")
def challenge_preview(challenge: Challenge) -> str:
    """The same in the preview of a draft."""
    rules = rules_of(challenge)
    told = sentences(content_of(rules))
    return render_template("judging/_rules.html", challenge=challenge, rules=rules, sentences=told)


@fills("challenge.authoring")
def challenge_authoring(challenge: Challenge) -> str:
    """Below the sections of a draft: the rules, to be written with them."""
    return render_template("judging/_rules_to_write.html", challenge=challenge, rules=rules_of(challenge))


@fills("solution.entrant")
def solution_entrant(solution: Solution) -> str | None:
    """For its own people: who judges and the way to object; after publication what was decided, and the feedback."""
    if not can_read_feedback(me(), solution):
        return None
    result = result_of(solution)
    if result is not None:
        return render_template("judging/_after.html", solution=solution, result=result)
    judged = solution.stage in JUDGED and solution.challenge.stage != Stage.PUBLISHED
    shown = judged and bool(shown_seats(solution.challenge))
    return render_template("judging/_panel_link.html", solution=solution) if shown else None
