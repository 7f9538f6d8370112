"""Flask-Security's letters as ours, written to the outbox; those with links are ours from the beginning."""

from typing import Any

from flask_security import MailUtil

from marketplace.accounts.models import Person
from marketplace.notifications.services import write_letter

# Flask-Security's template name -> ours
KINDS = {"reset_notice": "password_changed", "change_notice": "password_changed"}


class SecurityMail(MailUtil):
    """Writes one of our letters for each of Flask-Security's."""

    def send_mail(self, template: str, subject: str, recipient: str, *_rest: Any, **context: Any) -> None:
        """Write the letter; the rendered text that comes along is not used."""
        person: Person | None = context.get("user")
        write_letter(KINDS[template.rsplit("/", 1)[-1]], to=person or recipient)
