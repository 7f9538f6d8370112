"""Addresses of one's own letters and of the choice among them."""

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import auth_required

from marketplace.notifications import queries
from marketplace.notifications.choosing import services
from marketplace.notifications.stop_links import behind
from marketplace.notifications.topics import HOWS, TOPICS, How, Topic
from marketplace.pages import flash_done, listed, me, page, see_other, url

choosing = Blueprint("choosing", __name__)
PAGE_SIZE = 30


@choosing.get("/account/letters")
@auth_required("session")
def letters() -> ResponseReturnValue:
    found = queries.letters_to(me())
    listing = listed(found, size=PAGE_SIZE)
    chosen = queries.choices_of(me())
    return page("choosing/letters.html", listing=listing, chosen=chosen, topics=TOPICS, hows=HOWS)


@choosing.get("/account/letters/<reference>")
@auth_required("session")
def letter(reference: str) -> ResponseReturnValue:
    return page("choosing/letter.html", letter=queries.get_letter_to(me(), reference))


@choosing.post("/account/letters")
@auth_required("session")
def choose() -> ResponseReturnValue:
    typed = {topic: request.form.get(topic.value, "") for topic in Topic}
    wanted = {topic: How(how) for topic, how in typed.items() if how in set(How)}
    services.choose_letters(me(), wanted, actor=me())
    flash_done(_("Your choice was saved. You can change it at any time."))
    return see_other(url("choosing.letters"))


@choosing.route("/stop-letters/<secret>", methods=["GET", "POST"])
def stop(secret: str) -> ResponseReturnValue:
    """One click in a mail program sends no token of ours (RFC 8058); the link's signature stands for it."""
    person, topic = behind(secret)
    if request.method == "POST":
        if request.form.get("List-Unsubscribe") != "One-Click":
            current_app.extensions["csrf"].protect()
        services.choose_letters(person, {topic: How.OFF}, actor=person)
        return see_other(url("choosing.stop", secret=secret))
    stopped = queries.choices_of(person).get(topic) == How.OFF
    return page("choosing/stop.html", secret=secret, topic=TOPICS[topic][0], stopped=stopped)
