"""Letters about one's own account."""

from marketplace.accounts.events import ConfirmLinkAsked, PasswordLinkAsked, SignUpRepeated
from marketplace.events import Event, listens_to
from marketplace.notifications.services import write_letter

# What was asked for -> the letter with its link
_WITH_LINK = {
    ConfirmLinkAsked: "confirm_address",
    PasswordLinkAsked: "reset_password",
    SignUpRepeated: "already_registered",
}


@listens_to(*_WITH_LINK)
def send_link(event: Event) -> None:
    """To whoever has the address, in their language."""
    write_letter(_WITH_LINK[type(event)], to=event.subject, token=event.unsaid["token"])
