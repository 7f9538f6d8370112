"""Which ties between a judge and an entry are conflicts of interest that nobody needs to declare. Pure.

Identifiers decide, never names: few Vietnamese family names are shared by millions.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from marketplace.judging.stages import Basis, Hint
from marketplace.text import fold

SHORTEST_NAME = 6
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
    tax_code: str | None = None
    # who entered another challenge together with the entrant
    partners: frozenset[int] = frozenset()
    # whose organisation, now or lately, had a contract with one of the entrants
    contractors: frozenset[int] = frozenset()
    # who supervised one of the people above, or was supervised by one
    supervision: frozenset[int] = frozenset()


def tie_of(person_id: int, email: str, ties: Ties, tax_codes: Iterable[str] = ()) -> Basis | None:
    """The strongest tie of this person to the entry, None where there is none to be seen.

    `tax_codes` are those of the organisations the person belongs to.
    """
    if person_id in ties.authors:
        return Basis.AUTHOR
    if person_id in ties.members:
        return Basis.MEMBER
    domain = domain_of(email)
    if domain not in PUBLIC_DOMAINS and domain in {domain_of(address) for address in ties.addresses}:
        return Basis.DOMAIN
    if ties.tax_code and _group(ties.tax_code) in {_group(code) for code in tax_codes}:
        return Basis.GROUP
    looser = {
        Basis.SUPERVISOR: ties.supervision,
        Basis.CONTRACT: ties.contractors,
        Basis.COENTRY: ties.partners,
    }
    return next((basis for basis, people in looser.items() if person_id in people), None)


def _group(tax_code: str) -> str:
    """An enterprise and its branches share the first ten digits of their tax codes."""
    return tax_code.replace("-", "")[:10]


@dataclass(frozen=True)
class Around:
    """Names around somebody: those of their organisations and what they write of themselves, and of their partners."""

    names: frozenset[str]
    partners: frozenset[str] = frozenset()


def hint_of(judge: Around, entrant: Around) -> Hint | None:
    """What the names suggest, for a person to decide."""
    if not (judge.names or judge.partners):
        return None
    mine, theirs = _folded(judge.names), _folded(entrant.names)
    if _touch(mine, theirs):
        return Hint.AFFILIATION
    if _touch(_folded(judge.partners), theirs) or _touch(_folded(entrant.partners), mine):
        return Hint.PARTNER
    return None


@lru_cache(maxsize=4096)
def _folded(names: frozenset[str]) -> set[str]:
    # shorter names are in everything
    return {folded for name in names if len(folded := fold(name)) >= SHORTEST_NAME}


def _touch(some: Iterable[str], others: Iterable[str]) -> bool:
    return any(one in other or other in one for one in some for other in others)


def domain_of(email: str) -> str:
    """What stands behind the last @, in lower case."""
    return email.rpartition("@")[2].lower()
