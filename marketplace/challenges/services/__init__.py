"""Everything that changes a challenge, split by deed; never commits, never reads the request."""

from marketplace.challenges.services.authoring import (
    draft_challenge,
    edit_challenge,
    must_be_draft,
)
from marketplace.challenges.services.naming import folded_text, free_slug
from marketplace.challenges.services.pledging import settle_pledge
from marketplace.challenges.services.publishing import (
    cancel_challenge,
    must_be_open,
    publish_challenge,
    return_challenge,
    submit_challenge,
)
from marketplace.challenges.services.reviewing import waive_gap, write_review_message

__all__ = [
    "cancel_challenge",
    "draft_challenge",
    "edit_challenge",
    "folded_text",
    "free_slug",
    "must_be_draft",
    "must_be_open",
    "publish_challenge",
    "return_challenge",
    "settle_pledge",
    "submit_challenge",
    "waive_gap",
    "write_review_message",
]
