"""Deeds on passkeys."""

from webauthn.authentication.verify_authentication_response import VerifiedAuthentication
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.structs import CredentialDeviceType
from webauthn.registration.verify_registration_response import VerifiedRegistration

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.accounts.passkeys.events import PasskeyAdded, PasskeyRemoved, PasskeyRenamed
from marketplace.accounts.passkeys.models import Passkey
from marketplace.accounts.passkeys.policy import can_change_passkeys
from marketplace.accounts.passkeys.queries import passkey_named, passkeys_of
from marketplace.accounts.second_factor.queries import has_app, has_second_factor, must_have_second_factor
from marketplace.accounts.second_factor.services import forget_recovery_codes, fresh_codes
from marketplace.authority import require
from marketplace.db import db, hold
from marketplace.errors import Conflict, WrongStage
from marketplace.events import announce

MOST = 20


def add_passkey(person: Person, made: VerifiedRegistration, *, name: str, actor: Person) -> list[str]:
    """Let a device sign this person in; answers recovery codes if it is the first second step, else none.

    Raises Conflict if the passkey is known already, WrongStage if there are twenty.
    """
    require(can_change_passkeys, actor, person)
    hold(person)
    credential = bytes_to_base64url(made.credential_id)
    if passkey_named(credential) is not None:
        raise Conflict("this passkey is known")
    if len(passkeys_of(person)) >= MOST:
        raise WrongStage("there are as many passkeys as there may be")
    codes = [] if has_second_factor(person) else fresh_codes(person)
    passkey = Passkey(person_id=person.id, name=name, credential=credential, public_key=made.credential_public_key)
    passkey.sign_count, passkey.made_at = made.sign_count, clock.now()
    passkey.is_backed_up = made.credential_device_type == CredentialDeviceType.MULTI_DEVICE
    db.session.add(passkey)
    db.session.flush()
    announce(PasskeyAdded(actor=actor, subject=person, facts={"name": name}))
    return codes


def rename_passkey(passkey: Passkey, name: str, *, actor: Person) -> None:
    """Call a passkey otherwise."""
    require(can_change_passkeys, actor, passkey.person)
    hold(passkey)
    if passkey.name != name:
        before, passkey.name = passkey.name, name
        announce(PasskeyRenamed(actor=actor, subject=passkey.person, facts={"before": before, "name": name}))


def remove_passkey(passkey: Passkey, *, actor: Person) -> None:
    """Let a device sign nobody in any more; raises Conflict for the last second step of somebody who must have one."""
    person = passkey.person
    require(can_change_passkeys, actor, person)
    hold(person)
    hold(passkey)
    if is_last_step(person) and must_have_second_factor(person):
        raise Conflict("this person must have a second factor")
    db.session.delete(passkey)
    db.session.flush()
    if not has_second_factor(person):
        forget_recovery_codes(person)
    announce(PasskeyRemoved(actor=actor, subject=person, facts={"name": passkey.name}))


def is_last_step(person: Person) -> bool:
    """Whether without one of their passkeys somebody has the password only."""
    return not has_app(person) and len(passkeys_of(person)) == 1


def use_passkey(passkey: Passkey, opened: VerifiedAuthentication) -> bool:
    """Note that it was used; False if meanwhile it was used elsewhere with a higher count, as a copy would be."""
    hold(passkey)
    if opened.new_sign_count <= passkey.sign_count != 0:
        return False
    passkey.sign_count, passkey.used_at = opened.new_sign_count, clock.now()
    return True


def forget_passkeys(person: Person) -> int:
    """Take all passkeys off, for somebody who lost them; answers how many there were."""
    known = passkeys_of(person)
    for passkey in known:
        db.session.delete(passkey)
    return len(known)
