"""The address of a challenge."""

from marketplace.challenges.queries import challenge_by_slug
from marketplace.text import random_reference, slugify

_RESERVED = frozenset({"new", "en", "mine", "import", "review"})


def free_slug(title: str) -> str:
    """A slug no challenge has: the title's, with a random tail where it is taken or reserved."""
    slug = slugify(title) or "bai-toan"
    if slug in _RESERVED or challenge_by_slug(slug):
        slug = f"{slug[:80]}-{random_reference('x', 5)[2:].lower()}"
    return slug
