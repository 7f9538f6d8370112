"""Who may read, comment on and write one solution: invitations by address."""

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock
from marketplace.errors import WrongStage
from marketplace.organisations.queries import open_memberships
from marketplace.pages import flash_done, me, page, see_other, url
from marketplace.solutions import services
from marketplace.solutions.forms import CoeditorForm
from marketplace.solutions.models import Solution
from marketplace.solutions.next_steps import is_open_for
from marketplace.solutions.policy import can_end_coeditor, can_invite_coeditor
from marketplace.solutions.queries import writers
from marketplace.solutions.routes.blueprint import not_open, own_solution, solutions
from marketplace.solutions.stages import Right


@solutions.get("/solutions/<reference>/coeditors")
@auth_required("session")
def coeditors(reference: str) -> ResponseReturnValue:
    return _people_page(own_solution(reference), CoeditorForm(formdata=None))


def _people_page(solution: Solution, form: CoeditorForm, status: int = 200) -> Response:
    at = clock.database_now()
    return page(
        "solutions/coeditors.html",
        status=status,
        solution=solution,
        form=form,
        at=at,
        members=open_memberships(solution.organisation),
        coeditors=writers.open_coeditors(solution),
        can_invite=can_invite_coeditor(me(), solution) and is_open_for(solution, at),
        may_end=lambda coeditor: can_end_coeditor(me(), coeditor),
    )


@solutions.post("/solutions/<reference>/coeditors")
@auth_required("session")
def invite_coeditor(reference: str) -> ResponseReturnValue:
    solution, form = own_solution(reference), CoeditorForm()
    if not form.validate():
        return _people_page(solution, form, status=422)
    try:
        services.invite_coeditor(solution, form.email.data, right=Right(form.right.data), actor=me())
    except WrongStage:
        return not_open(solution.challenge, solution)
    flash_done(_("An invitation is on its way to %(email)s.", email=form.email.data))
    return see_other(url("solutions.coeditors", reference=reference))


@solutions.post("/solutions/<reference>/coeditors/<coeditor_reference>/departure")
@auth_required("session")
def end_coeditor(reference: str, coeditor_reference: str) -> ResponseReturnValue:
    solution = own_solution(reference)
    coeditor = writers.get_coeditor(solution, coeditor_reference)
    services.end_coeditor(coeditor, actor=me())
    if coeditor.person_id == me().id:
        flash_done(_("You no longer work on this solution."))
        return see_other(url("solutions.index"))
    flash_done(_("%(email)s can no longer open this solution.", email=coeditor.email))
    return see_other(url("solutions.coeditors", reference=reference))


@solutions.get("/solution-invitations/<key>")
def coeditor_invitation(key: str) -> ResponseReturnValue:
    found = writers.open_coeditor_invitation(key)
    if found is None:
        return page("solutions/invitation_gone.html", status=404)
    late = found.expires_at < clock.now()
    return page("solutions/invitation.html", coeditor=found, solution=found.solution, key=key, late=late, person=me())


@solutions.post("/solution-invitations/<key>/acceptance")
@auth_required("session")
def accept_coeditor_invitation(key: str) -> ResponseReturnValue:
    solution = services.accept_coeditor_invitation(key, actor=me())
    flash_done(_("You now work on this solution."))
    return see_other(url("solutions.show", reference=solution.reference))
