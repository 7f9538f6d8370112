"""What judging does when others announce; writes rows only."""

from sqlalchemy import ColumnElement, exists, select

from marketplace.accounts.models import Person
from marketplace.accounts.second_factor.queries import group
from marketplace.challenges.events import ChallengeCopied
from marketplace.challenges.models import Challenge
from marketplace.challenges.stages import Stage
from marketplace.db import db
from marketplace.events import listens_to
from marketplace.judging.models import Panel, Seat
from marketplace.judging.queries.revisions import revision_by
from marketplace.judging.services.conflicts import end_tied_sheets
from marketplace.judging.services.revisions import look_again
from marketplace.judging.services.rules import copy_rules
from marketplace.judging.stages import Look
from marketplace.organisations.events import MembershipStarted
from marketplace.solutions.clarifying.events import ClarificationAnswered


@listens_to(ClarificationAnswered)
def let_judges_look_again(event: ClarificationAnswered) -> None:
    """A revision that the judges look at gives them their sheets back, with the version that was sent."""
    revision = revision_by(event.unsaid["clarification"])
    if revision is not None and revision.looks == Look.JUDGES and revision.panel.challenge.stage == Stage.DELIBERATION:
        look_again(revision)


_SCORED = (Stage.JUDGING, Stage.DELIBERATION)


@group("judge")
def sits_on_panel(person: Person) -> ColumnElement[bool]:
    """Whether somebody was asked to judge."""
    return exists().where(Seat.person_id == person.id)


@listens_to(ChallengeCopied)
def copy_judging_rules(event: ChallengeCopied) -> None:
    """A copied challenge is judged by what was written for the other one."""
    copy_rules(event.subject, event.unsaid["source"])


@listens_to(MembershipStarted)
def end_sheets_of_new_member(event: MembershipStarted) -> None:
    """Whoever joins an entrant loses its entry at that moment, and what they scored counts for nothing."""
    person_id = event.subject.person_id
    seats = db.session.scalars(
        select(Seat)
        .join(Seat.panel)
        .join(Panel.challenge)
        .where(Seat.person_id == person_id, Challenge.stage.in_(_SCORED))
    ).all()
    if seats:
        end_tied_sheets(seats)
