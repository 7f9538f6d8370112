"""Deeds on the second step of signing in."""

import secrets

from sqlalchemy import delete, select

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.accounts.second_factor import totp
from marketplace.accounts.second_factor.events import (
    RecoveryCodesMade,
    RecoveryCodeUsed,
    SecondFactorRemoved,
    SecondFactorSet,
)
from marketplace.accounts.second_factor.models import RecoveryCode, SecondFactor, hash_of_code
from marketplace.accounts.second_factor.policy import can_change_second_factor
from marketplace.accounts.second_factor.queries import (
    codes_left,
    factor_of,
    has_app,
    has_second_factor,
    must_have_second_factor,
)
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.errors import Conflict, WrongStage
from marketplace.events import announce

CODES = 10
# Crockford's: no letter that is taken for a digit; ten of them hold 50 bits.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def begin_second_factor(person: Person, *, actor: Person) -> SecondFactor:
    """A fresh secret for the app, in place of one never confirmed; raises WrongStage if a factor is set."""
    require(can_change_second_factor, actor, person)
    hold(person)
    factor = factor_of(person)
    if factor is not None and factor.confirmed_at is not None:
        raise WrongStage("there is a second factor already")
    factor = factor or SecondFactor(person_id=person.id)
    factor.begun_at, factor.secret = clock.now(), totp.new_secret()
    db.session.add(factor)
    db.session.flush()
    return factor


def confirm_second_factor(person: Person, code: str, *, actor: Person) -> list[str] | None:
    """Set the factor if the app shows the right code; answers new recovery codes where there are none, or None.

    Raises WrongStage if none is being set up.
    """
    require(can_change_second_factor, actor, person)
    hold(person)
    factor = factor_of(person)
    if factor is None or factor.confirmed_at is not None:
        raise WrongStage("no second factor is being set up")
    step = totp.step_of(_digits(code), factor.secret, at=clock.now(), after=0)
    if step is None:
        return None
    has_codes = has_second_factor(person)
    factor.confirmed_at, factor.last_step = clock.now(), step
    announce(SecondFactorSet(actor=actor, subject=person))
    return [] if has_codes else fresh_codes(person)


def make_recovery_codes(person: Person, *, actor: Person) -> list[str]:
    """New codes in place of all before; raises WrongStage without a second factor."""
    require(can_change_second_factor, actor, person)
    hold(person)
    if not has_second_factor(person):
        raise WrongStage("there is no second factor")
    announce(RecoveryCodesMade(actor=actor, subject=person))
    return fresh_codes(person)


def remove_second_factor(person: Person, *, actor: Person) -> None:
    """Ask for no code of the app any more; raises Conflict for the last second step of somebody who must have one."""
    require(can_change_second_factor, actor, person)
    hold(person)
    factor = factor_of(person)
    if factor is None:
        raise WrongStage("there is no second factor")
    db.session.delete(factor)
    db.session.flush()
    if not has_second_factor(person):
        if must_have_second_factor(person):
            raise Conflict("this person must have a second factor")
        forget_recovery_codes(person)
    announce(SecondFactorRemoved(actor=actor, subject=person))


def pass_second_step(person: Person, typed: str) -> bool:
    """Whether this is a code of the person's app or a recovery code; each is taken once, however many try at once."""
    hold(person)
    if has_app(person) and _use_code_of_app(person, typed):
        return True
    return _use_recovery_code(person, typed)


def _use_code_of_app(person: Person, typed: str) -> bool:
    factor = factor_of(person)
    if factor is None:
        return False
    hold(factor)
    step = totp.step_of(_digits(typed), factor.secret, at=clock.now(), after=factor.last_step)
    if step is not None:
        factor.last_step = step
    return step is not None


def _use_recovery_code(person: Person, typed: str) -> bool:
    hashed = hash_of_code(_letters(typed), person.id)
    code = db.session.scalar(select(RecoveryCode).where(RecoveryCode.code_hash == hashed))
    if code is None or code.used_at is not None:
        return False
    code.used_at = clock.now()
    db.session.flush()
    announce(RecoveryCodeUsed(actor=person, subject=person, facts={"left": codes_left(person)}))
    return True


def forget_recovery_codes(person: Person) -> None:
    """Make all recovery codes worthless."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))


def fresh_codes(person: Person) -> list[str]:
    """Ten new recovery codes in place of all before, as they are shown once."""
    forget_recovery_codes(person)
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(10)) for _ in range(CODES)]
    for code in codes:
        hashed = hash_of_code(code, person.id)
        db.session.add(RecoveryCode(person_id=person.id, code_hash=hashed, made_at=clock.now()))
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _digits(typed: str) -> str:
    """As apps show it, with a space in the middle."""
    return "".join(typed.split())


def _letters(typed: str) -> str:
    """As people copy it: in small letters, with O for 0 and I or L for 1."""
    plain = typed.upper().replace("-", "").replace("O", "0").replace("I", "1").replace("L", "1")
    return "".join(plain.split())
