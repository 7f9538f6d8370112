"""Deeds on score sheets filled in on paper: one person types them in, another compares and confirms."""

from collections.abc import Mapping

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.errors import NotReady, WrongStage
from marketplace.events import announce
from marketplace.judging.events import PaperConfirmed, PaperTyped
from marketplace.judging.models import PaperSheet, Sheet
from marketplace.judging.policy import can_confirm_paper, can_type_paper
from marketplace.judging.services.scoring import Mark, fill_sheet, gaps_of
from marketplace.judging.stages import SheetStage


def type_paper(sheet: Sheet, *, actor: Person, marks: Mapping[int, Mark], note: str = "") -> PaperSheet:
    """Keep what a judge wrote on paper until a second person confirms it; typing again replaces it.

    Raises WrongStage where the judge began to score here, or nobody scores now.
    """
    require(can_type_paper, actor, sheet)
    _must_be_untouched(sheet)
    paper = sheet.paper
    if paper is None:
        paper = sheet.paper = PaperSheet()
    paper.marks = {str(key): [mark.value, mark.not_applicable, mark.comment] for key, mark in marks.items()}
    paper.note, paper.typed_by, paper.typed_at = note or None, actor, clock.now()
    db.session.flush()
    announce(PaperTyped(actor=actor, subject=sheet))
    return paper


def confirm_paper(sheet: Sheet, *, actor: Person) -> None:
    """What was typed equals the paper: it becomes the judge's final sheet, and the judge is told.

    Raises Refused for whoever typed it, NotReady naming what keeps the sheet from being final.
    """
    require(can_confirm_paper, actor, sheet)
    _must_be_untouched(sheet)
    paper = sheet.paper
    if paper is None:
        raise WrongStage("nothing was typed")
    marks = {int(key): Mark(value, comment or "", na) for key, (value, na, comment) in paper.marks.items()}
    fill_sheet(sheet, marks, note=paper.note or "", author=paper.typed_by)
    if gaps := gaps_of(sheet):
        raise NotReady(gaps)
    paper.confirmed_by, paper.confirmed_at = actor, clock.now()
    sheet.finalised_at = clock.now()
    sheet.move("finalise")
    announce(PaperConfirmed(actor=actor, subject=sheet))


def _must_be_untouched(sheet: Sheet) -> None:
    hold(sheet.seat.panel.challenge, shared=True)
    hold(sheet)
    if sheet.stage != SheetStage.ASSIGNED or not sheet.is_open or sheet.compares:
        raise WrongStage("the judge scores here, or nobody scores now")
