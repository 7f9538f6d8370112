"""Addresses of the draft of the results: who is proposed to win, beginning with the lines that the panel drew."""

from collections.abc import Collection, Sequence

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.errors import NotFound, NotReady
from marketplace.judging.forms import ReturnForm, decision_form
from marketplace.judging.models import Decision, Entry
from marketplace.judging.policy import can_decide
from marketplace.judging.queries.entries import entries_of
from marketplace.judging.queries.panels import panel_of
from marketplace.judging.queries.results import Row, returned_decision, rows_of, standing_decision
from marketplace.judging.routes.blueprint import judging
from marketplace.judging.routes.decisions import preview
from marketplace.judging.routes.panels import challenge_to_run
from marketplace.judging.services import results
from marketplace.judging.services.results import Line, Reasons
from marketplace.judging.tiers.queries import planned_awards
from marketplace.pages import flash_done, me, page, see_other, status_of, url

# of more entries only those that are proposed are written on, and those that are asked for
MOST_ON_ONE_PAGE = 40
_TEXTS = ("award_vi", "award_en", "citation_vi", "citation_en")


@judging.get("/challenges/<slug>/decision")
@auth_required("session")
def decision(slug: str) -> ResponseReturnValue:
    challenge = challenge_to_run(slug)
    drafted = standing_decision(challenge)
    if drafted is not None:
        return preview(drafted, ReturnForm(formdata=None))
    if challenge.stage not in {Stage.DELIBERATION, Stage.SCREENING}:
        raise NotFound(slug)
    return _draft(challenge)


def _draft(challenge: Challenge, gaps: Sequence[object] = (), **context) -> ResponseReturnValue:
    entries = entries_of(challenge)
    allowed = can_decide(me(), challenge, [entry.solution for entry in entries])
    panel = panel_of(challenge)
    rows = rows_of(panel, entries) if panel is not None and allowed else []
    sent_back = returned_decision(challenge)
    planned = planned_awards(panel, rows) if panel is not None and rows else {}
    proposal = _proposal(rows, sent_back, planned)
    shown = [row for row in rows if _is_shown(row.entry, len(rows), proposal)]
    form = decision_form([row.entry for row in shown], challenge.prizes)(data=proposal)
    if form.is_submitted():
        form.validate()  # what was wrong is said beside its field
    return page(
        "judging/decision.html",
        challenge=challenge,
        rows=shown,
        others=len(rows) - len(shown),
        allowed=allowed,
        sent_back=sent_back,
        planned=planned,
        form=form,
        gaps=gaps,
        has_errors=bool(gaps) or bool(form.errors),
        **context,
    )


def _is_shown(entry: Entry, count: int, proposal: Collection[str]) -> bool:
    """Whether the form has fields for this entry: all of a small challenge, else what is proposed or asked for."""
    reference = entry.solution.reference
    return count <= MOST_ON_ONE_PAGE or f"awarded_{reference}" in proposal or reference in _asked()


def _asked() -> list[str]:
    """Entries that the form was sent with, or that somebody asked to write on."""
    sent = [name.removeprefix("award_vi_") for name in request.form if name.startswith("award_vi_")]
    return sent + [part.strip().upper() for each in request.args.getlist("also") for part in each.split(",")]


def _proposal(rows: Sequence[Row], sent_back: Decision | None, planned: dict[int, int]) -> dict[str, object]:
    """What the form begins with: the draft that came back, else the lines of the panel, else the first place."""
    if sent_back is not None:
        return _as_sent_back(sent_back)
    if planned:
        won = {row.entry.solution.reference: planned.get(row.entry.solution.id) for row in rows}
        kept: dict[str, object] = {f"awarded_{reference}": True for reference, number in won.items() if number}
        return kept | {f"prize_{reference}": str(number) for reference, number in won.items() if number}
    first = [row.entry.solution.reference for row in rows if row.ranked.place == 1]
    if rows and rows[0].entry.solution.challenge.prizes:
        return {f"awarded_{reference}": True for reference in first}
    names = {f"award_{each}": _first_prize(each) for each in ("vi", "en")}
    proposal: dict[str, object] = {f"awarded_{reference}": True for reference in first}
    return proposal | {f"{name}_{reference}": text for reference in first for name, text in names.items()}


def _as_sent_back(sent_back: Decision) -> dict[str, object]:
    won = {each.solution.reference: each for each in sent_back.winners}
    kept = {f"{name}_{reference}": getattr(each, name) for reference, each in won.items() for name in _TEXTS}
    kept |= {f"prize_{reference}": str(each.prize.position) for reference, each in won.items() if each.prize}
    kept |= {f"awarded_{reference}": True for reference in won}
    return {**kept, "reasons_vi": sent_back.reasons_vi, "reasons_en": sent_back.reasons_en}


def _first_prize(language: str) -> str:
    with force_locale(language):
        return _("First prize")


@judging.post("/challenges/<slug>/decision")
@auth_required("session")
def draft_results(slug: str) -> ResponseReturnValue:
    challenge = challenge_to_run(slug)
    entries = entries_of(challenge)
    panel = panel_of(challenge)
    order = [row.entry for row in rows_of(panel, entries)] if panel is not None else entries
    sent = set(_asked())
    form = decision_form([entry for entry in order if entry.solution.reference in sent], challenge.prizes)()
    if not form.validate():
        return _draft(challenge, status=status_of(form))
    lines = [_line(form, entry.solution.id, entry.solution.reference) for entry in order]
    reasons = Reasons(form.reasons_vi.data, form.reasons_en.data)
    try:
        results.draft_results(challenge, actor=me(), lines=lines, reasons=reasons)
    except NotReady as error:
        db.session.rollback()
        return _draft(challenge_to_run(slug), gaps=error.gaps, status=422)
    flash_done(_("The results were drafted. A manager of your agency publishes them."))
    return see_other(url("judging.decision", slug=slug))


def _line(form, solution_id: int, reference: str) -> Line:
    """What was typed for an entry; nothing where the form had no fields for it."""
    if f"awarded_{reference}" not in form:
        return Line(solution_id)
    texts = {name: form[f"{name}_{reference}"].data or "" for name in _TEXTS}
    prize = form[f"prize_{reference}"].data if f"prize_{reference}" in form else ""
    return Line(solution_id, awarded=form[f"awarded_{reference}"].data, prize=int(prize) if prize else None, **texts)
