"""Beginning a solution, its task list, its sections."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.challenges.models import Challenge
from marketplace.challenges.policy import may_answer_for
from marketplace.challenges.queries import get_challenge
from marketplace.challenges.stages import Applicant
from marketplace.db import db
from marketplace.errors import Conflict, NotFound, Refused, WrongStage
from marketplace.meanwhile import EditedMeanwhile
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import entrants_of
from marketplace.organisations.stages import PERSONAL_KINDS, Kind
from marketplace.pages import flash_done, language, me, page, plain, see_other, status_of, url
from marketplace.solutions import queries, services
from marketplace.solutions.forms import SECTIONS, SectionForm, StartForm, TermsForm
from marketplace.solutions.models import Solution
from marketplace.solutions.moments import time_of_day
from marketplace.solutions.next_steps import is_editable
from marketplace.solutions.policy import can_answer_as
from marketplace.solutions.queries import writers
from marketplace.solutions.routes.blueprint import not_open, solutions, writable_solution
from marketplace.solutions.routes.sections import differing, save_section, section_form

PEOPLE = (Applicant.INDIVIDUAL, Applicant.GROUP)


@solutions.route("/challenges/<slug>/solutions/new", methods=["GET", "POST"])
@auth_required("session")
def new(slug: str) -> ResponseReturnValue:
    challenge = get_challenge(slug, me())
    people = [each for each in PEOPLE if can_answer_as(me(), challenge, each)]
    entrants = {each.slug: each for each in entrants_of(me()) if _may_stand(each, challenge, people)}
    if not entrants and not people:
        raise Refused("belongs to no organisation that may answer")
    if not challenge.is_open(clock.database_now()):
        return not_open(challenge)
    form = StartForm(data={"language": language()})
    form.offer([(slug, plain(each, "name")) for slug, each in entrants.items()], people, name=me().full_name)
    standing = {slug: services.standing_of(each, challenge) for slug, each in entrants.items()}
    shown: dict[str, Any] = {"challenge": challenge, "form": form, "standing": standing, "at": clock.database_now()}
    if form.validate_on_submit():
        try:
            return _start(challenge, entrants, form)
        except services.NotEligible as refusal:
            db.session.rollback()
            return page("solutions/new.html", status=422, **shown, refused=refusal.found)
    return page("solutions/new.html", status=status_of(form), **shown)


def _may_stand(organisation: Organisation, challenge: Challenge, people: Sequence[Applicant]) -> bool:
    """Whether it is offered: groups where the challenge takes them, one's own name always as the person oneself."""
    if organisation.kind in PERSONAL_KINDS:
        return organisation.kind == Kind.GROUP and Applicant.GROUP in people
    return organisation not in challenge.hosts and may_answer_for(me(), organisation, challenge)


def _start(challenge: Challenge, entrants: Mapping[str, Organisation], form: StartForm) -> Response:
    text = {f"title_{form.language.data}": form.title.data, "language": form.language.data}
    chosen = form.organisation.data
    try:
        if chosen == Applicant.INDIVIDUAL:
            solution = services.start_in_own_name(challenge, actor=me(), **text)
        elif chosen == Applicant.GROUP:
            solution = services.start_as_group(challenge, actor=me(), name=form.group_name.data, **text)
        else:
            solution = services.start_solution(challenge, actor=me(), organisation=entrants[chosen], **text)
    except Conflict:
        solution = next(iter(_standing(entrants.get(chosen), challenge)), None) or _gone()
    except WrongStage:
        return not_open(challenge)
    return see_other(url("solutions.show", reference=solution.reference))


def _standing(organisation: Organisation | None, challenge: Challenge) -> Sequence[Solution]:
    """What was answered already in that name; None: in one's own or for groups."""
    if organisation is None or organisation.kind in PERSONAL_KINDS:
        return queries.personal_answers(me(), challenge)
    return queries.answers_of(organisation, challenge)


def _gone() -> Any:
    raise NotFound("solution")


@solutions.route("/solutions/<reference>/edit/<section>", methods=["GET", "POST"])
@auth_required("session")
def edit(reference: str, section: str) -> ResponseReturnValue:
    solution = writable_solution(reference)
    if section not in SECTIONS:
        raise NotFound(section)
    form = section_form(section, solution)
    if not form.is_submitted() and not is_editable(solution, clock.database_now()):
        return see_other(url("solutions.show", reference=reference))
    if not form.validate_on_submit():
        return _section_page(solution, section, form, status=status_of(form))
    try:
        save_section(solution, section, form)
    except EditedMeanwhile:
        return _section_page(solution, section, form, status=409, differing=differing(solution, section, form))
    except WrongStage:
        return _section_page(solution, section, form, status=409, is_over=True)
    return _saved(solution)


def _saved(solution: Solution) -> Response:
    """Back to the task list, saying when it was saved."""
    flash_done(_("Saved at %(time)s.", time=time_of_day(solution.saved_at)))
    return see_other(url("solutions.show", reference=solution.reference))


def _section_page(solution: Solution, section: str, form: SectionForm, **context: Any) -> Response:
    colleague = writers.last_writing(solution, section, but=me())
    context |= {"colleague": colleague, "key": f"{me().reference}/{solution.reference}/{section}"}
    context |= {"at": clock.database_now(), "edition": form.edition.data}
    context |= {"threads": writers.threads_of(solution, section)}
    return page("solutions/edit.html", solution=solution, section=section, form=form, **context)


@solutions.route("/solutions/<reference>/edit/terms", methods=["GET", "POST"])
@auth_required("session")
def terms(reference: str) -> ResponseReturnValue:
    solution, form = writable_solution(reference), TermsForm()
    at = clock.database_now()
    if form.validate_on_submit():
        try:
            services.accept_terms(solution, actor=me())
        except WrongStage:
            return not_open(solution.challenge, solution)
        return _saved(solution)
    if not form.is_submitted() and not is_editable(solution, at):
        return see_other(url("solutions.show", reference=reference))
    return page("solutions/terms.html", solution=solution, form=form, at=at, status=status_of(form))
