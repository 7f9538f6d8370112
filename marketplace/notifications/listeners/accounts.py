"""Letters about one's own account."""

from marketplace.accounts.events import ConfirmLinkAsked, PasswordLinkAsked, SignUpRepeated
from marketplace.accounts.second_factor.events import (
    RecoveryCodesMade,
    RecoveryCodeUsed,
    SecondFactorRemoved,
    SecondFactorSet,
)
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


@listens_to(SecondFactorSet, SecondFactorRemoved, RecoveryCodesMade, RecoveryCodeUsed)
def tell_of_change(event: Event) -> None:
    """To the person whose way in changed: if it was not them, they learn of it."""
    write_letter("sign_in_changed", to=event.subject, what=type(event).__name__, left=event.facts.get("left"))
