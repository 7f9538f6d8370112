"""Deeds about conflicts of interest: declare before content is shown, recuse after."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.stages import Stage
from marketplace.db import db, hold
from marketplace.errors import NotReady, WrongStage
from marketplace.events import announce
from marketplace.judging.events import ConflictDeclared, ConflictFound, DeclarationCompleted, JudgeRecused
from marketplace.judging.models import Declaration, Entry, Seat, Sheet
from marketplace.judging.policy import can_declare, can_score
from marketplace.judging.queries.entries import ties_of
from marketplace.judging.queries.panels import Standing, declarations_of, entries_for, standings
from marketplace.judging.stages import Basis, SheetStage


def declare_conflicts(seat: Seat, *, actor: Person, answers: Mapping[int, str | None]) -> None:
    """Answer for every entry: `answers` gives a reason by solution id, None where there is no conflict.

    What was found is kept as found, whatever the answer; a conflict once declared stands. Raises NotReady naming the
    entries without an answer, WrongStage once scoring is over.
    """
    require(can_declare, actor, seat)
    _must_be_before_deliberation(seat)
    entries = entries_for(seat)
    known = standings([seat], entries)
    missing = [entry for entry in entries if known[seat.id, entry.solution.id].basis is None]
    missing = [entry for entry in missing if entry.solution.id not in answers]
    if missing:
        raise NotReady([entry.solution.reference for entry in missing])
    said = declarations_of([seat])
    for entry in entries:
        pair = seat.id, entry.solution.id
        told = _basis_and_reason(seat, entry, standing=known[pair], reason=answers.get(entry.solution.id))
        if told is not None:
            _keep(seat, entry, said.get(pair), *told)
    seat.declared_at = clock.now()
    announce(DeclarationCompleted(actor=actor, subject=seat, facts={"entries": len(entries)}))


def _basis_and_reason(
    seat: Seat, entry: Entry, *, standing: Standing, reason: str | None
) -> tuple[Basis, str | None] | None:
    """What is to be kept of an answer with this reason; None where what was said before stands."""
    if standing.conflicted:
        return standing.basis or Basis.NONE, standing.reason
    if reason and not _has_sheet(seat, entry):
        return Basis.DECLARED, reason
    return (Basis.NONE, None) if standing.basis is None else None


def _keep(seat: Seat, entry: Entry, declaration: Declaration | None, basis: Basis, reason: str | None) -> None:
    """Write the declaration, or change it where it says something new."""
    if declaration is None:
        declaration = Declaration(seat=seat, solution=entry.solution)
        db.session.add(declaration)
    elif declaration.basis == basis:
        return
    declaration.basis, declaration.reason, declaration.declared_at = basis, reason, clock.now()
    if basis != Basis.NONE:
        db.session.flush()
        facts = {"judge": seat.reference, "solution": entry.solution.reference}
        announce(ConflictDeclared(actor=seat.person, subject=declaration, facts=facts))


def block(seat: Seat, entry: Entry, *, basis: Basis, reason: str) -> None:
    """Shut a judge out of an entry from now on, and end the sheet where there is one. Not a deed: deeds call it."""
    _keep(seat, entry, _declaration(seat.id, entry.solution.id), basis, reason)
    for sheet in _sheets([seat.id]):
        if sheet.solution_id == entry.solution.id:
            _end(sheet, reason)
            announce(ConflictFound(actor=None, subject=sheet, facts={"solution": sheet.solution.reference}))


def end_tied_sheets(seats: Sequence[Seat]) -> list[Sheet]:
    """End the sheets of entries that their judges became tied to since; the scores stay on record and do not count."""
    sheets = _sheets([seat.id for seat in seats])
    ties = ties_of({sheet.seat.person for sheet in sheets}, list({sheet.solution for sheet in sheets}))
    ended = [sheet for sheet in sheets if (sheet.seat.person_id, sheet.solution_id) in ties]
    for sheet in ended:
        _end(sheet, ties[sheet.seat.person_id, sheet.solution_id].value)
        announce(ConflictFound(actor=None, subject=sheet, facts={"solution": sheet.solution.reference}))
    return ended


def _end(sheet: Sheet, reason: str) -> None:
    sheet.ended_at, sheet.ended_because = clock.now(), reason
    sheet.move("end")


def _sheets(seat_ids: Sequence[int]) -> Sequence[Sheet]:
    return db.session.scalars(
        select(Sheet).where(Sheet.seat_id.in_(seat_ids), Sheet.stage != SheetStage.ENDED).order_by(Sheet.id)
    ).all()


def recuse_judge(sheet: Sheet, *, actor: Person, reason: str) -> None:
    """Give an entry back because of a conflict found late: its scores stay on record and count for nothing.

    Raises WrongStage once scoring is over.
    """
    require(can_score, actor, sheet)
    hold(sheet.seat.panel.challenge, shared=True)
    if sheet.seat.panel.challenge.stage != Stage.JUDGING:
        raise WrongStage("scoring is over")
    _end(sheet, reason)
    declaration = _declaration(sheet.seat_id, sheet.solution_id)
    if declaration is not None:
        declaration.basis, declaration.reason, declaration.declared_at = Basis.RECUSED, reason, clock.now()
    announce(JudgeRecused(actor=actor, subject=sheet, facts={"solution": sheet.solution.reference}))


def _has_sheet(seat: Seat, entry: Entry) -> bool:
    """An assigned entry is given back by recusal, which ends its sheet."""
    found = select(Sheet.id).where(Sheet.seat_id == seat.id, Sheet.solution_id == entry.solution.id)
    return db.session.scalar(found) is not None


def _declaration(seat_id: int, solution_id: int) -> Declaration | None:
    return db.session.scalar(
        select(Declaration).where(Declaration.seat_id == seat_id, Declaration.solution_id == solution_id)
    )


def _must_be_before_deliberation(seat: Seat) -> None:
    challenge = seat.panel.challenge
    hold(challenge, shared=True)
    if challenge.stage not in {Stage.SCREENING, Stage.JUDGING}:
        raise WrongStage("declarations are made between screening and deliberation")
