"""Flask-Security's letters as ours: written to the outbox, links from the configured address, not the Host header."""

from typing import Any

from flask_security import MailUtil

from marketplace.accounts.models import Person
from marketplace.notifications.services import write_letter

# Flask-Security's template name -> ours
KINDS = {
    "welcome": "confirm_address",
    "confirmation_instructions": "confirm_address",
    "reset_instructions": "reset_password",
    "reset_notice": "password_changed",
    "change_notice": "password_changed",
    "welcome_existing": "already_registered",
}


class SecurityMail(MailUtil):
    """Writes one of our letters for each of Flask-Security's."""

    def send_mail(self, template: str, subject: str, recipient: str, *_rest: Any, **context: Any) -> None:
        """Write the letter; the rendered text that comes along is not used.

        Whoever registers twice gets a link to set a password: the first one may be that of somebody who squats there.
        """
        person: Person | None = context.get("user")
        secret = context.get("reset_token") or context.get("confirmation_token")
        write_letter(KINDS[template.rsplit("/", 1)[-1]], to=person or recipient, token=secret)
