"""What a challenge is found by: its address, and the folded text of the list."""

from marketplace.challenges.models import Challenge
from marketplace.challenges.queries import challenge_by_slug
from marketplace.challenges.translating import LISTS, PAIRS
from marketplace.text import fold, random_reference, slugify

_RESERVED = frozenset({"new", "en", "mine", "import", "review"})
_SEARCHED = (*PAIRS, "theme", "judging")


def free_slug(title: str) -> str:
    """A slug no challenge has: the title's, with a random tail where it is taken or reserved."""
    slug = slugify(title) or "bai-toan"
    if slug in _RESERVED or challenge_by_slug(slug):
        slug = f"{slug[:80]}-{random_reference('x', 5)[2:].lower()}"
    return slug


def folded_text(challenge: Challenge) -> str:
    """What the list searches: every public text in both languages, folded."""
    texts = [getattr(challenge, f"{name}_{language}") for name in _SEARCHED for language in ("vi", "en")]
    texts += [text for name in LISTS for line in (getattr(challenge, name) or []) for text in line.values()]
    return fold(" ".join(text for text in texts if text))
