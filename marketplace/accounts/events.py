"""What happens to people's accounts."""

from marketplace.events import Event


class PersonSignedUp(Event):
    """Somebody asked for an account; the address is not yet confirmed."""


class SignUpRepeated(Event):
    """Somebody wanted an account with an address that has one; `unsaid["token"]` sets a new password."""


class ConfirmLinkAsked(Event):
    """A link to confirm the address was asked for; `unsaid["token"]` is its secret."""


class PasswordLinkAsked(Event):
    """A link to set a new password was asked for; `unsaid["token"]` is its secret."""


class PersonConfirmed(Event):
    """The address was confirmed by the link sent to it."""


class SignedIn(Event):
    """A session was opened; unsaid["session"]."""


class SignedOut(Event):
    """A session was ended by its owner."""


class PasswordChanged(Event):
    """A password was reset or changed; every other session ended."""


class RoleGranted(Event):
    """A platform role was given."""


class RoleEnded(Event):
    """A platform role was taken away; every open session ended."""


class SessionEnded(Event):
    """Somebody signed one of their own browsers out from another."""


class ProfileChanged(Event):
    """Somebody changed their own name, language or expertise."""
