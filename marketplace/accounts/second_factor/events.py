"""What happens to the second step of somebody's sign-in; the subject is the person."""

from marketplace.events import Event


class SecondFactorSet(Event):
    """Signing in asks for a code of the app from now on."""


class SecondFactorRemoved(Event):
    """Signing in asks for the password only."""


class RecoveryCodesMade(Event):
    """New recovery codes were made; those before are worth nothing."""


class RecoveryCodeUsed(Event):
    """Somebody signed in with a recovery code; facts["left"] are those not used yet."""
