"""Addresses of following by e-mail; whoever has the link of a letter needs no account."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace import limits
from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import get_challenge
from marketplace.errors import NotFound
from marketplace.notifications.following import services
from marketplace.notifications.following.forms import FollowForm
from marketplace.notifications.following.policy import can_be_followed_by_mail
from marketplace.notifications.models import EmailFollower
from marketplace.notifications.queries import email_follower
from marketplace.notifications.stop_links import follower_behind
from marketplace.pages import fills, flash_done, language, me, page, see_other, status_of, url

following = Blueprint("following", __name__)
# RFC 8058: mail programs send no token of ours; the link's signature stands for it.
following_one_click = Blueprint("following_one_click", __name__)


@following.route("/challenges/<slug>/email-following", methods=["GET", "POST"])
def ask(slug: str) -> ResponseReturnValue:
    challenge, form = get_challenge(slug, me()), FollowForm()
    if not can_be_followed_by_mail(None, challenge):
        raise NotFound(slug)
    if form.is_submitted():
        limits.spend({"follow.caller": limits.caller()})
        if form.validate():
            limits.spend({"follow.address": form.email.data.lower()})
            services.ask_to_follow(challenge, form.email.data, language=language())
            flash_done(_("A letter is on its way to %(email)s. Open its link, and you follow.", email=form.email.data))
            return see_other(url("challenges.show", slug=slug))
    return page("following/ask.html", challenge=challenge, form=form, status=status_of(form))


@following.get("/followed/<key>")
def show(key: str) -> ResponseReturnValue:
    return page("following/show.html", follower=_behind(key), key=key)


@following.post("/followed/<key>/confirmation")
def confirm(key: str) -> ResponseReturnValue:
    services.confirm_following(_behind(key))
    return see_other(url("following.show", key=key))


@following.post("/followed/<key>/end")
def end(key: str) -> ResponseReturnValue:
    services.end_following(_behind(key))
    return see_other(url("following.show", key=key))


@following_one_click.post("/followed/<key>")
def end_by_mail_program(key: str) -> ResponseReturnValue:
    services.end_following(_behind(key))
    return "", 204


@fills("challenge.aside")
def follow_by_mail(challenge: Challenge) -> str | None:
    """For visitors: people with an account follow with it."""
    if me() is not None or not can_be_followed_by_mail(None, challenge):
        return None
    return render_template("following/_aside.html", challenge=challenge)


def _behind(key: str) -> EmailFollower:
    follower = email_follower(follower_behind(key))
    if follower is None:
        raise NotFound("follower")
    return follower
