"""Addresses of passkeys: one's own, and the ways in with one; without JavaScript people go the other ways."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_security import url_for_security

from marketplace import limits
from marketplace.accounts.models import Person
from marketplace.accounts.passkeys import services
from marketplace.accounts.passkeys.ceremony import (
    WrongAnswer,
    name_in,
    new_passkey,
    opened,
    place_with_name,
    possible,
    question_to_add,
    question_to_enter,
)
from marketplace.accounts.passkeys.forms import AnswerForm, NewPasskeyForm, PasskeyNameForm
from marketplace.accounts.passkeys.models import Passkey
from marketplace.accounts.passkeys.queries import get_passkey_of, has_passkey, passkey_named, passkeys_of
from marketplace.accounts.proof import give_proof, proof_asked
from marketplace.accounts.second_factor.halfway import let_in, person_halfway
from marketplace.accounts.second_factor.queries import has_second_factor, must_have_second_factor
from marketplace.pages import fills, flash_done, me, own_path, page, see_other, url

passkeys = Blueprint("passkeys", __name__)


@passkeys.get("/account/passkeys")
@proof_asked
def index() -> ResponseReturnValue:
    return _page(NewPasskeyForm(formdata=None))


@passkeys.post("/account/passkeys")
@proof_asked
def add() -> ResponseReturnValue:
    form = NewPasskeyForm()
    if not form.validate():
        return _page(form, status=422)
    try:
        made = new_passkey(form.answer.data)
    except WrongAnswer:
        form.answer.errors = [_("This passkey was not made for the question that this page asked. Try once more.")]
        return _page(form, status=422)
    codes = services.add_passkey(me(), made, name=form.name.data, actor=me())
    session["two_steps"] = True
    flash_done(_("You can sign in with this passkey from now on."))
    if codes:
        session["recovery_codes"] = codes
        return see_other(url("second_factor.recovery_codes"))
    return see_other(url("passkeys.index"))


@passkeys.post("/account/passkeys/<reference>/name")
@proof_asked
def rename(reference: str) -> ResponseReturnValue:
    form, passkey = PasskeyNameForm(), get_passkey_of(me(), reference)
    if not form.validate():
        return _page(NewPasskeyForm(formdata=None), status=422, wrong_name=(reference, form))
    services.rename_passkey(passkey, form.name.data, actor=me())
    flash_done(_("The name was saved."))
    return see_other(url("passkeys.index"))


@passkeys.post("/account/passkeys/<reference>/removal")
@proof_asked
def remove(reference: str) -> ResponseReturnValue:
    services.remove_passkey(get_passkey_of(me(), reference), actor=me())
    if not has_second_factor(me()):
        session.pop("two_steps", None)
    flash_done(_("This passkey signs nobody in any more."))
    return see_other(url("passkeys.index"))


@passkeys.post("/sign-in/passkey")
def sign_in() -> ResponseReturnValue:
    """With whichever passkey the browser has for this site: one is as good as password and code."""
    limits.spend({"sign_in.caller": limits.caller(), "sign_in.everybody": ""})
    person = _person_behind("sign_in")
    return let_in(person, request.args.get("next")) if person else _refused(url_for_security("login"))


@passkeys.post("/sign-in/code/passkey")
def second_step() -> ResponseReturnValue:
    waiting = person_halfway()
    if waiting is None:
        return see_other(url_for_security("login"))
    limits.spend({"second_factor": waiting.reference})
    person = _person_behind("second_step")
    return let_in(person) if person is not None and person.id == waiting.id else _refused(url("second_factor.step"))


@passkeys.post("/account/proof/passkey")
def prove() -> ResponseReturnValue:
    target, person = own_path(request.args.get("next")), me()
    if person is None:
        return see_other(url_for_security("login"))
    limits.spend({"second_factor": person.reference})
    if _person_behind("prove") != me():
        return _refused(url("accounts.prove", next=target))
    limits.give_back()
    give_proof()
    return see_other(target or url("accounts.show"))


@fills("account.passkeys")
def in_short(person: Person) -> str:
    count = len(passkeys_of(person))
    return ngettext("%(num)d passkey", "%(num)d passkeys", count) if count else _("None")


@fills("sign_in.ways")
def way_in() -> str:
    """The button on the page for signing in."""
    address = url("passkeys.sign_in", next=own_path(request.args.get("next")))
    return _button("sign_in", address)


@fills("second_factor.step")
def way_through(person: Person) -> str:
    """The button in place of the code of an app."""
    found = passkeys_of(person)
    return _button("second_step", url("passkeys.second_step"), found) if found else ""


@fills("accounts.prove")
def way_to_prove(person: Person, target: str | None) -> str:
    """The button in place of the password."""
    found = passkeys_of(person)
    return _button("prove", url("passkeys.prove", next=target), found) if found else ""


@fills("second_factor.instead")
def instead_of_app(person: Person) -> str:
    """The link for whoever sets up a second step."""
    reachable = possible() or place_with_name() is not None
    return render_template("passkeys/_instead.html", has=has_passkey(person)) if reachable else ""


def _button(purpose: str, address: str, known: Sequence[Passkey] = ()) -> str:
    if not possible():
        return render_template("passkeys/_by_name.html", place=place_with_name())
    question = question_to_enter(purpose, known)
    return render_template("passkeys/_button.html", action=address, question=question, purpose=purpose)


def _person_behind(purpose: str) -> Person | None:
    """Whose passkey answered, if the answer is right."""
    form = AnswerForm()
    if not form.validate():
        return None
    try:
        credential, owner = name_in(form.answer.data)
        passkey = passkey_named(credential)
        if passkey is None or owner not in (None, passkey.person.reference):
            return None
        answered = opened(form.answer.data, passkey, purpose)
    except WrongAnswer:
        return None
    person = passkey.person
    fits = person.active and person.confirmed_at is not None and services.use_passkey(passkey, answered)
    return person if fits else None


def _refused(back: str) -> ResponseReturnValue:
    return page("passkeys/refused.html", back=back, status=422)


def _page(
    form: NewPasskeyForm, status: int = 200, wrong_name: tuple[str, PasskeyNameForm] | None = None
) -> ResponseReturnValue:
    known = passkeys_of(me())
    only = services.is_last_step(me()) and must_have_second_factor(me())
    return page(
        "passkeys/index.html",
        form=form,
        passkeys=known,
        wrong_name=wrong_name,
        question=question_to_add(me(), known) if possible() else None,
        place=place_with_name(),
        keeps_last=only,
        status=status,
    )
