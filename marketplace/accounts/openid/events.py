"""What happens between accounts and the identity provider; the subject is the person, facts["provider"] its name."""

from marketplace.events import Event


class IdentityLinked(Event):
    """The provider's word signs this person in from now on."""


class IdentityUnlinked(Event):
    """The provider's word signs this person in no more."""
