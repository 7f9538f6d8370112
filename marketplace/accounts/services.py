"""Deeds on accounts. Sign-up, confirmation and reset are Flask-Security's; what it does comes here as events."""

from functools import cache

from flask_security import hash_password, verify_password
from flask_security.proxies import _pwd_context, _security
from sqlalchemy import select, update

from marketplace import clock
from marketplace.accounts.events import (
    PersonConfirmed,
    PersonSignedUp,
    ProfileChanged,
    RoleEnded,
    RoleGranted,
    SessionEnded,
)
from marketplace.accounts.models import Grant, OpenSession, OperatorKey, Person, PlatformRole
from marketplace.accounts.policy import can_grant_role
from marketplace.accounts.queries import hashed, person_by_email, usable_operator_key
from marketplace.authority import require
from marketplace.db import db, hold, token
from marketplace.errors import Conflict, NotFound, Refused, WrongStage
from marketplace.events import announce
from marketplace.text import clean_line


def add_person(email: str, *, full_name: str, password: str, language: str = "vi", is_demo: bool = False) -> Person:
    """A confirmed account, made by the operator's command or the demo; raises Conflict if the address is taken."""
    if person_by_email(email):
        raise Conflict(email)
    person = Person(
        email=email.strip().lower(),
        full_name=clean_line(full_name),
        password=hash_password(password),
        fs_uniquifier=token(),
        language=language,
        is_demo=is_demo,
        created_at=clock.now(),
        confirmed_at=clock.now(),
    )
    db.session.add(person)
    db.session.flush()
    announce(PersonSignedUp(actor=person, subject=person))
    announce(PersonConfirmed(actor=person, subject=person))
    return person


def person_with_password(email: str, password: str) -> Person | None:
    """The person who may sign in with these, else None.

    An address that nobody has is answered with the same work: one row looked for, one password hashed. Meanwhile no
    transaction is open, so that on SQLite nobody waits for the hashing.
    """
    nobodys = _hash_of_nobody()
    account = select(Person.id, Person.password).where(Person.email == email.strip().lower())
    found = db.session.execute(account).one_or_none()
    db.session.rollback()
    typed = _security.password_util.normalize(password)
    known = found.password if found is not None and found.password else nobodys
    if not verify_password(typed, known) or known is nobodys or found is None:
        return None
    person = db.session.get_one(Person, found.id)
    if _pwd_context.needs_update(known):
        person.password = hash_password(typed)
    return person if person.active and person.confirmed_at is not None else None


@cache
def _hash_of_nobody() -> str:
    return hash_password(token())


def make_operator_key() -> str:
    """A secret that makes its first user an operator; only its hash is kept."""
    secret = token()
    db.session.add(OperatorKey(key_hash=hashed(secret), made_at=clock.now()))
    return secret


def become_first_operator(secret: str, *, email: str, full_name: str, password: str) -> Person:
    """Use a one-time key; raises NotFound if it is unknown or used, Conflict if the address is taken."""
    key = usable_operator_key(secret)
    if key is None:
        raise NotFound("operator key")
    key.used_at = clock.now()
    person = add_person(email, full_name=full_name, password=password)
    grant_from_outside(person, PlatformRole.OPERATOR)
    return person


def grant_from_outside(person: Person, role: PlatformRole) -> None:
    """Give a role from the command line or a one-time key: nobody inside the site is the giver."""
    person.grants.append(Grant(role=role, giver_id=None, given_at=clock.now()))
    announce(RoleGranted(actor=None, subject=person, facts={"role": role.value}))


def grant_role(person: Person, role: PlatformRole, *, actor: Person) -> None:
    """Give a platform role; raises Refused for anybody but an operator acting on somebody else."""
    require(can_grant_role, actor, person)
    if role not in person.platform_roles:
        person.grants.append(Grant(role=role, giver_id=actor.id, given_at=clock.now()))
        end_sessions(person)
        announce(RoleGranted(actor=actor, subject=person, facts={"role": role.value}))


def end_role(person: Person, role: PlatformRole, *, actor: Person) -> None:
    """Take a platform role away; its sessions end. Raises Refused for oneself, WrongStage if there is no such role.

    Whoever takes a role away keeps one, so there is always an operator left.
    """
    require(can_grant_role, actor, person)
    # of two operators who take each other's role away at once, the second finds their own gone
    db.session.scalars(select(Grant).where(Grant.ended_at.is_(None)).order_by(Grant.id).with_for_update()).all()
    for each in (person, actor):
        db.session.refresh(each, ["grants"])
    require(can_grant_role, actor, person)
    grant = next((each for each in person.grants if each.role == role and each.ended_at is None), None)
    if grant is None:
        raise WrongStage("the role has ended")
    grant.ended_at = clock.now()
    end_sessions(person)
    announce(RoleEnded(actor=actor, subject=person, facts={"role": role.value}))


def change_profile(person: Person, *, actor: Person, **changes: str | None) -> None:
    """Change one's own full_name, language, affiliation or expertise."""
    if actor.id != person.id:
        raise Refused("only oneself")
    for name in ("full_name", "language", "affiliation", "expertise"):
        if name in changes:
            setattr(person, name, changes[name])
    announce(ProfileChanged(actor=actor, subject=person))


def end_session(open_session: OpenSession, *, actor: Person) -> None:
    """Sign one of one's own browsers out; it notices at its next request."""
    if actor.id != open_session.person_id:
        raise Refused("only one's own")
    hold(open_session)
    if open_session.ended_at is None:
        open_session.ended_at = clock.now()
        announce(SessionEnded(actor=actor, subject=actor))


def end_sessions(person: Person, *, but: str | None = None) -> None:
    """End every open session of a person, except the one with the secret `but`."""
    ended = update(OpenSession).where(OpenSession.person_id == person.id, OpenSession.ended_at.is_(None))
    if but is not None:
        ended = ended.where(OpenSession.key_hash != hashed(but))
    db.session.execute(ended.values(ended_at=clock.now()))
