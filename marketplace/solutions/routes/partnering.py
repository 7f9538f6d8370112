"""The consortium's board for those who write, and an organisation's answer to an invitation."""

from collections.abc import Sequence
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.authority import require
from marketplace.db import db
from marketplace.errors import Conflict, NotReady, WrongStage
from marketplace.meanwhile import EditedMeanwhile
from marketplace.organisations.models import Organisation
from marketplace.organisations.queries import get_organisation, matching
from marketplace.pages import flash_done, me, page, plain, see_other, url
from marketplace.solutions import consortium, services
from marketplace.solutions.forms import OwnPartForm, PartnerForm
from marketplace.solutions.models import Partner, Solution
from marketplace.solutions.next_steps import is_editable
from marketplace.solutions.policy import (
    can_answer_for_partner,
    can_be_partner,
    can_describe_partner,
    can_end_partner,
    can_lead_consortium,
)
from marketplace.solutions.queries.consortium import get_partner, partner_of
from marketplace.solutions.routes.blueprint import not_open, own_solution, solutions
from marketplace.text import clean_line

MOST_FOUND = 20


@solutions.get("/solutions/<reference>/partners")
@auth_required("session")
def partners(reference: str) -> ResponseReturnValue:
    """The board; ?q= finds organisations to invite."""
    solution, asked = own_solution(reference), clean_line(request.args.get("q", "")[:200])
    return _board(solution, asked=asked, found=_found(solution, asked) if asked else [])


def _board(solution: Solution, status: int = 200, **context: Any) -> Response:
    at = clock.database_now()
    return page(
        "solutions/partners.html",
        status=status,
        solution=solution,
        at=at,
        lines=consortium.standing(solution),
        whole=consortium.whole_hash(solution),
        confirmation_of=consortium.confirmation_of,
        may_lead=is_editable(solution, at) and can_lead_consortium(me(), solution),
        may_describe=lambda line: is_editable(solution, at) and can_describe_partner(me(), line),
        may_end=lambda line: is_editable(solution, at) and can_end_partner(me(), line),
        **{"asked": "", "found": []} | context,
    )


def _found(solution: Solution, asked: str) -> Sequence[Organisation]:
    standing = {line.organisation_id for line in consortium.standing(solution)} | {solution.organisation_id}
    rows = db.session.scalars(matching(asked, None).limit(MOST_FOUND + len(standing))).all()
    return [each for each in rows if can_be_partner(each) and each.id not in standing][:MOST_FOUND]


@solutions.route("/solutions/<reference>/partners/invitations/<slug>", methods=["GET", "POST"])
@auth_required("session")
def invite_partner(reference: str, slug: str) -> ResponseReturnValue:
    solution, organisation, form = own_solution(reference), get_organisation(slug), PartnerForm()
    require(can_lead_consortium, me(), solution)
    if not form.validate_on_submit():
        return _part_page(solution, form, organisation=organisation)
    try:
        services.invite_partner(solution, actor=me(), organisation=organisation, **form.part())
    except services.NotEligible as refusal:
        return _part_page(solution, form, organisation=organisation, refused=refusal.found)
    except WrongStage:
        return not_open(solution.challenge, solution)
    flash_done(_("%(organisation)s was invited.", organisation=plain(organisation, "name")))
    return see_other(url("solutions.partners", reference=reference))


def _part_page(solution: Solution, form: Any, **context: Any) -> Response:
    at, status = clock.database_now(), 422 if form.is_submitted() else 200
    return page("solutions/partner.html", status=status, solution=solution, form=form, at=at, **context)


@solutions.route("/solutions/<reference>/partners/<partner_reference>", methods=["GET", "POST"])
@auth_required("session")
def describe_partner(reference: str, partner_reference: str) -> ResponseReturnValue:
    solution = own_solution(reference)
    line = partner_of(solution, partner_reference)
    require(can_describe_partner, me(), line)
    form = (PartnerForm if can_lead_consortium(me(), solution) else OwnPartForm)(obj=line)
    if not form.validate_on_submit():
        return _part_page(solution, form, organisation=line.organisation, line=line)
    try:
        services.describe_partner(line, actor=me(), **form.part())
    except WrongStage:
        return not_open(solution.challenge, solution)
    flash_done(_("The line was saved."))
    return see_other(url("solutions.partners", reference=reference))


@solutions.post("/solutions/<reference>/partners/<partner_reference>/departure")
@auth_required("session")
def end_partner(reference: str, partner_reference: str) -> ResponseReturnValue:
    solution = own_solution(reference)
    line = partner_of(solution, partner_reference)
    is_own = can_answer_for_partner(me(), line)
    try:
        services.end_partner(line, actor=me())
    except WrongStage:
        return not_open(solution.challenge, solution)
    name = plain(line.organisation, "name")
    flash_done(_("%(organisation)s is no longer of the consortium.", organisation=name))
    return see_other(url("solutions.index") if is_own else url("solutions.partners", reference=reference))


@solutions.post("/solutions/<reference>/confirmations/requests")
@auth_required("session")
def ask_for_confirmations(reference: str) -> ResponseReturnValue:
    solution = own_solution(reference)
    try:
        services.ask_for_confirmations(solution, actor=me())
    except NotReady:
        return _board(solution, status=422, is_refused=True)
    except WrongStage:
        return not_open(solution.challenge, solution)
    flash_done(_("Every partner whose confirmation is missing gets a letter."))
    return see_other(url("solutions.partners", reference=reference))


@solutions.post("/solutions/<reference>/partners/<partner_reference>/confirmation")
@auth_required("session")
def confirm_version(reference: str, partner_reference: str) -> ResponseReturnValue:
    solution = own_solution(reference)
    line = partner_of(solution, partner_reference)
    try:
        services.confirm_version(line, actor=me(), sha256=request.form.get("sha256", "")[:64])
    except (EditedMeanwhile, NotReady):
        return _board(solution, status=409, is_changed=True)
    except WrongStage:
        return not_open(solution.challenge, solution)
    flash_done(_("%(organisation)s has confirmed this version.", organisation=plain(line.organisation, "name")))
    return see_other(url("solutions.partners", reference=reference))


@solutions.get("/partnerships/<reference>")
@auth_required("session")
def partnership(reference: str) -> ResponseReturnValue:
    """What an organisation is offered; once accepted, the solution itself."""
    line = get_partner(reference, me())
    if line.accepted_at is not None:
        return see_other(url("solutions.show", reference=line.solution.reference))
    return _offer(line)


def _offer(line: Partner, **context: Any) -> Response:
    at = clock.database_now()
    return page("solutions/partnership.html", line=line, solution=line.solution, at=at, **context)


@solutions.post("/partnerships/<reference>/acceptance")
@auth_required("session")
def accept_partnership(reference: str) -> ResponseReturnValue:
    line = get_partner(reference, me())
    try:
        services.accept_partnership(line, actor=me())
    except services.NotEligible as refusal:
        return _offer(line, status=409, refused=refusal.found)
    except Conflict:
        return _offer(line, status=409, answers_elsewhere=True)
    except WrongStage:
        return not_open(line.solution.challenge)
    flash_done(_("%(organisation)s now belongs to the consortium.", organisation=plain(line.organisation, "name")))
    return see_other(url("solutions.show", reference=line.solution.reference))


@solutions.post("/partnerships/<reference>/refusal")
@auth_required("session")
def decline_partnership(reference: str) -> ResponseReturnValue:
    line = get_partner(reference, me())
    try:
        services.end_partner(line, actor=me())
    except WrongStage:
        return not_open(line.solution.challenge)
    flash_done(_("The invitation was declined."))
    return see_other(url("home.work"))
