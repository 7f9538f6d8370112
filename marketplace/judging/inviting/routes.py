"""Addresses of the list of judges: look at it row by row, then invite."""

from functools import cache

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from flask_security import auth_required
from sqlalchemy import select

from marketplace.challenges.stages import Field
from marketplace.db import db
from marketplace.files.download import as_download
from marketplace.judging.inviting import services
from marketplace.judging.inviting.forms import LARGEST, ListForm, RowsForm, as_text
from marketplace.judging.inviting.models import ExpectedJudge
from marketplace.judging.inviting.spreadsheet import Unreadable, read_rows
from marketplace.judging.inviting.verdicts import Fate, Words, verdicts_on
from marketplace.judging.models import Panel
from marketplace.judging.queries.panels import SIDES, get_panel
from marketplace.judging.routes.panels import challenge_to_run
from marketplace.judging.stages import SeatRole
from marketplace.labels import FIELDS, HELIX, word
from marketplace.organisations.stages import Helix
from marketplace.pages import flash_done, me, page, see_other, status_of, url
from marketplace.solutions.sheets import workbook
from marketplace.text import fold

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
inviting = Blueprint("inviting", __name__)


def _role_words() -> dict[SeatRole, str]:
    return {
        SeatRole.JUDGE: _("Judge"),
        SeatRole.CHAIR: _("Chair"),
        SeatRole.ALTERNATE: _("Alternate"),
        SeatRole.TRAINEE: _("Trainee"),
    }


@cache
def _words() -> Words:
    """Every word for a role, a house or a field in both languages, and its key."""
    roles: dict[str, SeatRole] = {role.value: role for role in SeatRole}
    sides: dict[str, Helix] = {side: Helix(side) for side in SIDES}
    fields: dict[str, Field] = {field.value: field for field in Field}
    for language in ("vi", "en"):
        with force_locale(language):
            roles |= {fold(said): role for role, said in _role_words().items()}
            sides |= {fold(word(HELIX, side)): Helix(side) for side in SIDES}
            fields |= {fold(word(FIELDS, field)): field for field in Field}
    return Words(roles, sides, fields)


def _panel(slug: str) -> Panel:
    return get_panel(challenge_to_run(slug))


@inviting.get("/challenges/<slug>/panel/list")
@auth_required("session")
def show(slug: str) -> ResponseReturnValue:
    return _show(_panel(slug), ListForm())


def _show(panel: Panel, form: ListForm, **context) -> ResponseReturnValue:
    waiting = select(ExpectedJudge).where(ExpectedJudge.panel_id == panel.id).order_by(ExpectedJudge.email)
    expected = db.session.scalars(waiting.where(ExpectedJudge.seat_id.is_(None))).all()
    context = {"status": status_of(form)} | context
    return page(
        "judging/inviting/list.html",
        panel=panel,
        challenge=panel.challenge,
        expected=expected,
        form=form,
        **context,
    )


@inviting.get("/challenges/<slug>/panel/list.xlsx")
@auth_required("session")
def example(slug: str) -> ResponseReturnValue:
    panel = _panel(slug)
    fields = [word(FIELDS, field) for field in panel.challenge.entry_fields]
    headings = [_("E-mail"), _("Full name"), _("Role"), _("House"), *([_("Fields")] if fields else [])]
    row = ["giam-khao@example.vn", "Nguyễn Văn A", _role_words()[SeatRole.JUDGE], word(HELIX, "academia"), *fields[:1]]
    return as_download(workbook(headings, [row], title=_("List of judges")), name="judges.xlsx", media_type=_XLSX)


@inviting.post("/challenges/<slug>/panel/list/check")
@auth_required("session")
def check(slug: str) -> ResponseReturnValue:
    panel, form = _panel(slug), ListForm()
    if not form.validate():
        return _show(panel, form)
    try:
        content = form.file.data.read(LARGEST + 1)
        rows = read_rows(content if len(content) <= LARGEST else b"")
    except Unreadable as wrong:
        form.file.errors = [_why(str(wrong))]
        return _show(panel, form)
    found = verdicts_on(panel, rows, actor=me(), words=_words())
    text = as_text(rows)
    return page("judging/inviting/check.html", panel=panel, challenge=panel.challenge, found=found, rows=text)


def _why(reason: str) -> str:
    if reason == "email":
        return _("The first row names no column for e-mail addresses. Take the example and fill it in.")
    if reason == "size":
        return _("The list is too long: at most 500 rows.")
    return _("This is neither an XLSX workbook nor a CSV file.")


@inviting.post("/challenges/<slug>/panel/list")
@auth_required("session")
def invite(slug: str) -> ResponseReturnValue:
    panel, form = _panel(slug), RowsForm()
    if not form.validate():
        return _show(panel, ListForm(formdata=None), has_errors=True, status=422)
    found = services.invite_list(panel, form.read, actor=me(), words=_words())
    counts = {fate: sum(each.fate == fate for each in found) for fate in Fate}
    invited, expected = counts[Fate.INVITE], counts[Fate.EXPECT]
    flash_done(ngettext("%(num)d judge was invited.", "%(num)d judges were invited.", invited))
    if expected:
        told = ngettext(
            "%(num)d address has no account: a letter asks to make one.",
            "%(num)d addresses have no account: letters ask to make one.",
            expected,
        )
        flash_done(told)
    return see_other(url("inviting.show", slug=slug))
