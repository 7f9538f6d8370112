"""What may be followed by e-mail: pure."""

from marketplace.challenges.models import Challenge


def can_be_followed_by_mail(_nobody: None, challenge: Challenge) -> bool:
    """Whatever everybody finds."""
    return challenge.is_listed
