"""Deeds: invite everybody of a list, and whoever was expected and now has an account."""

from collections.abc import Sequence

from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.stages import Field, Stage
from marketplace.db import db, hold
from marketplace.errors import WrongStage
from marketplace.events import announce
from marketplace.judging.inviting.events import JudgeExpected
from marketplace.judging.inviting.models import ExpectedJudge
from marketplace.judging.inviting.spreadsheet import Row
from marketplace.judging.inviting.verdicts import ACTED_UPON, Fate, Verdict, Words, verdicts_on
from marketplace.judging.models import Panel, Seat
from marketplace.judging.policy import can_invite_judge, can_run_panel
from marketplace.judging.services.panels import give_fields, invite_field_chair, invite_judge
from marketplace.judging.stages import SeatRole, SeatStage

_AT_WORK = frozenset({Stage.PUBLISHED, Stage.SCREENING, Stage.JUDGING})


def invite_list(panel: Panel, rows: Sequence[Row], *, actor: Person, words: Words) -> list[Verdict]:
    """Invite everybody whose row is in order, and ask those without an account to make one; answers every row's fate.

    What was shown before may have changed: the rows are judged anew. Raises Refused, WrongStage once the panel's work
    is over.
    """
    require(can_run_panel, actor, panel)
    hold(panel.challenge, shared=True)
    hold(panel)
    if panel.challenge.stage not in _AT_WORK:
        raise WrongStage("the panel's work is over")
    found = verdicts_on(panel, rows, actor=actor, words=words)
    for each in found:
        if each.fate == Fate.INVITE and each.person is not None:
            _invite(panel, each.person, each, actor=actor)
        elif each.fate in ACTED_UPON:
            _expect(panel, each, actor)
    return found


def _invite(panel: Panel, person: Person, each: Verdict, *, actor: Person) -> Seat:
    if each.role == SeatRole.CHAIR and each.chair_of:
        return invite_field_chair(panel, person, field=each.fields[0], actor=actor, side=each.side)
    seat = invite_judge(panel, person, role=each.role, actor=actor, side=each.side)
    give_fields(seat, actor=actor, fields=each.fields)
    return seat


def _expect(panel: Panel, each: Verdict, actor: Person) -> None:
    expected = ExpectedJudge(
        panel=panel,
        email=each.email,
        role=each.role,
        side=each.side,
        fields=[field.value for field in each.fields],
        asked_by=actor,
        asked_at=clock.now(),
    )
    db.session.add(expected)
    db.session.flush()
    announce(JudgeExpected(actor=actor, subject=expected, facts={"role": each.role.value}))


def invite_expected(person: Person) -> None:
    """Invite somebody who now has an account wherever they were expected. Not a deed: a listener calls it.

    Where meanwhile there is a chair, the panel's work is over, or whoever asked no longer may, nothing happens.
    """
    waiting = select(ExpectedJudge).where(ExpectedJudge.email == person.email.lower(), ExpectedJudge.seat_id.is_(None))
    for each in db.session.scalars(waiting.order_by(ExpectedJudge.id)).all():
        panel, actor = each.panel, each.asked_by
        sits = [seat for seat in panel.seats if seat.stage in {SeatStage.INVITED, SeatStage.ACCEPTED}]
        fields = [Field(field) for field in each.fields if field in panel.challenge.entry_fields]
        chair_of = fields[0].value if len(fields) == 1 else ""
        chaired = any(seat.role == each.role == SeatRole.CHAIR and seat.chair_of == chair_of for seat in sits)
        taken = chaired or any(seat.person_id == person.id for seat in sits)
        if taken or panel.challenge.stage not in _AT_WORK or not can_invite_judge(actor, panel, person):
            continue
        if each.role == SeatRole.CHAIR and chair_of:
            each.seat = invite_field_chair(panel, person, field=fields[0], actor=actor, side=each.side)
        else:
            each.seat = invite_judge(panel, person, role=each.role, actor=actor, side=each.side)
            each.seat.fields = [field.value for field in fields]
        db.session.flush()
