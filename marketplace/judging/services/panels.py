"""Deeds on panels and seats: make, invite, accept, decline, remind."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import select

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.authority import require
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Field, Stage
from marketplace.db import db, hold
from marketplace.errors import Conflict, NotReady, WrongStage
from marketplace.events import announce
from marketplace.jobs import enqueue, job, periodic
from marketplace.judging.events import (
    JudgeGivenFields,
    JudgeInvited,
    JudgeLeft,
    JudgeReminded,
    PanelChanged,
    PanelMade,
    SeatAccepted,
    SeatDeclined,
)
from marketplace.judging.models import Panel, Seat, Sheet
from marketplace.judging.policy import can_answer_invitation, can_invite_judge, can_make_panel, can_run_panel
from marketplace.judging.queries.panels import loads, panel_of
from marketplace.judging.services.drawing import commit_draw
from marketplace.judging.services.rules import settle_rules
from marketplace.judging.stages import DropOut, SeatRole, SeatStage, SheetStage
from marketplace.organisations.stages import Helix

# a second reminder within this time is not sent
REMINDER_REST = timedelta(hours=20)


def make_panel(challenge: Challenge, *, actor: Person, max_load: int = 15) -> Panel:
    """Give a closed challenge its panel, which judges by the challenge's rules.

    Raises WrongStage while solutions are taken, Conflict if it has one.
    """
    require(can_make_panel, actor, challenge)
    hold(challenge)
    if not challenge.is_closed(clock.database_now()) or challenge.stage not in {Stage.PUBLISHED, Stage.SCREENING}:
        raise WrongStage("a panel is made after closing and before judging")
    if panel_of(challenge) is not None:
        raise Conflict("the challenge has a panel")
    rules = settle_rules(challenge)
    panel = Panel(
        challenge=challenge,
        max_load=max_load,
        made_by=actor,
        made_at=clock.now(),
    )
    db.session.add(panel)
    db.session.flush()
    announce(PanelMade(actor=actor, subject=panel, facts={"challenge": challenge.reference}))
    if rules.pair_cap:
        commit_draw(panel, actor=actor)
    return panel


def change_panel(panel: Panel, *, actor: Person, score_by_on: date | None, max_load: int | None = None) -> None:
    """Change the day by which judges are asked to be done and, before judging, how many entries a judge takes."""
    require(can_run_panel, actor, panel)
    _must_be_at_work(panel)
    if max_load is not None and panel.challenge.stage == Stage.JUDGING:
        raise WrongStage("loads stand once entries are assigned")
    panel.score_by_on, panel.max_load = score_by_on, max_load or panel.max_load
    announce(PanelChanged(actor=actor, subject=panel))


def invite_judge(panel: Panel, person: Person, *, role: SeatRole, actor: Person, side: Helix | None = None) -> Seat:
    """Ask somebody to sit on the panel; whoever declined may be asked again.

    `side`: which of the three houses they speak for, where their organisation does not say it. A chair leads the whole
    panel (`invite_field_chair`: a field). Raises Refused for oneself, Conflict if the person has a seat or the panel
    its chair.
    """
    require(can_invite_judge, actor, panel, person)
    _must_be_at_work(panel)
    if role == SeatRole.CHAIR and any(_holds_chair(seat, "") for seat in panel.seats):
        raise Conflict("the panel has its chair")
    seat = _invited(panel, person, role=role, actor=actor)
    seat.side, seat.chair_of = side, ""
    db.session.flush()
    announce(JudgeInvited(actor=actor, subject=seat, facts={"role": role.value}))
    return seat


def invite_field_chair(panel: Panel, person: Person, *, field: Field, actor: Person, side: Helix | None = None) -> Seat:
    """Ask somebody to chair one field of a contest, whose entries they read; every field has a chair of its own.

    Raises as `invite_judge`, NotReady for a field that the contest does not have.
    """
    require(can_invite_judge, actor, panel, person)
    _must_be_at_work(panel)
    if field not in panel.challenge.entry_fields:
        raise NotReady(["fields"])
    if any(_holds_chair(seat, field.value) for seat in panel.seats):
        raise Conflict("the field has its chair")
    seat = _invited(panel, person, role=SeatRole.CHAIR, actor=actor)
    seat.side, seat.chair_of, seat.fields = side, field.value, [field.value]
    db.session.flush()
    announce(JudgeInvited(actor=actor, subject=seat, facts={"role": SeatRole.CHAIR.value, "field": field.value}))
    return seat


def _invited(panel: Panel, person: Person, *, role: SeatRole, actor: Person) -> Seat:
    """The person's seat, new or asked for again."""
    seat = db.session.scalar(select(Seat).where(Seat.panel_id == panel.id, Seat.person_id == person.id))
    if seat is None:
        seat = Seat(panel=panel, person=person, role=role, invited_by=actor, invited_at=clock.now())
        db.session.add(seat)
    elif seat.stage != SeatStage.DECLINED:
        raise Conflict("this person has a seat")
    else:
        seat.move("invite")
        seat.role, seat.invited_by, seat.invited_at = role, actor, clock.now()
    return seat


def give_fields(seat: Seat, *, actor: Person, fields: Collection[Field]) -> None:
    """Say which fields of a contest this judge is for; none: all of them.

    Entries that were assigned stay. Raises NotReady for a field that the contest does not have, Conflict for the chair
    of a field, who stays with it.
    """
    require(can_run_panel, actor, seat.panel)
    _must_be_at_work(seat.panel)
    if seat.chair_of and [field.value for field in fields] != [seat.chair_of]:
        raise Conflict("the chair of a field stays with it")
    if not set(fields) <= set(seat.panel.challenge.entry_fields):
        raise NotReady(["fields"])
    chosen = [field.value for field in Field if field in fields]
    if chosen != seat.fields:
        seat.fields = chosen
        announce(JudgeGivenFields(actor=actor, subject=seat, facts={"fields": chosen}))


def _holds_chair(seat: Seat, field: str) -> bool:
    sits = seat.stage not in {SeatStage.DECLINED, SeatStage.LEFT}
    return seat.role == SeatRole.CHAIR and sits and seat.chair_of == field


def accept_seat(seat: Seat, *, actor: Person, undertaking: bool, most: int | None = None) -> None:
    """Take the seat and undertake to keep confidential what is read; `most` is how many entries one takes at most.

    Raises NotReady without the undertaking.
    """
    require(can_answer_invitation, actor, seat)
    _must_be_at_work(seat.panel)
    if not undertaking:
        raise NotReady(["undertaking"])
    seat.undertaking_at = seat.answered_at = clock.now()
    seat.most = most
    seat.move("accept")
    announce(SeatAccepted(actor=actor, subject=seat))


def decline_seat(seat: Seat, *, actor: Person, reason: str = "") -> None:
    """Not take the seat; a reason helps the secretary and is not asked for."""
    require(can_answer_invitation, actor, seat)
    seat.move("decline")
    seat.answered_at, seat.declined_because = clock.now(), reason or None
    announce(SeatDeclined(actor=actor, subject=seat, facts={"reason": reason}))


def release_judge(seat: Seat, *, actor: Person, reason: str) -> list[Sheet]:
    """Note that a judge left; answers the sheets that end by the rules, whose entries then lack a reader.

    Raises WrongStage unless the judge has a seat and the panel is at work.
    """
    require(can_run_panel, actor, seat.panel)
    _must_be_at_work(seat.panel)
    seat.move("leave")
    stay = {SheetStage.FINAL} if seat.panel.rules.dropout == DropOut.FINISHED_STAY else set()
    standing = select(Sheet).where(Sheet.seat_id == seat.id, Sheet.stage != SheetStage.ENDED)
    ended = [sheet for sheet in db.session.scalars(standing) if sheet.stage not in stay]
    for sheet in ended:
        sheet.ended_at, sheet.ended_because = clock.now(), reason
        sheet.move("end")
    announce(JudgeLeft(actor=actor, subject=seat, facts={"reason": reason, "ended": len(ended)}))
    return ended


def remind_judges(panel: Panel, *, actor: Person) -> list[Seat]:
    """Remind everybody with open sheets who was not reminded within a day; answers whom."""
    require(can_run_panel, actor, panel)
    return _remind(panel, actor=actor)


@periodic("remind_judges", timedelta(hours=1))
def remind_late_panels() -> None:
    """Leave a job for each panel whose judges are asked to be done by tomorrow or were; one a day."""
    today = clock.now().date()
    late = select(Panel).join(Panel.challenge).where(Challenge.stage == Stage.JUDGING)
    for panel in db.session.scalars(late.where(Panel.score_by_on <= today + timedelta(days=1))):
        enqueue("remind_late_judges", key=f"{panel.id} {today}", panel_id=panel.id)
    db.session.commit()


@job("remind_late_judges")
def remind_late_judges(panel_id: int) -> None:
    """Remind everybody of this panel who has open sheets, unless scoring ended meanwhile."""
    panel = db.session.get_one(Panel, panel_id)
    if panel.challenge.stage == Stage.JUDGING:
        _remind(panel, actor=None)


def _remind(panel: Panel, *, actor: Person | None) -> list[Seat]:
    if panel.challenge.stage != Stage.JUDGING:
        raise WrongStage("nobody scores now")
    of_seat = loads(panel)
    rested = clock.now() - REMINDER_REST
    reminded = []
    for seat in panel.seats:
        load = of_seat.get(seat.id)
        if load is not None and load.open and (seat.reminded_at is None or seat.reminded_at < rested):
            seat.reminded_at = clock.now()
            announce(JudgeReminded(actor=actor, subject=seat, facts={"open": load.open}))
            reminded.append(seat)
    return reminded


def _must_be_at_work(panel: Panel) -> None:
    hold(panel.challenge, shared=True)
    if panel.challenge.stage not in {Stage.PUBLISHED, Stage.SCREENING, Stage.JUDGING}:
        raise WrongStage("the panel's work is over")
