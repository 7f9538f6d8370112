"""Addresses of the calibration set: the secretary chooses entries, judges see how far apart they lay."""

from typing import Any

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.challenges.stages import Stage
from marketplace.errors import NotFound, NotReady
from marketplace.judging.forms import AnchorsForm
from marketplace.judging.queries.calibration import anchors_of, spreads_for
from marketplace.judging.queries.entries import entries_of
from marketplace.judging.queries.panels import get_panel, get_seat_on, standings
from marketplace.judging.routes.blueprint import judging
from marketplace.judging.routes.panels import challenge_to_run
from marketplace.judging.services import calibration as deeds
from marketplace.pages import flash_done, me, page, plain, see_other, status_of, url


@judging.route("/challenges/<slug>/panel/anchors", methods=["GET", "POST"])
@auth_required("session")
def anchors(slug: str) -> ResponseReturnValue:
    found = get_panel(challenge_to_run(slug))
    if not found.rules.anchor_count or found.challenge.stage != Stage.JUDGING:
        raise NotFound(slug)
    entries = {entry.solution.reference: entry for entry in entries_of(found.challenge)}
    form = AnchorsForm()
    form.entries.choices = [(reference, plain(entry, "title")) for reference, entry in entries.items()]
    if form.validate_on_submit():
        try:
            deeds.choose_anchors(found, [entries[each] for each in form.entries.data], actor=me())
        except NotReady:
            form.entries.errors = [_("Choose as many entries as the rules say: %(num)d.", num=found.rules.anchor_count)]
        else:
            flash_done(_("All judges score these entries first."))
            return see_other(url("judging.panel", slug=slug))
    known = standings(found.seats, list(entries.values()))
    free = {
        reference: sum(known[seat.id, entry.solution.id].clear for seat in found.seats)
        for reference, entry in entries.items()
    }
    context: dict[str, Any] = {
        "chosen": anchors_of(found),
        "entries": entries,
        "free": free,
        "challenge": found.challenge,
    }
    return page("judging/anchors.html", panel=found, form=form, status=status_of(form), **context)


@judging.get("/judging/<reference>/calibration")
@auth_required("session")
def calibration(reference: str) -> ResponseReturnValue:
    seat = get_seat_on(reference, me())
    if not seat.panel.rules.anchor_count:
        raise NotFound(reference)
    return page("judging/calibration.html", seat=seat, challenge=seat.panel.challenge, spreads=spreads_for(seat))
