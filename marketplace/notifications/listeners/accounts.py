"""Letters about one's own account, and about who speaks for an organisation."""

from marketplace.accounts.events import ConfirmLinkAsked, PasswordLinkAsked, SignUpRepeated
from marketplace.accounts.openid.events import IdentityLinked, IdentityUnlinked
from marketplace.accounts.operating.events import SecondFactorLifted
from marketplace.accounts.passkeys.events import PasskeyAdded, PasskeyRemoved
from marketplace.accounts.second_factor.events import (
    RecoveryCodesMade,
    RecoveryCodeUsed,
    SecondFactorRemoved,
    SecondFactorSet,
)
from marketplace.accounts.seeing.events import ViewingBegun
from marketplace.events import Event, listens_to
from marketplace.notifications.services import write_letter
from marketplace.organisations.queries import people_with_role
from marketplace.organisations.stages import Role
from marketplace.organisations.standing.events import (
    OrganisationSuspended,
    SpeakerClaimAccepted,
    SpeakerClaimRefused,
    SuspensionLifted,
)

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


_WAYS_CHANGED = (
    SecondFactorSet,
    SecondFactorRemoved,
    SecondFactorLifted,
    RecoveryCodesMade,
    RecoveryCodeUsed,
    PasskeyAdded,
    PasskeyRemoved,
    IdentityLinked,
    IdentityUnlinked,
)


@listens_to(*_WAYS_CHANGED)
def tell_of_change(event: Event) -> None:
    """To the person whose way in changed: if it was not them, they learn of it."""
    facts = {"left": event.facts.get("left"), "name": event.facts.get("name") or event.facts.get("provider")}
    write_letter("sign_in_changed", to=event.subject, what=type(event).__name__, **facts)


@listens_to(ViewingBegun)
def tell_who_is_seen(event: ViewingBegun) -> None:
    """To the person as whom an operator looks."""
    write_letter("seen_as", to=event.subject, viewing=event.unsaid["viewing"])


@listens_to(SpeakerClaimAccepted, SpeakerClaimRefused)
def answer_claim(event: Event) -> None:
    """To the claimant."""
    claim = event.subject
    write_letter("claim_decided", to=claim.person, claim=claim, organisation=claim.organisation)


@listens_to(OrganisationSuspended, SuspensionLifted)
def tell_of_suspension(event: Event) -> None:
    """To everybody of the organisation."""
    for person in people_with_role(event.subject, Role.VIEWER):
        write_letter("organisation_suspended", to=person, organisation=event.subject)
