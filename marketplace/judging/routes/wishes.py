"""A judge's address for wishes before assignment."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.challenges.stages import Stage
from marketplace.errors import NotFound
from marketplace.judging.forms import wishes_form
from marketplace.judging.queries.panels import get_seat_on
from marketplace.judging.queries.wishes import readable_entries, wishes_of
from marketplace.judging.routes.blueprint import judging
from marketplace.judging.services import wishes as deeds
from marketplace.judging.stages import Wish
from marketplace.pages import flash_done, me, page, see_other, status_of, url


@judging.route("/judging/<reference>/wishes", methods=["GET", "POST"])
@auth_required("session")
def wishes(reference: str) -> ResponseReturnValue:
    seat = get_seat_on(reference, me())
    if seat.panel.challenge.stage != Stage.SCREENING:
        raise NotFound(reference)
    # numbered, so that the names of fields say nothing of who entered
    entries = {f"wish_{number}": entry for number, entry in enumerate(readable_entries(seat), 1)}
    said = wishes_of([seat])
    kept = {
        name: said[seat.id, entry.solution.id].wish.value
        for name, entry in entries.items()
        if (seat.id, entry.solution.id) in said
    }
    form = wishes_form(entries)(data=kept)
    if form.validate_on_submit():
        told = {entry.solution.id: Wish(form[name].data) for name, entry in entries.items()}
        deeds.say_wishes(seat, actor=me(), wishes=told)
        flash_done(_("Your wishes are noted. The assignment weighs them beside knowledge, load and conflicts."))
        return see_other(url("judging.queue"))
    return page("judging/wishes.html", seat=seat, entries=entries, form=form, status=status_of(form))
