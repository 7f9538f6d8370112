"""The named authors of a solution: who stands, whether their shares sum, and whether each has certified. Pure."""

from typing import Any

from marketplace.solutions.models import Author, Solution

WHOLE_BP = 10_000


def named(solution: Solution) -> list[Author]:
    """The authors named now, in the order in which they were."""
    return [author for author in solution.authors if author.ended_at is None]


def shares_are_whole(solution: Solution) -> bool:
    """Whether the authors' shares sum to the whole."""
    return sum(author.share_bp for author in named(solution)) == WHOLE_BP


def uncertified(solution: Solution) -> list[Author]:
    """Those who have not certified, or say that they are no author."""
    return [author for author in named(solution) if author.certified_at is None]


def terms_of(solution: Solution) -> list[dict[str, Any]]:
    """Names and shares, as partners confirm them."""
    return [{"name": author.full_name, "share_bp": author.share_bp} for author in named(solution)]


def lines_of(solution: Solution) -> list[dict[str, Any]]:
    """The same as a version keeps them, with the moment at which each certified (ISO 8601, UTC)."""
    return [
        {
            "name": author.full_name,
            "share_bp": author.share_bp,
            "certified_at": author.certified_at.isoformat() if author.certified_at else None,
        }
        for author in named(solution)
    ]
