"""What the second step does when others announce; writes rows only."""

from datetime import timedelta

from flask import current_app

from marketplace import clock
from marketplace.accounts.events import SignedIn
from marketplace.accounts.second_factor.queries import must_have_second_factor
from marketplace.events import listens_to


@listens_to(SignedIn)
def end_when_idle(event: SignedIn) -> None:
    """Who must have a second step has much to lose: a browser left alone is signed out."""
    minutes = current_app.config["IDLE_MINUTES"]
    if minutes and must_have_second_factor(event.subject):
        event.unsaid["session"].idle_until = clock.now() + timedelta(minutes=minutes)
