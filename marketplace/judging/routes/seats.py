"""A judge's addresses before reading: the queue, the invitation, the declaration of conflicts."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.challenges.stages import Stage
from marketplace.judging.forms import AcceptForm, DeclineForm, conflicts_form
from marketplace.judging.models import Seat
from marketplace.judging.queries.panels import Standing, entries_for, get_seat, get_seat_on, standings
from marketplace.judging.queries.waiting import judge_work
from marketplace.judging.routes.blueprint import judging
from marketplace.judging.services import conflicts, panels
from marketplace.judging.stages import Blind
from marketplace.pages import flash_done, me, page, see_other, status_of, url


@judging.get("/judging")
@auth_required("session")
def queue() -> ResponseReturnValue:
    return page("judging/queue.html", work=judge_work(me()))


@judging.get("/judging/invitations/<reference>")
@auth_required("session")
def invitation(reference: str) -> ResponseReturnValue:
    return _invitation(get_seat(reference, me()), accept=AcceptForm(), decline=DeclineForm())


def _invitation(seat: Seat, *, accept: AcceptForm, decline: DeclineForm, status: int = 200) -> ResponseReturnValue:
    return page("judging/invitation.html", seat=seat, accept=accept, form=accept, decline=decline, status=status)


@judging.post("/judging/invitations/<reference>/acceptance")
@auth_required("session")
def accept_seat(reference: str) -> ResponseReturnValue:
    seat, form = get_seat(reference, me()), AcceptForm()
    if not form.validate():
        return _invitation(seat, accept=form, decline=DeclineForm(formdata=None), status=status_of(form))
    panels.accept_seat(seat, actor=me(), undertaking=form.undertaking.data, most=form.most.data)
    flash_done(_("You have taken the seat. Next, declare conflicts of interest."))
    return see_other(url("judging.declaration", reference=seat.panel.reference))


@judging.post("/judging/invitations/<reference>/refusal")
@auth_required("session")
def decline_seat(reference: str) -> ResponseReturnValue:
    seat, form = get_seat(reference, me()), DeclineForm()
    if not form.validate():
        return _invitation(seat, accept=AcceptForm(formdata=None), decline=form, status=status_of(form))
    panels.decline_seat(seat, actor=me(), reason=form.reason.data)
    flash_done(_("You have declined. The secretary is told."))
    return see_other(url("judging.queue"))


@judging.route("/judging/<reference>/conflicts", methods=["GET", "POST"])
@auth_required("session")
def declaration(reference: str) -> ResponseReturnValue:
    seat = get_seat_on(reference, me())
    entries = sorted(entries_for(seat), key=lambda entry: entry.solution.organisation.sort_name)
    known = standings([seat], entries)
    asked = [entry for entry in entries if _may_answer(seat, known[seat.id, entry.solution.id])]
    said = {
        f"answer_{entry.solution.organisation.reference}": "none"
        for entry in asked
        if known[seat.id, entry.solution.id].clear
    }
    form = conflicts_form(asked)(data=said)
    if form.validate_on_submit():
        answers = {
            entry.solution.id: form[f"reason_{entry.solution.organisation.reference}"].data
            if form[f"answer_{entry.solution.organisation.reference}"].data == "conflict"
            else None
            for entry in asked
        }
        conflicts.declare_conflicts(seat, actor=me(), answers=answers)
        flash_done(_("Your declaration is complete. You may read the entries that are assigned to you."))
        return see_other(url("judging.queue"))
    return page(
        "judging/conflicts.html",
        seat=seat,
        blind=seat.panel.rules.blind(seat.panel.round) != Blind.OPEN,
        entries=entries,
        asked=asked,
        standings={entry.solution.id: known[seat.id, entry.solution.id] for entry in entries},
        form=form,
        status=status_of(form),
    )


def _may_answer(seat: Seat, standing: Standing) -> bool:
    """What is not answered yet and, until entries are assigned, what was said to be free of conflict."""
    return standing.basis is None or (standing.clear and seat.panel.challenge.stage == Stage.SCREENING)
