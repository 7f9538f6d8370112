"""What operators do to accounts: suspend and restore, and let somebody in who lost the second step."""

from sqlalchemy import delete

from marketplace.accounts.models import Person
from marketplace.accounts.operating.events import PersonRestored, PersonSuspended, SecondFactorLifted
from marketplace.accounts.operating.policy import can_operate_on
from marketplace.accounts.passkeys.services import forget_passkeys
from marketplace.accounts.second_factor.models import RecoveryCode, SecondFactor
from marketplace.accounts.second_factor.queries import factor_of
from marketplace.accounts.services import end_sessions
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.errors import WrongStage
from marketplace.events import announce


def suspend_person(person: Person, *, reason: str, actor: Person) -> None:
    """End every session and let nobody in; what the person did stays. Raises WrongStage if suspended already."""
    require(can_operate_on, actor, person)
    hold(person)
    if not person.active:
        raise WrongStage("suspended already")
    person.active = False
    end_sessions(person)
    announce(PersonSuspended(actor=actor, subject=person, facts={"reason": reason}))


def restore_person(person: Person, *, actor: Person) -> None:
    """Let the person in again. Raises WrongStage if not suspended."""
    require(can_operate_on, actor, person)
    hold(person)
    if person.active:
        raise WrongStage("not suspended")
    person.active = True
    announce(PersonRestored(actor=actor, subject=person))


def lift_second_factor(person: Person, *, how: str, actor: Person) -> None:
    """Take app, codes and passkeys off for somebody who lost them; `how` says how the operator made sure.

    Raises WrongStage if there is none.
    """
    require(can_operate_on, actor, person)
    hold(person)
    if forget_passkeys(person) == 0 and factor_of(person) is None:
        raise WrongStage("there is no second step")
    for table in (SecondFactor, RecoveryCode):
        db.session.execute(delete(table).where(table.person_id == person.id))
    end_sessions(person)
    announce(SecondFactorLifted(actor=actor, subject=person, facts={"how": how}))
