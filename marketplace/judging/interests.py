"""Which ties between a judge and an entry are conflicts of interest that nobody needs to declare. Pure.

Identifiers decide, never names: few Vietnamese family names are shared by millions.
"""

from dataclasses import dataclass

from marketplace.judging.stages import Basis

# Addresses that everybody may have say nothing about where somebody works; nor do those kept for examples.
PUBLIC_DOMAINS = frozenset(
    {
        "gmail.com",
        "googlemail.com",
        "yahoo.com",
        "yahoo.com.vn",
        "outlook.com",
        "outlook.com.vn",
        "hotmail.com",
        "live.com",
        "icloud.com",
        "me.com",
        "proton.me",
        "protonmail.com",
        "zoho.com",
        "mail.com",
        "gmx.com",
        "yandex.com",
        "example.com",
        "example.org",
        "example.net",
        "example.vn",
    }
)


@dataclass(frozen=True)
class Ties:
    """The people of an entry: who wrote or sent it, who belongs or lately belonged to the entrant, their addresses."""

    authors: frozenset[int]
    members: frozenset[int]
    addresses: frozenset[str]


def tie_of(person_id: int, email: str, ties: Ties) -> Basis | None:
    """The strongest tie of this person to the entry, None where there is none to be seen."""
    if person_id in ties.authors:
        return Basis.AUTHOR
    if person_id in ties.members:
        return Basis.MEMBER
    domain = domain_of(email)
    if domain not in PUBLIC_DOMAINS and domain in {domain_of(address) for address in ties.addresses}:
        return Basis.DOMAIN
    return None


def domain_of(email: str) -> str:
    """What stands behind the last @, in lower case."""
    return email.rpartition("@")[2].lower()
