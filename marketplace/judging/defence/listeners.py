"""What a defence does when judges come and go; writes rows only."""

from sqlalchemy import select

from marketplace.db import db
from marketplace.events import listens_to
from marketplace.judging.defence.booking import book_judge, let_go
from marketplace.judging.defence.models import Defence, Hearing
from marketplace.judging.events import ConflictFound, JudgeLeft, JudgeRecused, JudgesAssigned
from marketplace.judging.models import Sheet
from marketplace.judging.stages import SheetStage


@listens_to(JudgesAssigned)
def seat_new_judges(event: JudgesAssigned) -> None:
    """Who reads an entry that has its time already is taken for it, where they are free."""
    if db.session.scalar(select(Defence.id).where(Defence.panel_id == event.subject.id).limit(1)) is None:
        return
    for sheet in event.unsaid["sheets"]:
        hearing = _hearing(sheet)
        if hearing is not None:
            book_judge(hearing, sheet)


@listens_to(JudgeRecused, ConflictFound)
def free_judge(event: JudgeRecused | ConflictFound) -> None:
    """Whoever gave an entry back need not come for it."""
    hearing = _hearing(event.subject)
    if hearing is not None:
        let_go(hearing, event.subject)


@listens_to(JudgeLeft)
def free_who_left(event: JudgeLeft) -> None:
    """Whoever left comes for nothing any more."""
    ended = select(Sheet).where(Sheet.seat_id == event.subject.id, Sheet.stage == SheetStage.ENDED)
    for sheet in db.session.scalars(ended):
        hearing = _hearing(sheet)
        if hearing is not None:
            let_go(hearing, sheet)


def _hearing(sheet: Sheet) -> Hearing | None:
    return db.session.scalar(
        select(Hearing)
        .join(Hearing.defence)
        .where(Hearing.solution_id == sheet.solution_id, Defence.round == sheet.round)
        .where(Defence.panel_id == sheet.seat.panel_id)
    )
