"""Addresses of those who decide: the totals, the draft of the results, their publication."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_security import auth_required

from marketplace.authority import require
from marketplace.challenges.queries import get_challenge
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import NotFound, NotReady
from marketplace.formats import moment
from marketplace.judging.forms import CloseForm, ReturnForm, ScheduleResultsForm, SheetReturnForm
from marketplace.judging.models import Decision, Panel
from marketplace.judging.policy import (
    can_call_off_results,
    can_deliberate,
    can_publish_results,
    can_return_sheet,
    can_run_panel,
)
from marketplace.judging.queries.entries import entries_of
from marketplace.judging.queries.panels import get_panel, loads
from marketplace.judging.queries.results import (
    matrix_for,
    sheet_to_deliberate,
    standing_decision,
)
from marketplace.judging.queries.sheets import total_of
from marketplace.judging.routes.blueprint import judging
from marketplace.judging.routes.fields import field_asked
from marketplace.judging.routes.panels import challenge_to_run
from marketplace.judging.services import publishing_later, results, rounds, scoring
from marketplace.judging.stages import SeatStage, SheetStage
from marketplace.pages import flash_done, me, page, see_other, status_of, url

AFTER_SCORING = frozenset({Stage.DELIBERATION, Stage.DECIDED, Stage.RESULTS_PUBLISHED, Stage.NOT_AWARDED})
_TEXTS = ("award_vi", "award_en", "citation_vi", "citation_en")


def _panel_to_deliberate(slug: str) -> Panel:
    """The panel of this challenge; raises NotFound for everybody but its chair and the secretary."""
    found = get_panel(get_challenge(slug, me()))
    if not can_deliberate(me(), found):
        raise NotFound(slug)
    return found


@judging.get("/challenges/<slug>/deliberation")
@auth_required("session")
def deliberation(slug: str) -> ResponseReturnValue:
    return _deliberation(_panel_to_deliberate(slug), CloseForm(formdata=None))


def _deliberation(panel: Panel, form: CloseForm, **context) -> ResponseReturnValue:
    over = panel.challenge.stage in AFTER_SCORING
    field = field_asked(panel.challenge)
    rows = matrix_for(me(), panel, field=field) if over else []
    seats = [seat for seat in panel.seats if seat.stage == SeatStage.ACCEPTED]
    return page(
        "judging/deliberation.html",
        panel=panel,
        challenge=panel.challenge,
        field=field,
        seats=[seat for seat in seats if not over or field is None or seat.reads(field)],
        rows=rows,
        entry_count=sum(field in (None, entry.field) or entry.field is None for entry in entries_of(panel.challenge)),
        loads=loads(panel),
        over=over,
        runs=can_run_panel(me(), panel),
        close=form,
        **context,
    )


@judging.post("/challenges/<slug>/deliberation")
@auth_required("session")
def begin_deliberation(slug: str) -> ResponseReturnValue:
    panel, form = _panel_to_deliberate(slug), CloseForm()
    ends = panel.rules.best(panel.round) is None
    deed = scoring.begin_deliberation if ends else rounds.end_round
    try:
        going = deed(panel, actor=me(), despite_open=form.despite_open.data)
    except NotReady as error:
        db.session.rollback()
        return _deliberation(_panel_to_deliberate(slug), form, gaps=error.gaps, has_errors=True, status=422)
    if going is not None:
        told = ngettext(
            "%(num)d entry goes on to the next round.", "%(num)d entries go on to the next round.", len(going)
        )
        flash_done(told)
        return see_other(url("judging.deliberation", slug=slug))
    flash_done(_("Scoring is over. The totals are below."))
    return see_other(url("judging.deliberation", slug=slug))


@judging.get("/challenges/<slug>/deliberation/sheets/<reference>")
@auth_required("session")
def sheet_to_read(slug: str, reference: str) -> ResponseReturnValue:
    return _sheet_to_read(slug, reference, SheetReturnForm(formdata=None))


def _sheet_to_read(slug: str, reference: str, form: SheetReturnForm) -> ResponseReturnValue:
    found = _panel_to_deliberate(slug)
    if found.challenge.stage not in AFTER_SCORING:
        raise NotFound(slug)
    sheet = sheet_to_deliberate(reference, found, me())
    returnable = found.challenge.stage == Stage.DELIBERATION and sheet.stage == SheetStage.FINAL
    return page(
        "judging/sheet_to_read.html",
        sheet=sheet,
        challenge=found.challenge,
        criteria=found.challenge.criteria,
        form=form,
        may_return=returnable and can_return_sheet(me(), sheet),
        total=total_of(sheet, found.challenge.criteria),
        scores={score.criterion_id: score for score in sheet.scores},
        status=status_of(form),
    )


@judging.post("/challenges/<slug>/deliberation/sheets/<reference>/return")
@auth_required("session")
def return_sheet(slug: str, reference: str) -> ResponseReturnValue:
    sheet, form = sheet_to_deliberate(reference, _panel_to_deliberate(slug), me()), SheetReturnForm()
    if not form.validate():
        return _sheet_to_read(slug, reference, form)
    scoring.return_sheet(sheet, actor=me(), reason=form.reason.data)
    flash_done(_("The sheet went back to its judge with your reason. Until it is final again it does not count."))
    return see_other(url("judging.deliberation", slug=slug))


def preview(drafted: Decision, form: ReturnForm, **context) -> ResponseReturnValue:
    stands = publishing_later.reviewed(drafted) if drafted.published_at is None else ""
    context = {"later": ScheduleResultsForm(formdata=None), "reviewed": stands, **context}
    return page(
        "judging/preview.html",
        decision=drafted,
        challenge=drafted.challenge,
        form=form,
        can_publish=can_publish_results(me(), drafted),
        can_call_off=can_call_off_results(me(), drafted),
        **context,
    )


def _drafted(slug: str) -> Decision:
    found = standing_decision(challenge_to_run(slug))
    if found is None:
        raise NotFound(slug)
    return found


@judging.post("/challenges/<slug>/decision/publication")
@auth_required("session")
def publish_results(slug: str) -> ResponseReturnValue:
    drafted = _drafted(slug)
    results.publish_results(drafted, actor=me())
    told = len(drafted.results)
    flash_done(
        ngettext(
            "The results are public, and %(num)d entrant is told.",
            "The results are public, and %(num)d entrants are told.",
            told,
        )
    )
    return see_other(url("showcase.show", slug=slug))


@judging.post("/challenges/<slug>/decision/schedule")
@auth_required("session")
def schedule_results(slug: str) -> ResponseReturnValue:
    drafted, form = _drafted(slug), ScheduleResultsForm()
    require(can_publish_results, me(), drafted)
    if not form.validate() or form.publish_at.utc is None:
        return preview(drafted, ReturnForm(formdata=None), later=form, has_errors=True, status=422)
    if form.reviewed.data != publishing_later.reviewed(drafted):
        form.publish_at.errors = [_("Something has changed since this page was opened. Look at the results again.")]
        return preview(drafted, ReturnForm(formdata=None), later=form, has_errors=True, status=422)
    publishing_later.schedule_results(drafted, actor=me(), publish_at=form.publish_at.utc)
    flash_done(_("The results publish themselves at %(moment)s.", moment=moment(form.publish_at.utc)))
    return see_other(url("judging.decision", slug=slug))


@judging.post("/challenges/<slug>/decision/schedule/removal")
@auth_required("session")
def call_off_results(slug: str) -> ResponseReturnValue:
    publishing_later.call_off_results(_drafted(slug), actor=me())
    flash_done(_("The results do not publish themselves any more."))
    return see_other(url("judging.decision", slug=slug))


@judging.post("/challenges/<slug>/decision/return")
@auth_required("session")
def return_results(slug: str) -> ResponseReturnValue:
    drafted, form = _drafted(slug), ReturnForm()
    if not form.validate():
        return preview(drafted, form, status=status_of(form))
    results.return_results(drafted, actor=me(), reasons=form.reasons.data)
    flash_done(_("The draft went back with your reasons."))
    return see_other(url("home.work"))
