"""Addresses of notifications: the letters, for operators; for everybody else these pages do not exist."""

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace import clock
from marketplace.accounts.models import Person
from marketplace.accounts.policy import can_read_journal, can_read_outbox
from marketplace.errors import NotFound
from marketplace.jobs import MOST_ATTEMPTS, OutboxJob
from marketplace.judging.models import Decision
from marketplace.notifications import queries
from marketplace.notifications.models import Letter
from marketplace.notifications.services import send_again
from marketplace.notifications.to_come import letters_of
from marketplace.notifications.topics import How
from marketplace.notifications.words import LETTER_KINDS, LETTER_STATES
from marketplace.pages import Pagination, fills, flash_done, listed, me, page, page_number, see_other, url

notifications = Blueprint("notifications", __name__)
PAGE_SIZE = 50


@notifications.before_request
def only_for_operators() -> None:
    if not can_read_outbox(me()):
        raise NotFound("outbox")


@notifications.get("/outbox")
def outbox() -> ResponseReturnValue:
    kind, at = request.args.get("kind", ""), clock.database_now()
    found = queries.letters(kind if kind in LETTER_KINDS else "", at=at)
    listing = listed(found, size=PAGE_SIZE)
    jobs = queries.sendings(listing.rows)
    return page(
        "notifications/outbox.html",
        listing=listing,
        kind=kind,
        state=lambda letter: _state(letter, jobs.get(letter.reference)),
        LETTER_KINDS=LETTER_KINDS,
        LETTER_STATES=LETTER_STATES,
    )


@notifications.get("/outbox/<reference>")
def letter(reference: str) -> ResponseReturnValue:
    found = queries.get_letter(reference, at=clock.database_now())
    sending = queries.sendings([found]).get(reference)
    return page(
        "notifications/letter.html",
        letter=found,
        sending=sending,
        state=_state(found, sending),
        most_attempts=MOST_ATTEMPTS,
        shows_body=_shows_bodies(),
        LETTER_KINDS=LETTER_KINDS,
        LETTER_STATES=LETTER_STATES,
    )


@notifications.post("/outbox/<reference>/retry")
def retry(reference: str) -> ResponseReturnValue:
    send_again(queries.get_letter(reference, at=clock.database_now()), actor=me())
    flash_done(_("The worker tries it again now."))
    return see_other(url("notifications.letter", reference=reference))


def _state(letter: Letter, sending: OutboxJob | None) -> str:
    if letter.sent_at is not None:
        return "sent" if current_app.config["SMTP_HOST"] else "kept"
    if letter.how == How.OFF:
        return "on_site"
    return "failed" if sending is not None and sending.failed_at is not None else "waiting"


def _shows_bodies() -> bool:
    """Letters hold links into accounts, so the operator reads them only where their reader cannot."""
    return bool(current_app.config["DEMO"] or not current_app.config["SMTP_HOST"])


@fills("work.more")
def platform_work(person: Person, _at: object) -> str:
    """The operator's and the auditor's own pages."""
    if not can_read_journal(person):
        return ""
    return render_template("notifications/_platform_work.html", reads_letters=can_read_outbox(person))


@fills("decision.letters")
def letters_to_come(decision: Decision) -> str:
    """A page of entrants at a time: a contest has a thousand, and each letter is written as it will be sent."""
    if request.method == "POST":
        return ""  # the page came back for its form; its address has no further pages
    number, size = page_number(), 20
    results = decision.results[(number - 1) * size : number * size]
    listing = Pagination(
        [letter for result in results for letter in letters_of(result)],
        number=number,
        total=len(decision.results),
        size=size,
    )
    return render_template("notifications/_letters_to_come.html", listing=listing)
