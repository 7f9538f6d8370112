"""Deeds on score sheets: save a draft, finalise it; and the end of scoring."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.events import DeliberationBegun
from marketplace.challenges.models import Criterion
from marketplace.challenges.stages import Stage
from marketplace.db import db, hold
from marketplace.errors import Conflict, NotReady, WrongStage
from marketplace.events import announce
from marketplace.judging.events import ScoreSaved, SheetFinalised, SheetReturned
from marketplace.judging.models import Panel, Score, Sheet, SheetVersion
from marketplace.judging.policy import can_end_scoring, can_return_sheet, can_score
from marketplace.judging.queries.entries import entries_of
from marketplace.judging.queries.results import rows_of
from marketplace.judging.queries.sheets import sheets_of_panel
from marketplace.judging.services.conflicts import end_tied_sheets
from marketplace.judging.stages import Comments, SheetStage


@dataclass(frozen=True)
class Mark:
    """Points and comment for one criterion, or that it does not apply; all may still be missing in a draft."""

    value: int | None = None
    comment: str = ""
    not_applicable: bool = False


@dataclass(frozen=True)
class Gap:
    """What keeps a sheet from being final: "value", "comment" or, for points outside the scale, "range"."""

    criterion: Criterion
    name: str

    def __str__(self) -> str:
        return f"{self.criterion.name_vi or self.criterion.name_en}: {self.name}"


def needs_comment(criterion: Criterion, value: int | None, rule: Comments = Comments.EXTREMES) -> bool:
    """Whether these points must be explained; extremes are the lowest fifth and the highest tenth of the scale."""
    if value is None or rule == Comments.NEVER:
        return False
    return rule == Comments.ALWAYS or not 2 * criterion.maximum < 10 * value < 9 * criterion.maximum


def save_scores(sheet: Sheet, *, actor: Person, edition: int, marks: Mapping[int, Mark], note: str = "") -> None:
    """Keep a draft, complete or not; `marks` by criterion id, `edition` the one that was shown to the judge.

    Every save stays on record as a version. Raises Conflict if another window saved since, WrongStage if the sheet is
    final or scoring over, NotReady for points outside the scale or a "does not apply" that the rules do not know.
    """
    require(can_score, actor, sheet)
    _hold(sheet, edition)
    fill_sheet(sheet, marks, note=note, author=actor)
    announce(ScoreSaved(actor=actor, subject=sheet, facts={"criteria": len(sheet.values)}))


def fill_sheet(sheet: Sheet, marks: Mapping[int, Mark], *, note: str, author: Person) -> None:
    """Write these marks and keep the version. Not a deed: deeds call it on a sheet they hold."""
    sheet.move("save")
    criteria = {criterion.id: criterion for criterion in sheet.seat.panel.challenge.criteria}
    may_not_apply = sheet.seat.panel.rules.not_applicable
    outside = [criteria[key] for key, mark in marks.items() if not _possible(criteria[key], mark, may_not_apply)]
    if outside:
        raise NotReady([Gap(criterion, "range") for criterion in outside])
    known = {score.criterion_id: score for score in sheet.scores}
    for key, mark in marks.items():
        score = known.get(key)
        if score is None:
            score = Score(sheet=sheet, criterion_id=key)
            db.session.add(score)
        score.value, score.comment, score.not_applicable = mark.value, mark.comment or None, mark.not_applicable
    sheet.note, sheet.saved_at, sheet.edition = note or None, clock.now(), sheet.edition + 1
    _keep_version(sheet, author)


def _possible(criterion: Criterion, mark: Mark, may_not_apply: bool) -> bool:
    if mark.not_applicable:
        return may_not_apply and mark.value is None
    return mark.value is None or 0 <= mark.value <= criterion.maximum


def _keep_version(sheet: Sheet, actor: Person) -> None:
    marks = {
        str(score.criterion_id): {"value": score.value, "na": score.not_applicable, "comment": score.comment}
        for score in sheet.scores
    }
    version = SheetVersion(sheet=sheet, edition=sheet.edition, marks=marks, note=sheet.note)
    version.saved_by, version.saved_at = actor, clock.now()
    db.session.add(version)


def gaps_of(sheet: Sheet) -> list[Gap]:
    """Everything that keeps the sheet from being final, in the order of the rubric."""
    known = {score.criterion_id: score for score in sheet.scores}
    rule, gaps = sheet.seat.panel.rules.comments, []
    for criterion in sheet.seat.panel.challenge.criteria:
        score = known.get(criterion.id)
        if score is None or (score.value is None and not (score.not_applicable and sheet.values)):
            gaps.append(Gap(criterion, "value"))
        elif needs_comment(criterion, score.value, rule) and not score.comment:
            gaps.append(Gap(criterion, "comment"))
    return gaps


def finalise_sheet(sheet: Sheet, *, actor: Person, edition: int) -> None:
    """Finish the sheet for good. Raises NotReady naming what is missing, Conflict or WrongStage as save_scores."""
    require(can_score, actor, sheet)
    _hold(sheet, edition)
    if sheet.stage == SheetStage.ASSIGNED or gaps_of(sheet):
        raise NotReady(gaps_of(sheet))
    sheet.finalised_at = clock.now()
    sheet.move("finalise")
    _end_calibration(sheet)
    announce(SheetFinalised(actor=actor, subject=sheet))


def _end_calibration(sheet: Sheet) -> None:
    """With the last of the entries that all score first the judge's own entries open."""
    if sheet.round:
        return
    unfinished = {SheetStage.ASSIGNED, SheetStage.DRAFT}
    left = select(Sheet.id).where(Sheet.seat_id == sheet.seat_id, Sheet.round == 0, Sheet.stage.in_(unfinished))
    if db.session.scalar(left.limit(1)) is None:
        sheet.seat.calibrated_at = clock.now()


def _hold(sheet: Sheet, edition: int) -> None:
    """Lock the sheet, while the challenge stays in judging, and see that it is as the judge saw it."""
    hold(sheet.seat.panel.challenge, shared=True)
    hold(sheet)
    if not sheet.is_open or sheet.compares:
        raise WrongStage("the sheet takes no scores now")
    if sheet.edition != edition:
        raise Conflict("the sheet was saved elsewhere")


def return_sheet(sheet: Sheet, *, actor: Person, reason: str) -> None:
    """Ask the judge to look again; the chair changes nothing, and until it is final again the sheet does not count.

    Raises Refused for everybody but the chair and for the chair's own sheet, WrongStage outside deliberation.
    """
    require(can_return_sheet, actor, sheet)
    challenge = sheet.seat.panel.challenge
    hold(challenge, shared=True)
    if challenge.stage != Stage.DELIBERATION:
        raise WrongStage("sheets are returned in deliberation")
    sheet.returned_at, sheet.returned_because = clock.now(), reason
    sheet.move("return")
    facts = {"reason": reason, "solution": sheet.solution.reference}
    announce(SheetReturned(actor=actor, subject=sheet, facts=facts))


def begin_deliberation(panel: Panel, *, actor: Person, despite_open: bool = False) -> None:
    """End scoring and show the totals to those who deliberate.

    Only from the last round, and with open sheets only when `despite_open`; entries with fewer final sheets than the
    quorum will not be ranked. Raises WrongStage while another round follows, NotReady for open sheets that were not
    accepted, or where no entry reaches the quorum.
    """
    require(can_end_scoring, actor, panel)
    if panel.rules.best(panel.round) is not None:
        raise WrongStage("another round follows")
    panel.challenge.move("deliberate")
    end_tied_sheets(panel.seats)
    open_sheets = [sheet for sheet in sheets_of_panel(panel) if sheet.seat.counts and sheet.stage != SheetStage.FINAL]
    if open_sheets and not despite_open:
        raise NotReady(["open"])
    if not any(row.ranked.place for row in rows_of(panel, entries_of(panel.challenge))):
        raise NotReady(["quorum"])
    announce(DeliberationBegun(actor=actor, subject=panel.challenge, facts={"open_sheets": len(open_sheets)}))
