"""Addresses of the lines between tiers: what would be if, by buttons and by dragging; and keeping them."""

from collections.abc import Mapping

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.challenges.queries import get_challenge
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import NotReady
from marketplace.judging.committee.queries import committee_of
from marketplace.judging.models import Panel
from marketplace.judging.routes.fields import field_asked
from marketplace.judging.tiers import services
from marketplace.judging.tiers.grid import Cell
from marketplace.judging.tiers.policy import can_draw_lines
from marketplace.judging.tiers.queries import Lines, board_for, plan_of
from marketplace.pages import flash_done, me, page, see_other, url

MOST = 1000
# entries listed below the last line of a field
BELOW = 10
tiers = Blueprint("tiers", __name__)


@tiers.get("/challenges/<slug>/tiers")
@auth_required("session")
def show(slug: str) -> ResponseReturnValue:
    panel = committee_of(get_challenge(slug, me()), me())
    return _show(panel, _asked(panel, request.args))


def _asked(panel: Panel, typed: Mapping[str, str]) -> Lines | None:
    """The lines that the address or the form describes; None where it names none."""
    cells = {
        (each.position, field): f"n-{each.position}-{field}"
        for each in panel.challenge.prizes
        for field in _names(panel)
    }
    counts = {cell: _number(typed[name]) for cell, name in cells.items() if name in typed}
    if not counts:
        return None
    for button, step in (("more", 1), ("less", -1)):
        number, _dash, field = typed.get(button, "").partition("-")
        cell: Cell = (int(number) if number.isdecimal() and len(number) < 5 else 0, field)
        if cell in counts:
            counts[cell] = min(MOST, max(0, counts[cell] + step))
    references = typed.getlist("passed") if hasattr(typed, "getlist") else []
    return Lines(counts, frozenset(references[:MOST]))


def _names(panel: Panel) -> list[str]:
    return [*(field.value for field in panel.challenge.entry_fields), ""]


def _number(typed: str) -> int:
    return min(MOST, int(typed)) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 0


def _show(panel: Panel, lines: Lines | None, **context) -> ResponseReturnValue:
    board = board_for(panel, me(), lines=lines)
    field = field_asked(panel.challenge)
    named = field.value if field else ""
    return page(
        "judging/tiers/show.html",
        parts=["board"],
        panel=panel,
        challenge=panel.challenge,
        board=board,
        field=named if named in board.fields else next(iter(board.fields), None),
        plan=plan_of(panel),
        is_trial=lines is not None,
        draws=can_draw_lines(me(), panel) and panel.challenge.stage == Stage.DELIBERATION,
        below=BELOW,
        **context,
    )


@tiers.post("/challenges/<slug>/tiers")
@auth_required("session")
def keep(slug: str) -> ResponseReturnValue:
    panel = committee_of(get_challenge(slug, me()), me())
    lines = _asked(panel, request.form) or Lines({})
    try:
        services.keep_plan(panel, actor=me(), lines=lines)
    except NotReady:
        db.session.rollback()
        return _show(committee_of(get_challenge(slug, me()), me()), lines, has_errors=True, status=422)
    flash_done(_("The lines were kept. The draft of the results begins with them."))
    return see_other(url("tiers.show", slug=slug))
