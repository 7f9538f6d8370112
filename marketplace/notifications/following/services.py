"""Following by e-mail: nobody gets a second letter who did not open the link of the first."""

from marketplace import clock
from marketplace.authority import require
from marketplace.challenges.models import Challenge
from marketplace.db import db, hold
from marketplace.errors import WrongStage
from marketplace.notifications.following.policy import can_be_followed_by_mail
from marketplace.notifications.models import EmailFollower
from marketplace.notifications.queries import open_email_follower
from marketplace.notifications.services import write_letter
from marketplace.notifications.stop_links import secret_for_follower
from marketplace.text import clean_line


def ask_to_follow(challenge: Challenge, email: str, *, language: str) -> None:
    """Send the link that confirms; to whoever follows already the same letter goes, so nothing is told apart."""
    require(can_be_followed_by_mail, None, challenge)
    hold(challenge)
    address = clean_line(email).lower()
    follower = open_email_follower(challenge, address)
    if follower is None:
        follower = EmailFollower(challenge=challenge, email=address, language=language, asked_at=clock.now())
        db.session.add(follower)
        db.session.flush()
    key = secret_for_follower(follower)
    sealed = challenge.sealed_until
    write_letter(
        "follow_asked", to=address, language=follower.language, sealed_until=sealed, challenge=challenge, key=key
    )


def confirm_following(follower: EmailFollower) -> None:
    """The link was opened from the letter. Raises WrongStage once it was ended."""
    hold(follower)
    if follower.ended_at is not None:
        raise WrongStage("ended")
    follower.confirmed_at = follower.confirmed_at or clock.now()


def end_following(follower: EmailFollower) -> None:
    """No more letters; a second time changes nothing."""
    hold(follower)
    follower.ended_at = follower.ended_at or clock.now()
