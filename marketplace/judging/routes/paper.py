"""Addresses of score sheets on paper: to print with a code, to type in, to confirm."""

from collections.abc import Sequence
from typing import Any

import segno
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import NotFound, NotReady
from marketplace.judging.forms import sheet_form
from marketplace.judging.forms.sheets import NOT_APPLICABLE
from marketplace.judging.models import Sheet
from marketplace.judging.policy import can_confirm_paper, can_type_paper
from marketplace.judging.queries.panels import get_panel
from marketplace.judging.queries.sheets import get_sheet, sheets_of_panel
from marketplace.judging.routes.blueprint import judging
from marketplace.judging.routes.panels import challenge_to_run
from marketplace.judging.routes.sheets import marks_of
from marketplace.judging.services import paper as deeds
from marketplace.pages import absolute, flash_done, language, me, page, see_other, status_of, url


@judging.get("/judging/sheets/<reference>/paper")
@auth_required("session")
def printed(reference: str) -> ResponseReturnValue:
    """One's own sheet to print; the code leads the secretary to where it is typed in."""
    sheet = get_sheet(reference, me())
    challenge = sheet.seat.panel.challenge
    typed_at = absolute("judging.typed", language(), slug=challenge.slug, reference=reference)
    code = segno.make(typed_at, micro=False).svg_data_uri(scale=3, border=2)
    context: dict[str, Any] = {
        "entry": sheet.entry,
        "challenge": challenge,
        "criteria": challenge.criteria,
        "code": code,
    }
    return page("judging/printed.html", sheet=sheet, **context)


@judging.get("/challenges/<slug>/paper")
@auth_required("session")
def papers(slug: str) -> ResponseReturnValue:
    found = get_panel(challenge_to_run(slug))
    sheets = [
        sheet for sheet in sheets_of_panel(found) if can_type_paper(me(), sheet) and (_waits(sheet) or sheet.paper)
    ]
    return page("judging/papers.html", challenge=found.challenge, sheets=sheets)


def _waits(sheet: Sheet) -> bool:
    return sheet.stage == "assigned" and sheet.is_open and not sheet.compares


def _sheet(slug: str, reference: str) -> Sheet:
    found = get_panel(challenge_to_run(slug))
    for sheet in sheets_of_panel(found):
        if sheet.reference == reference and can_type_paper(me(), sheet) and (_waits(sheet) or sheet.paper):
            return sheet
    raise NotFound(reference)


@judging.route("/challenges/<slug>/paper/<reference>", methods=["GET", "POST"])
@auth_required("session")
def typed(slug: str, reference: str) -> ResponseReturnValue:
    sheet = _sheet(slug, reference)
    form = _form(sheet)
    if form.validate_on_submit():
        deeds.type_paper(sheet, actor=me(), marks=marks_of(sheet, form), note=form.note.data)
        flash_done(_("What is on the paper was typed in. Another person of your agency confirms it."))
        return see_other(url("judging.papers", slug=slug))
    return _typed(sheet, form, status=status_of(form))


def _form(sheet: Sheet):
    panel = sheet.seat.panel
    kept = {"edition": "0", "note": (sheet.paper.note or "") if sheet.paper else ""}
    for criterion in panel.challenge.criteria:
        value, na, comment = (sheet.paper.marks if sheet.paper else {}).get(str(criterion.id), (None, False, ""))
        kept[f"value_{criterion.position}"] = NOT_APPLICABLE if na else "" if value is None else str(value)
        kept[f"comment_{criterion.position}"] = comment or ""
    return sheet_form(panel.challenge.criteria, may_not_apply=panel.rules.not_applicable)(data=kept)


def _typed(sheet: Sheet, form, gaps: Sequence[object] = (), **context) -> ResponseReturnValue:
    challenge = sheet.seat.panel.challenge
    return page(
        "judging/typed.html",
        sheet=sheet,
        form=form,
        gaps=gaps,
        challenge=challenge,
        criteria=challenge.criteria,
        waits=_waits(sheet) and challenge.stage == Stage.JUDGING,
        may_confirm=can_confirm_paper(me(), sheet),
        **context,
    )


@judging.post("/challenges/<slug>/paper/<reference>/confirmation")
@auth_required("session")
def confirm_paper(slug: str, reference: str) -> ResponseReturnValue:
    try:
        deeds.confirm_paper(_sheet(slug, reference), actor=me())
    except NotReady as error:
        missing = error.gaps
        db.session.rollback()
        sheet = _sheet(slug, reference)
        return _typed(sheet, _form(sheet), missing, has_errors=True, status=422)
    flash_done(_("The paper is confirmed: the sheet is final and its judge is told."))
    return see_other(url("judging.papers", slug=slug))
