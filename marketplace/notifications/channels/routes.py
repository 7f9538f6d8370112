"""Addresses of one's number and choices, and of the messages for operators."""

from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace import clock, limits
from marketplace.accounts.models import Person
from marketplace.accounts.policy import can_read_outbox
from marketplace.accounts.proof import proof_asked
from marketplace.errors import NotFound
from marketplace.notifications.channels import queries, services
from marketplace.notifications.channels.forms import NumberCodeForm, NumberForm, normal_form
from marketplace.notifications.channels.stages import DUTIES, NEWS, Channel
from marketplace.notifications.topics import TOPICS
from marketplace.pages import fills, flash_done, listed, me, page, see_other, url

channels = Blueprint("channels", __name__)
PAGE_SIZE = 50


@channels.get("/account/messages")
@auth_required("session")
def show() -> ResponseReturnValue:
    return _page()


@channels.post("/account/messages/number")
@proof_asked
def ask() -> ResponseReturnValue:
    form = NumberForm()
    if not form.validate():
        return _page(422, number=form)
    number = normal_form(form.number.data)
    limits.spend({"phone.person": me().reference, "phone.number": number})
    services.ask_for_code(me(), number, actor=me())
    flash_done(_("A code is on its way to this number."))
    return see_other(url("channels.show"))


@channels.post("/account/messages/confirmation")
@auth_required("session")
def confirm() -> ResponseReturnValue:
    limits.spend({"second_factor": me().reference})
    form = NumberCodeForm()
    if not form.validate():
        return _page(422, code=form)
    if not services.confirm_number(me(), form.code.data, actor=me()):
        form.code.errors = [_("This code is not right, or came too late. Ask for a new one.")]
        return _page(422, code=form)
    limits.give_back()
    flash_done(_("The number is confirmed. Now choose what comes there."))
    return see_other(url("channels.show"))


@channels.post("/account/messages")
@auth_required("session")
def choose() -> ResponseReturnValue:
    ticked = [(news, channel) for news in NEWS for channel in Channel if request.form.get(f"{news}-{channel}")]
    services.choose_channels(me(), ticked, actor=me())
    flash_done(_("Your choice was saved. You can change it at any time."))
    return see_other(url("channels.show"))


@channels.post("/account/messages/removal")
@auth_required("session")
def remove() -> ResponseReturnValue:
    services.remove_number(me(), actor=me())
    flash_done(_("No messages go to that number any more."))
    return see_other(url("channels.show"))


@channels.get("/outbox/messages")
@auth_required("session")
def outbox() -> ResponseReturnValue:
    """For operators; what messages say is read in demo mode only."""
    if not can_read_outbox(me()):
        raise NotFound("outbox")
    found = queries.messages(at=clock.database_now())
    listing = listed(found, size=PAGE_SIZE)
    return page("channels/outbox.html", listing=listing, shows_texts=current_app.config["DEMO"])


@fills("operator.links")
def links(_person: Person) -> str:
    return render_template("channels/_links.html")


def _page(status: int = 200, **forms: Any) -> ResponseReturnValue:
    blank: dict[str, Any] = {"number": NumberForm(formdata=None), "code": NumberCodeForm(formdata=None)}
    titles = {topic.value: title for topic, (title, _about) in TOPICS.items()}
    titles[DUTIES] = _("Duties and deadlines: everything that cannot be put off")
    shown: dict[str, Any] = {
        "phone": queries.phone_of(me()),
        "chosen": queries.chosen_by(me()),
        "channels": list(Channel),
    }
    return page("channels/show.html", status=status, titles=titles, **shown, **blank | forms)
